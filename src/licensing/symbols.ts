/**
 * The 32 characters of hardware IDs and licence keys: digits and capitals without I, L, O and U, which are mistaken
 * for 1, 0 and V. The place of a character is its value.
 */
export const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const valueByCharacter: ReadonlyMap<string, number> = new Map([
  ...[...symbols].map((symbol, value): [string, number] => [symbol, value]),
  ...[...symbols.toLowerCase()].map((symbol, value): [string, number] => [symbol, value]),
  ...[...'Oo'].map((lookAlike): [string, number] => [lookAlike, 0]),
  ...[...'IiLl'].map((lookAlike): [string, number] => [lookAlike, 1]),
]);

/** Value 0 to 31 of a typed character; lower-case letters and look-alikes count as the character meant. */
export function symbolValue(character: string): number | undefined {
  return valueByCharacter.get(character);
}

/** The printed character of a value from 0 to 31. */
export function symbolOf(value: number): string {
  return symbols.charAt(value);
}
