import { effect, signal } from '@preact/signals';
import { page as german } from '../../locales/de/page.js';
import { page as english } from '../../locales/en/page.js';
import { leavesOf } from '../../locales/leaves.js';
import type { TextArguments } from '../../locales/text.js';
import type { CodeOf } from '../../locales/tree.js';
import { type Language, languages } from '../../primitives/language.js';
import { chosen } from './chosen.js';

/** Names a text of the page. */
export type PageCode = CodeOf<typeof english>;

const texts = { de: new Map(leavesOf(german)), en: new Map(leavesOf(english)) };

/** What was chosen here before, else the first language of the browser that the page speaks. */
export const language = signal<Language>(chosen('language', languages) ?? preferred());

effect(() => {
  document.documentElement.lang = language.value;
});

/** A text of the page in its language. */
export function say<Code extends PageCode>(code: Code, ...[params]: TextArguments<`page.${Code}`>): string {
  return worded(code, params);
}

/** A text whose name the box has told; what this version has no words for is shown as it is. */
export const sayIfKnown = (group: string, name: string): string =>
  texts[language.value].has(`${group}.${name}`) ? worded(`${group}.${name}`, undefined) : name;

/** A text where the page has one, else what the box says. */
export const sayOr = (code: string, otherwise: string): string =>
  texts[language.value].has(code) ? worded(code, undefined) : otherwise;

/** A text that the page may have; null where it has none. */
export const wordOrNone = (code: string, params?: unknown): string | null =>
  texts[language.value].has(code) ? worded(code, params) : null;

function worded(code: string, params: unknown): string {
  const leaf = texts[language.value].get(code) ?? code;
  // The types of `say` see to it that a text gets the parameters that it is made of.
  return typeof leaf === 'string' ? leaf : leaf(params as never);
}

function preferred(): Language {
  return navigator.languages.find((tag) => /^(de|en)\b/.test(tag))?.startsWith('de') ? 'de' : 'en';
}
