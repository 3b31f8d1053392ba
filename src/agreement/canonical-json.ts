/**
 * JSON in exactly one form (RFC 8785), so that the same document always gives the same bytes to sign. Numbers and texts are written as
 * JavaScript does, as the RFC has it.
 * @throws TypeError for what is no JSON, and for texts that are no Unicode.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return objectText(value);
  if (typeof value === 'string' && loneSurrogate.test(value)) throw new TypeError('half a character');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON`);
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} is no JSON`);
  return text;
}

const loneSurrogate = /\p{Surrogate}/u;

/** Keys in the order of their UTF-16 code units, which is that of `<`. */
function objectText(value: object): string {
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${canonicalJson(key)}:${canonicalJson(inner)}`).join(',')}}`;
}
