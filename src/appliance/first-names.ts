import { text } from '../locales/text.js';
import type { Language } from '../primitives/language.js';
import type { FirstNames } from '../store/settings/first-settings.js';

/** What the settings of the first start call people and lines. */
export function firstNames(language: Language): FirstNames {
  return {
    leads: text(language, 'firstSettings.leads'),
    moderator: text(language, 'firstSettings.moderator'),
    handset: text(language, 'firstSettings.handset'),
    phone: text(language, 'firstSettings.phone'),
    line: text(language, 'firstSettings.line'),
  };
}
