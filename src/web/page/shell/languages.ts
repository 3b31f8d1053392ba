import type { Language } from '../../../primitives/language.js';
import { keep } from '../chosen.js';
import { language } from '../texts.js';

/** Each in its own language, so that whoever cannot read the other finds it. */
export const languageNames: Readonly<Record<Language, string>> = { de: 'Deutsch', en: 'English' };

export function chooseLanguage(choice: Language): void {
  keep('language', choice);
  language.value = choice;
}
