import type { Country } from '../../primitives/country.js';
import type { Language } from '../../primitives/language.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Language of the person at the terminal, from the POSIX locale variables; English when they name no language of ours. */
export function languageOf(environment: Environment): Language {
  return localeOf(environment).startsWith('de') ? 'de' : 'en';
}

/** Country of a demonstration, from the territory of the locale; without one, the country where the language is at home. */
export function countryOf(environment: Environment): Exclude<Country, 'unknown'> {
  const territory = /^[a-z]+_(DE|GB|US)\b/.exec(localeOf(environment))?.[1];
  if (territory === 'US') return 'us';
  if (territory === 'GB') return 'gb';
  return languageOf(environment) === 'de' ? 'de' : 'gb';
}

/** The first variable that is set wins (POSIX.1-2017, 8.2). */
function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): string {
  return LC_ALL || LC_MESSAGES || LANG || '';
}
