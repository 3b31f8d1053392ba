import type { Language, PromptName } from '../switchboard/wishes.js';

/** Spoken digits are prompts of their own. */
export type SpokenName = PromptName | `digit-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

/** Speech as 16-bit samples at the engine's clock rate. */
export interface PromptLibrary {
  /** Throws when the text was not loaded. */
  samples(language: Language, name: SpokenName): Int16Array;
}

/** The names under which the digits of a number are spoken; characters that are no digits are left out. */
export function spokenDigits(digits: string): readonly SpokenName[] {
  return [...digits].flatMap((digit) => (isSpoken(digit) ? [`digit-${digit}` as const] : []));
}

type SpokenDigit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

function isSpoken(digit: string): digit is SpokenDigit {
  return /^[0-9]$/.test(digit);
}
