import type { Language } from '../admin/speaking.js';
import { ranges } from './input/ranges.js';

const languages: readonly Language[] = ['de', 'en'];

/** The language that a request asks for in `Accept-Language`, in whatever region of it; undefined if it asks for none of ours. */
export function languageAskedFor(header: string | undefined): Language | undefined {
  const wanted = ranges(header ?? '').filter(({ q }) => q > 0);
  const primary = wanted.map(({ type }) => type.toLowerCase().split('-')[0]);
  const first = primary.find((tag) => languages.some((language) => language === tag));
  return languages.find((language) => language === first);
}
