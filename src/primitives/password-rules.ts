import { commonPasswords } from './common-passwords.js';
import { nameKey } from './user-name.js';

/** Why a password cannot be set. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'tooSimple';

export const shortestPassword = 10;
export const longestPassword = 200;

const fewestDifferent = 5;
/** So much of it must be its own. */
const fewestOwn = shortestPassword / 2;
/** Initials say nothing of a password. */
const shortestName = 3;

const year = /(?:19|20)\d\d/g;

/** What is written instead of a letter does not hide a word, nor does an accent. */
const lettersFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
};

/**
 * What is wrong with a new password; null when nothing is. Only length and what everybody would try first count (NIST SP 800-63B): no rule
 * demands characters that nobody can remember.
 */
export function passwordFault(password: string, user: string): PasswordFault | null {
  if (password.length > longestPassword) return 'tooLong';
  if ([...password].length < shortestPassword) return 'tooShort';
  return [...ownPart(password, user)].length < fewestOwn || isRow(password) ? 'tooSimple' : null;
}

/** What is left of a password without the name of its user, and the years and words that everybody tries. */
function ownPart(password: string, user: string): string {
  const names = nameKey(user)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((name) => name.length >= shortestName);
  return [nameKey(user), ...names, ...commonPasswords]
    .map(letters)
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), letters(password.replaceAll(year, '')));
}

const letters = (text: string): string =>
  [...nameKey(text).normalize('NFD').replaceAll(/\p{M}/gu, '')].map((sign) => lettersFor[sign] ?? sign).join('');

/** A few characters repeated, or a run of the alphabet or of digits. */
function isRow(password: string): boolean {
  const codes = [...password].map((sign) => sign.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const regular = steps.filter((step) => step === 1 || step === -1 || step === 0).length;
  return new Set(codes).size < fewestDifferent || regular >= steps.length - 1;
}
