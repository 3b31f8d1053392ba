import type { Language } from '../primitives/language.js';
import type { PromptName } from '../primitives/prompts.js';

/** The characters that can be spoken one by one, with the prompt of each. */
const characters = {
  '0': 'digit-0',
  '1': 'digit-1',
  '2': 'digit-2',
  '3': 'digit-3',
  '4': 'digit-4',
  '5': 'digit-5',
  '6': 'digit-6',
  '7': 'digit-7',
  '8': 'digit-8',
  '9': 'digit-9',
  A: 'letter-a',
  B: 'letter-b',
  C: 'letter-c',
  D: 'letter-d',
  E: 'letter-e',
  F: 'letter-f',
  G: 'letter-g',
  H: 'letter-h',
  I: 'letter-i',
  J: 'letter-j',
  K: 'letter-k',
  L: 'letter-l',
  M: 'letter-m',
  N: 'letter-n',
  O: 'letter-o',
  P: 'letter-p',
  Q: 'letter-q',
  R: 'letter-r',
  S: 'letter-s',
  T: 'letter-t',
  U: 'letter-u',
  V: 'letter-v',
  W: 'letter-w',
  X: 'letter-x',
  Y: 'letter-y',
  Z: 'letter-z',
  '.': 'sign-dot',
  ':': 'sign-colon',
  '-': 'sign-dash',
} as const;

type Character = keyof typeof characters;

/** Characters are prompts of their own. */
export type SpokenName = PromptName | (typeof characters)[Character];

/** The prompts of all characters that can be spoken. */
export const characterNames: readonly SpokenName[] = Object.values(characters);

/** Speech as 16-bit samples at the engine's clock rate. */
export interface PromptLibrary {
  /** Throws when the text was not loaded. */
  samples(language: Language, name: SpokenName): Int16Array;
}

/** The prompts for the digits of a number; other characters are left out. */
export function spokenDigits(digits: string): readonly SpokenName[] {
  return spelled(digits.replace(/[^0-9]/g, ''));
}

/** The prompts for the characters of a text; characters without a prompt are left out. */
export function spelled(text: string): readonly SpokenName[] {
  return [...text.toUpperCase()].flatMap((character) => (isSpoken(character) ? [characters[character]] : []));
}

function isSpoken(character: string): character is Character {
  return character in characters;
}
