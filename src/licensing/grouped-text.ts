import { symbolOf, symbolValue } from './symbols.js';

/** Characters in a printed group: four that carry 5 bits each, and a check character. */
const groupLength = 5;
const bitsPerSymbol = 5;
const dataSymbols = groupLength - 1;

/** What is wrong with a typed text, and in which group, counted from 1 after the prefix. */
export type TypingMistake =
  | { readonly kind: 'strangeCharacter'; readonly group: number; readonly character: string }
  | { readonly kind: 'tooShort'; readonly group: number }
  | { readonly kind: 'tooLong'; readonly group: number }
  | { readonly kind: 'mistyped'; readonly group: number };

export type GroupedBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly mistake: TypingMistake };

/**
 * Writes bytes as groups of five characters, joined by hyphens. Spare bits at the end are zero.
 * @param purpose 0 to 31, mixed into the check characters, so that text for one purpose is not accepted for another.
 */
export function toGroups(bytes: Uint8Array, purpose: number): string {
  const values = toSymbolValues(bytes);
  const groups: string[] = [];
  for (let start = 0; start < values.length; start += dataSymbols) {
    const data = values.slice(start, start + dataSymbols);
    groups.push([...data, checkValue(data, groups.length, purpose)].map(symbolOf).join(''));
  }
  return groups.join('-');
}

/**
 * Reads what a person typed, pasted or scanned: hyphens of any kind, spaces and line breaks may be anywhere or missing. If there are
 * separators, they show in which group a character is missing or doubled.
 */
export function fromGroups(text: string, purpose: number): GroupedBytes {
  const readings = waysToSplit(text).map((groups) => readGroups(groups, purpose));
  return readings.find((reading) => reading.ok) ?? mostTelling(readings);
}

function toSymbolValues(bytes: Uint8Array): number[] {
  const values: number[] = [];
  const total = Math.ceil((bytes.length * 8) / (bitsPerSymbol * dataSymbols)) * dataSymbols;
  for (let index = 0; index < total; index++) {
    let value = 0;
    for (let bit = index * bitsPerSymbol; bit < (index + 1) * bitsPerSymbol; bit++)
      value = value * 2 + bitAt(bytes, bit);
    values.push(value);
  }
  return values;
}

function bitAt(bytes: Uint8Array, bit: number): number {
  return ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
}

function toBytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.floor((values.length * bitsPerSymbol) / 8));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const value = values[Math.floor(bit / bitsPerSymbol)] ?? 0;
    const isSet = (value >> (bitsPerSymbol - 1 - (bit % bitsPerSymbol))) & 1;
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (isSet << (7 - (bit & 7)));
  }
  return bytes;
}

/**
 * Every character has a different weight, a power of the generator of GF(32); that of the check character is 1. So one wrong character and
 * any two swapped ones are always detected. The group's number is mixed in, so that swapped groups are, too.
 */
function checkValue(data: readonly number[], index: number, purpose: number): number {
  let sum = (index & 31) ^ purpose;
  for (const value of data) sum = timesGenerator(sum) ^ value;
  return timesGenerator(sum);
}

/** Multiplies by x in GF(2^5) with the primitive polynomial x^5 + x^2 + 1. */
function timesGenerator(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

/** Hyphens and dashes of any kind, minus and underscore. */
const hyphen = /[\p{Pd}−_]/u;
const hyphenOrSpace = /[\p{Pd}−_\s]+/u;
/** Soft hyphens and zero-width characters that are copied along from a page. */
const invisible = /[\u00ad\u200b-\u200d\u2060]/gu;

/** By hyphens, by hyphens and spaces, or by counting: a hyphen may be missing, a mail program may have broken a line. */
function waysToSplit(text: string): string[][] {
  const visible = text.replace(invisible, '');
  const byHyphen = visible.split(hyphen).map((part) => part.replace(/\s/gu, ''));
  const byHyphenOrSpace = visible.split(hyphenOrSpace);
  const byCount = [byHyphen.join('')];
  const ways = byHyphenOrSpace.filter(Boolean).length > 1 ? [byHyphen, byHyphenOrSpace, byCount] : [byCount];
  return ways.map((parts) => parts.filter(Boolean).flatMap(cutJoinedGroups));
}

function cutJoinedGroups(part: string, _index: number, parts: readonly string[]): string[] {
  const characters = [...part];
  const isWhole = characters.length % groupLength === 0;
  if (!isWhole && parts.length > 1) return [part];
  const groups: string[] = [];
  for (let start = 0; start < characters.length; start += groupLength) {
    groups.push(characters.slice(start, start + groupLength).join(''));
  }
  return groups;
}

function readGroups(groups: readonly string[], purpose: number): GroupedBytes {
  const values: number[] = [];
  for (const [index, group] of groups.entries()) {
    const reading = readGroup(group, index, purpose);
    if (!Array.isArray(reading)) return { ok: false, mistake: reading };
    for (const value of reading) values.push(value);
  }
  return { ok: true, bytes: toBytes(values) };
}

function readGroup(group: string, index: number, purpose: number): number[] | TypingMistake {
  const characters = [...group];
  const strange = characters.find((character) => symbolValue(character) === undefined);
  if (strange !== undefined) return { kind: 'strangeCharacter', group: index + 1, character: strange };
  if (characters.length < groupLength) return { kind: 'tooShort', group: index + 1 };
  if (characters.length > groupLength) return { kind: 'tooLong', group: index + 1 };
  const values = characters.map((character) => symbolValue(character) ?? 0);
  const data = values.slice(0, dataSymbols);
  return values[dataSymbols] === checkValue(data, index, purpose) ? data : { kind: 'mistyped', group: index + 1 };
}

/** The reading that got farthest has split the text best. Counting is trusted only if there were no separators. */
function mostTelling(readings: readonly GroupedBytes[]): GroupedBytes {
  const bySeparators = readings.length > 1 ? readings.slice(0, -1) : readings;
  return bySeparators.reduce((best, reading) => (groupOf(reading) >= groupOf(best) ? reading : best));
}

function groupOf(reading: GroupedBytes): number {
  return reading.ok ? 0 : reading.mistake.group;
}
