import type { Language } from '../../admin/speaking.js';
import { text } from '../../locales/text.js';
import { fieldText } from '../output/field-text.js';
import { mayBeFile, mayBeLeft, placeText } from './arguments.js';
import type { Field, FieldKind } from './field.js';
import type { Usage } from './usage.js';

type Line = readonly [string, string];

/** A command of the table, before anything more is looked up about it. */
interface Named {
  readonly noun: string;
  readonly verb: string;
}

/** The nouns of the table, each with its verbs. */
export function tableHelp(commands: readonly Named[]): string {
  const verbs = new Map<string, string[]>();
  for (const { noun, verb } of commands) verbs.set(noun, [...(verbs.get(noun) ?? []), verb]);
  return columns([...verbs].map(([noun, all]): Line => [noun, all.join(', ')])).join('\n');
}

/** What can be done with a noun. */
export function nounHelp(usages: readonly Usage[], language: Language): string {
  const lines = usages.map((usage): Line => [headOf(usage, language), usage.operation.about[language]]);
  return [text(language, 'client.usage'), ...columns(lines), '', text(language, 'client.more')].join('\n');
}

/** How one command is used. */
export function verbHelp(usage: Usage, language: Language): string {
  const { operation, places, options } = usage;
  const lines = [
    ...places.map((field): Line => [placeText(field, language), meaningOf(field, language)]),
    ...options.map((field) => optionLine(field, language)),
    ...ownLines(usage, language),
  ];
  const head = [`${text(language, 'client.usage')} ${headOf(usage, language)}`, operation.about[language]];
  const notes = options.some(mayBeFile) ? ['', text(language, 'client.fromFile')] : [];
  const more = operation.more ? ['', operation.more[language]] : [];
  return [...head, '', ...columns(lines), ...more, ...notes].join('\n');
}

function ownLines({ isVersioned, answers }: Usage, language: Language): readonly Line[] {
  return [
    ...(isVersioned ? [['--basis VERSION', text(language, 'client.option.basis')] as const] : []),
    ...(answers === 'application/json' ? [['--json', text(language, 'client.option.json')] as const] : []),
    [`--output ${text(language, 'client.placeholder.file')}`, text(language, 'client.option.output')],
  ];
}

function headOf({ noun, verb, places, options }: Usage, language: Language): string {
  const needed = options.filter(({ isRequired }) => isRequired).map((field) => neededAs(field, language));
  const more = options.some(({ isRequired }) => !isRequired) ? ['[…]'] : [];
  return ['modcall', noun, verb, ...places.map((field) => placeText(field, language)), ...needed, ...more].join(' ');
}

/** What has to be given: a value, or that there is none. */
const neededAs = (field: Field, language: Language): string =>
  mayBeLeft(field) ? `(${writtenAs(field, language)} | --no-${field.option})` : writtenAs(field, language);

/** An option, with what takes it back. */
function optionLine(field: Field, language: Language): Line {
  const off = mayBeLeft(field) ? `, --no-${field.option}` : '';
  return [`${writtenAs(field, language)}${off}`, meaningOf(field, language)];
}

function writtenAs({ option, kind, secret, items }: Field, language: Language): string {
  if (secret === 'inside') return `--${option}-file ${text(language, 'client.placeholder.file')}`;
  if (secret !== 'no' || kind === 'boolean') return `--${option}`;
  return `--${option} ${kind === 'list' ? `${valueName(items, language)} …` : valueName(kind, language)}`;
}

/** Texts and JSON are called the same in both languages. */
const valueNames = { text: 'TEXT', boolean: 'true|false', json: 'JSON', list: 'JSON' } as const;

const valueName = (kind: FieldKind, language: Language): string =>
  kind === 'number' ? text(language, 'client.placeholder.number') : valueNames[kind];

/** What a field is, and what it may be. */
function meaningOf(field: Field, language: Language): string {
  const name = fieldText(field.path.at(-1) ?? '', language);
  const isLine = field.secret === 'new' || field.secret === 'known';
  const limits = [
    field.choices.join(' | '),
    field.range === null ? '' : field.range.join('–'),
    isLine ? text(language, 'client.option.secret') : '',
    field.made === null ? '' : text(language, 'client.option.made', { word: field.made }),
  ].filter((part) => part !== '');
  return limits.length === 0 ? name : `${name} (${limits.join('; ')})`;
}

const widest = 38;

function columns(lines: readonly Line[]): readonly string[] {
  const width = Math.min(widest, Math.max(0, ...lines.map(([left]) => left.length))) + 2;
  return lines.flatMap(([left, right]) =>
    left.length < width ? [`  ${left.padEnd(width)}${right}`] : [`  ${left}`, `  ${''.padEnd(width)}${right}`],
  );
}
