import type { Language } from '../primitives/language.js';
import type { LicensingTexts } from './licensing-texts.js';
import { german } from './messages-de.js';
import { english } from './messages-en.js';
import type { Verdict } from './verdict.js';

export const licensingTexts: Readonly<Record<Language, LicensingTexts>> = { de: german, en: english };

/** The verdict and its warnings as sentences, one a line. */
export function verdictText(verdict: Verdict, language: Language): string {
  const texts = licensingTexts[language];
  if (!verdict.isAllowed) return texts.refusal(verdict.refusal);
  return [texts.allowed(verdict), ...verdict.warnings.map((warning) => texts.warning(warning))].join('\n');
}
