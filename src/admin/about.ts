import type { PlainTextCode } from '../locales/codes.js';
import { text } from '../locales/text.js';
import type { Language } from '../primitives/language.js';

/** What an operation does, in both languages. */
export const about = (code: Extract<PlainTextCode, `operation.${string}`>): Readonly<Record<Language, string>> => ({
  de: text('de', code),
  en: text('en', code),
});
