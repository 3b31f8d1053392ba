/** As long as anything that can be dialled here; E.164 has 15 digits, and prefixes go before them. */
const longestNumber = 32;

/**
 * The number in the text of an address, with the digits, `*`, `#` and a leading `+`; null where there is none, whatever else the text
 * may be. Visual separators and parameters (RFC 3966: `npdi`, `isub` …) do not belong to it, `phone-context` may.
 */
export function readNumber(text: string): string | null {
  const [written = '', ...parameters] = text.split(';');
  const digits = written.replace(/[\s\u00a0().\-/]/g, '');
  const number = digits.startsWith('+') ? digits : `${contextIn(parameters)}${digits}`;
  return number.length <= longestNumber && /^\+?[0-9*#]+$/.test(number) ? number : null;
}

/** What makes a local number a global one; a context that is a domain says nothing. */
function contextIn(parameters: readonly string[]): string {
  const context = parameters.find((parameter) => /^phone-context=/i.test(parameter)) ?? '';
  return /^[^=]*=(\+[0-9().-]+)$/.exec(context)?.[1]?.replace(/[().-]/g, '') ?? '';
}
