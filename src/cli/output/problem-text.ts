import { z } from 'zod';
import { changeText } from '../../admin/audit/audit-texts.js';
import type { Language } from '../../admin/speaking.js';
import { hasText, text, worded } from '../../locales/text.js';
import { kebab } from '../table/field.js';
import { type ExitCode, exitCode } from '../terminal.js';
import { printable } from './value-text.js';

const place = z.array(z.union([z.string(), z.number()]));

const part = z.object({
  detail: z.string(),
  code: z.string(),
  faults: z
    .array(z.object({ path: place, code: z.string().default(''), text: z.string(), remedy: z.string().optional() }))
    .default([]),
});

/** What the box says of a request that it refuses (RFC 9457), as far as it is shown. */
const problem = part.extend({
  status: z.number(),
  changes: z.array(z.unknown()).nullable().optional(),
  further: z.array(part).default([]),
});

type Problem = z.output<typeof problem>;
type Part = z.output<typeof part>;
type Place = z.output<typeof place>;

/** How a refusal is told, and how the command ends then. */
export interface Refusal {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** @param body of the answer. */
export function refusalOf(body: string, language: Language): Refusal {
  const parsed = problem.safeParse(parsedJson(body));
  if (!parsed.success) return { text: text(language, 'request.internal'), exitCode: exitCode.failed };
  const { data } = parsed;
  const lines = [partText(data, language), ...data.further.map((part) => partText(part, language))];
  if (data.changes !== undefined) lines.push(changesText(data.changes, language));
  return { text: lines.join('\n'), exitCode: exitCodeOf(data) };
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function exitCodeOf({ status, code }: Problem): ExitCode {
  if (code === 'request.invalidInput') return exitCode.usage;
  return status < 500 && status !== 429 ? exitCode.refused : exitCode.failed;
}

function partText({ detail, faults, code }: Part, language: Language): string {
  const placed = code === 'request.invalidInput' ? optionText : pathText;
  return [printable(detail), ...faults.map((fault) => faultText(fault, placed, language))].join('\n');
}

function faultText(
  { path, code, text: reason, remedy: written }: Part['faults'][number],
  placed: (path: Place, language: Language) => string,
  language: Language,
): string {
  const remedy = isTyped(path) ? (typedRemedy(code, language) ?? written) : written;
  const lines = [`  ${printable(placed(path, language))}`, `    ${printable(reason)}`];
  return [
    ...lines,
    ...(remedy === undefined ? [] : [`    ${text(language, 'fault.remedy')}: ${printable(remedy)}`]),
  ].join('\n');
}

/** Whether it is a value that somebody types, or a cell of a table; what is inside an entry of a list is written as JSON, in a file mostly. */
const isTyped = (path: Place): boolean => isCell(path) || path.slice(0, -1).every((step) => typeof step === 'string');

/** What to do about it on a command line, where that is another thing than in a file. */
function typedRemedy(code: string, language: Language): string | undefined {
  const typed = `client.typed.${code.split('.').at(-1)}`;
  return hasText(typed) ? worded(language, typed, undefined) : undefined;
}

/** A cell of a table that is imported. */
const isCell = ([first, line, column]: Place): boolean =>
  first === 'lines' && typeof line === 'number' && typeof column === 'string';

/** `groups[0].members[2]`, or `line 2, column password` */
function pathText(path: Place, language: Language): string {
  const [, line, column] = path;
  if (isCell(path)) return text(language, 'client.columnOf', { line: Number(line), column: String(column) });
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** As it is typed: `--caller-id`; of an option that is given several times, which of them. */
function optionText([first = '', ...rest]: Place, language: Language): string {
  const last = rest.at(-1);
  const inner = typeof last === 'number' ? rest.slice(0, -1) : rest;
  const place = `--${pathText([kebab(String(first)), ...inner], language)}`;
  return typeof last === 'number' ? text(language, 'client.entryOf', { place, entry: last + 1 }) : place;
}

function changesText(changes: readonly unknown[] | null, language: Language): string {
  if (changes === null) return text(language, 'client.changesForgotten');
  return [
    text(language, 'client.changedMeanwhile'),
    ...changes.map((change) => `  ${printable(changeText(change, language))}`),
  ].join('\n');
}
