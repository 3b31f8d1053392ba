/** What was chosen in this browser before; undefined if nothing, or nothing that there still is. */
export function chosen<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
  const stored = localStorage.getItem(`modcall.${name}`);
  return choices.find((choice) => choice === stored);
}

export const keep = (name: string, choice: string): void => localStorage.setItem(`modcall.${name}`, choice);
