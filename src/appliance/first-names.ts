import { text } from '../locales/text.js';
import type { Language } from '../primitives/language.js';
import type { FirstNames } from '../store/settings/first-settings.js';

/** The names of people and lines in the settings of the first start. */
export function firstNames(language: Language): FirstNames {
  return {
    leads: text(language, 'firstSettings.leads'),
    support: text(language, 'firstSettings.support'),
    moderator: text(language, 'firstSettings.moderator'),
    handset: text(language, 'firstSettings.handset'),
    phone: text(language, 'firstSettings.phone'),
    line: text(language, 'firstSettings.line'),
  };
}
