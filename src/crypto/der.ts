/** The few of ASN.1's types that a certificate is made of, in DER (X.690). */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(count: number): Buffer {
  if (count < 0x80) return Buffer.from([count]);
  const digits = count.toString(16);
  const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(tags.sequence, Buffer.concat(parts));
export const set = (...parts: readonly Uint8Array[]): Buffer => element(tags.set, Buffer.concat(parts));
export const octetString = (content: Uint8Array): Buffer => element(tags.octetString, content);
export const utf8 = (text: string): Buffer => element(tags.utf8, Buffer.from(text));
export const boolean = (value: boolean): Buffer => element(tags.boolean, Buffer.from([value ? 0xff : 0]));

/** A positive number; a first bit that would make it negative is kept away by a zero. */
export function integer(bytes: Uint8Array): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return element(tags.integer, isNegative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** @param unused Bits at the end that do not count. */
export const bitString = (content: Uint8Array, unused = 0): Buffer =>
  element(tags.bitString, Buffer.concat([Buffer.from([unused]), content]));

/** `2.5.29.17` */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  return element(tags.oid, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(number: number): number[] {
  const septets = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) septets.unshift((rest & 0x7f) | 0x80);
  return septets;
}

export const utcTime = (time: number): Buffer => {
  const digits = new Date(time).toISOString().replace(/\.\d+|[-:T]/g, '');
  // RFC 5280 wants two digits of the year up to 2049.
  return digits < '2050'
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(tags.generalizedTime, Buffer.from(digits));
};

/** Context-specific, made of further elements. */
export const inContext = (number: number, ...parts: readonly Uint8Array[]): Buffer =>
  element(0xa0 | number, Buffer.concat(parts));

/** Context-specific, of plain bytes. */
export const plainInContext = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content);
