/** The function, which asks once only for each value, and remembers the answer for as long as the value lives. */
export function remembered<Value extends object, Answer>(ask: (value: Value) => Answer): (value: Value) => Answer {
  const known = new WeakMap<Value, { readonly answer: Answer }>();
  return (value) => {
    const before = known.get(value);
    if (before) return before.answer;
    const answer = ask(value);
    known.set(value, { answer });
    return answer;
  };
}
