import type { Language } from '../primitives/language.js';
import type { Message, ParamsOf, TextCode } from './codes.js';
import { german } from './de/index.js';
import { english } from './en/index.js';
import { leavesOf } from './leaves.js';
import type { Leaf } from './tree.js';

/** What has to be said along with a code. */
export type TextArguments<Code extends TextCode> = ParamsOf<Code> extends undefined ? [] : [params: ParamsOf<Code>];

const texts: Readonly<Record<Language, ReadonlyMap<string, Leaf>>> = {
  de: new Map(leavesOf(german)),
  en: new Map(leavesOf(english)),
};

/** A text in a language. */
export function text<Code extends TextCode>(language: Language, code: Code, ...[params]: TextArguments<Code>): string {
  return worded(language, code, params);
}

/** The text of a message. */
export function textOf(language: Language, message: Message): string {
  return worded(language, message.code, 'params' in message ? message.params : undefined);
}

/** The texts of several messages, one a line. */
export function linesOf(language: Language, messages: readonly Message[]): string {
  return messages.map((message) => textOf(language, message)).join('\n');
}

/** Whether there is such a text: what was written down may name one that only another version has. */
export function hasText(code: string): code is TextCode {
  return texts.en.has(code);
}

/** For those who know by other means that the parameters are the right ones. */
export function worded(language: Language, code: string, params: unknown): string {
  const leaf = texts[language].get(code) ?? code;
  // The types of `text` and `Message` see to it that a text gets the parameters that it is made of.
  return typeof leaf === 'string' ? leaf : leaf(params as never);
}
