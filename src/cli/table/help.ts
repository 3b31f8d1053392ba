import type { Language } from '../../admin/speaking.js';
import { text } from '../../locales/text.js';
import { fieldText } from '../output/field-text.js';
import { mayBeFile, mayBeLeft, placeText } from './arguments.js';
import type { Field } from './field.js';
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
  const lines = usages.map((usage): Line => [headOf(usage), usage.operation.about[language]]);
  return [text(language, 'client.usage'), ...columns(lines), '', text(language, 'client.more')].join('\n');
}

/** How one command is used. */
export function verbHelp(usage: Usage, language: Language): string {
  const { operation, places, options } = usage;
  const lines = [
    ...places.map((field): Line => [placeText(field), meaningOf(field, language)]),
    ...options.map((field) => optionLine(field, language)),
    ...ownLines(usage, language),
  ];
  const head = [`${text(language, 'client.usage')} ${headOf(usage)}`, operation.about[language]];
  const notes = options.some(mayBeFile) ? ['', text(language, 'client.fromFile')] : [];
  return [...head, '', ...columns(lines), ...notes].join('\n');
}

function ownLines({ isVersioned, answers }: Usage, language: Language): readonly Line[] {
  return [
    ...(isVersioned ? [['--basis VERSION', text(language, 'client.option.basis')] as const] : []),
    ...(answers === 'application/json' ? [['--json', text(language, 'client.option.json')] as const] : []),
    ['--output FILE', text(language, 'client.option.output')],
  ];
}

function headOf({ noun, verb, places, options }: Usage): string {
  const needed = options.filter(({ isRequired }) => isRequired).map(writtenAs);
  const more = options.some(({ isRequired }) => !isRequired) ? ['[…]'] : [];
  return ['modcall', noun, verb, ...places.map(placeText), ...needed, ...more].join(' ');
}

/** An option, with what takes it back. */
function optionLine(field: Field, language: Language): Line {
  const off = mayBeLeft(field) && !field.isRequired ? `, --no-${field.option}` : '';
  return [`${writtenAs(field)}${off}`, meaningOf(field, language)];
}

function writtenAs({ option, kind, secret, items }: Field): string {
  if (secret === 'inside') return `--${option}-file FILE`;
  if (secret !== 'no' || kind === 'boolean') return `--${option}`;
  return `--${option} ${kind === 'list' ? `${valueNames[items]} …` : valueNames[kind]}`;
}

const valueNames = { text: 'TEXT', number: 'N', boolean: 'true|false', json: 'JSON', list: 'JSON' } as const;

/** What a field is, and what it may be. */
function meaningOf(field: Field, language: Language): string {
  const name = fieldText(field.path.at(-1) ?? '', language);
  const isLine = field.secret === 'new' || field.secret === 'known';
  const limits = [
    field.choices.join(' | '),
    field.range === null ? '' : field.range.join('–'),
    isLine ? text(language, 'client.option.secret') : '',
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
