import type { Language } from '../../admin/speaking.js';
import { CommandError } from '../command-error.js';
import { fieldText } from '../output/field-text.js';
import { exitCode } from '../terminal.js';
import { optionMissing, parseWords, usageError } from '../words.js';
import type { Field } from './field.js';
import { fieldValue, place } from './field-value.js';
import type { Usage } from './usage.js';

/** What stands behind the two words of a command. */
export interface Arguments {
  /** The input as far as it stands there. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields that are read from a file, or from standard input where its name is `-`. */
  readonly files: readonly { readonly field: Field; readonly path: string }[];
  /** Secrets that are to be typed. */
  readonly asked: readonly Field[];
  /** The version that a change is made against; null for whatever is there. */
  readonly basis: number | null;
  readonly json: boolean;
  /** Where the answer is written to. */
  readonly output: string | undefined;
}

/** Names of options that are not fields. */
export const ownOptions: readonly string[] = ['json', 'output', 'basis', 'help', 'data'];

type Config = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple: boolean }>>;

/**
 * Reads the words of a command made from the table. A secret among them is refused: everybody on the machine can see them.
 * @throws CommandError
 */
export function readArguments(usage: Usage, words: readonly string[], language: Language): Arguments {
  const { made, others } = madeIn(usage, words);
  refuseSecrets(usage, others);
  const { values, positionals } = parseWords({
    args: [...others],
    allowPositionals: true,
    options: optionsOf(usage),
  });
  const given = (name: string): readonly string[] => [values[name] ?? []].flat().map(String);
  const isSet = (name: string): boolean => values[name] !== undefined || made.some(({ option }) => option === name);
  const input: Record<string, unknown> = {};
  readPlaces(usage, positionals, input, language);
  for (const field of usage.options) readOption(field, given, isSet, input);
  for (const field of made) place(input, field.path, field.made);
  const files = usage.options.flatMap((field) => given(`${field.option}-file`).map((path) => ({ field, path })));
  const asked = usage.options.filter(
    (field) => isTyped(field) && !made.includes(field) && isAsked(field, given, isSet),
  );
  requireAll(usage, (field) => Object.hasOwn(input, field.path[0] ?? '') || isSet(`${field.option}-file`));
  return {
    input,
    files,
    asked,
    basis: basisOf(given('basis')[0]),
    json: isSet('json'),
    output: given('output').at(-1),
  };
}

/** Whether it is a line that somebody types. */
export const isTyped = ({ secret }: Field): boolean => secret === 'new' || secret === 'known';

/** Whether a file may have it. */
export const mayBeFile = ({ kind }: Field): boolean => kind === 'text' || kind === 'json' || kind === 'list';

/** Whether `--no-…` stands for it: false, nothing, or no entries. */
export const mayBeLeft = ({ kind, mayBeEmpty, isNullable }: Field): boolean =>
  kind === 'boolean' || mayBeEmpty || isNullable;

function optionsOf({ options, isVersioned }: Usage): Config {
  const text = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean', multiple: false } as const;
  const entries = options.flatMap((field) => [
    ...(field.secret === 'inside'
      ? []
      : [[field.option, isTyped(field) || field.kind === 'boolean' ? flag : text] as const]),
    ...(mayBeFile(field) ? [[`${field.option}-file`, text] as const] : []),
    ...(mayBeLeft(field) ? [[`no-${field.option}`, flag] as const] : []),
  ]);
  const basis = isVersioned ? [['basis', text] as const] : [];
  return Object.fromEntries([...entries, ...basis, ['json', flag], ['output', text]]);
}

/** The secrets in whose place the word stands by which the box makes them, and the words without those. */
function madeIn({ options }: Usage, words: readonly string[]) {
  const made: Field[] = [];
  const others = [...words];
  for (const field of options) {
    if (field.made === null) continue;
    const name = `--${field.option}`;
    const joined = others.indexOf(`${name}=${field.made}`);
    const apart = others.findIndex((word, at) => word === name && others[at + 1] === field.made);
    if (joined === -1 && apart === -1) continue;
    made.push(field);
    if (joined === -1) others.splice(apart, 2);
    else others.splice(joined, 1);
  }
  return { made, others };
}

function refuseSecrets({ options }: Usage, words: readonly string[]): void {
  for (const field of options) {
    if (field.secret === 'no') continue;
    const at = words.findIndex((word) => word === `--${field.option}` || word.startsWith(`--${field.option}=`));
    const word = words[at];
    if (word === undefined) continue;
    const next = words[at + 1];
    const isFollowed = next !== undefined && !next.startsWith('--');
    if (word.includes('=') || isFollowed || field.secret === 'inside') {
      throw new CommandError({ code: 'client.secretInWords', params: { option: field.option } }, exitCode.usage);
    }
  }
}

function readPlaces(
  { places }: Usage,
  words: readonly string[],
  input: Record<string, unknown>,
  language: Language,
): void {
  const [tooMany] = words.slice(places.length);
  if (tooMany !== undefined) throw usageError(tooMany, 'command.usage');
  for (const [index, field] of places.entries()) {
    const word = words[index];
    if (word === undefined) {
      throw new CommandError(
        { code: 'client.placeMissing', params: { place: placeText(field, language) } },
        exitCode.usage,
      );
    }
    place(input, field.path, fieldValue(field, [word]));
  }
}

/** A part of the path, as a usage shows it: `NUMBER`. */
export const placeText = ({ path }: Field, language: Language): string =>
  fieldText(path.at(-1) ?? '', language)
    .toUpperCase()
    .replaceAll(' ', '-');

function readOption(
  field: Field,
  given: (name: string) => readonly string[],
  isSet: (name: string) => boolean,
  input: Record<string, unknown>,
): void {
  const { option, kind, path } = field;
  if (isSet(`no-${option}`)) place(input, path, leftOut(field));
  else if (isSet(option) && !isTyped(field))
    place(input, path, kind === 'boolean' ? true : fieldValue(field, given(option)));
}

function leftOut({ kind, isNullable }: Field): unknown {
  if (kind === 'boolean') return false;
  return isNullable ? null : [];
}

function isAsked(field: Field, given: (name: string) => readonly string[], isSet: (name: string) => boolean): boolean {
  const { option, isRequired } = field;
  if (given(`${option}-file`).length > 0 || isSet(`no-${option}`)) return false;
  return isRequired || isSet(option);
}

function requireAll({ options }: Usage, isThere: (field: Field) => boolean): void {
  const missing = options.find((field) => field.isRequired && !isTyped(field) && !isThere(field));
  if (!missing) return;
  const option = missing.secret === 'inside' ? `${missing.option}-file` : missing.option;
  throw optionMissing(option);
}

function basisOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new CommandError({ code: 'client.notVersion', params: { value: text } }, exitCode.usage);
}
