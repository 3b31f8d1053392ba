import { momentText } from '../../admin/audit/audit.js';
import { changeText } from '../../admin/audit/audit-texts.js';
import type { Language } from '../../admin/speaking.js';
import { text } from '../../locales/text.js';
import { fieldText } from './field-text.js';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Where it is shown. */
export interface Place {
  readonly language: Language;
  /** Characters in a line. */
  readonly width: number;
}

/** An answer of the box for people: lists as tables where those fit, everything else line by line. */
export const valueText = (value: unknown, place: Place): string =>
  linesOf(value, place)
    .map((line) => line.trimEnd())
    .join('\n');

function linesOf(value: unknown, place: Place): readonly string[] {
  if (Array.isArray(value)) return listLines(value, place);
  if (isFields(value) && Object.keys(value).join() === 'entries') return linesOf(value.entries, place);
  const told = inWords(value);
  return isFields(told) ? fieldLines(told, place) : [cellText(told, place.language)];
}

function listLines(all: readonly unknown[], place: Place): readonly string[] {
  const { language, width } = place;
  const list = all.map(inWords);
  if (list.length === 0) return [text(language, 'client.nothing')];
  if (!list.every(isFields) || list.every(isChange)) return list.map((each) => cellText(each, language));
  const table = tableLines(list, language);
  return table.every((line) => line.length <= width) ? table : blockLines(list, place);
}

/** What is told in words, too, is for people in those: some fields by `words`, the fact of an entry of the audit record by `text`. */
function inWords(value: unknown): unknown {
  if (!isFields(value)) return value;
  const { words, ...fields } = value;
  if (isFields(words)) return { ...fields, ...words };
  if (!isFields(value.fact) || typeof value.text !== 'string') return value;
  const { fact: _, ...rest } = value;
  return rest;
}

/** One entry below the other, with a line between them. */
const blockLines = (list: readonly Fields[], place: Place): readonly string[] =>
  list.flatMap((entry, index) => [...(index === 0 ? [] : ['']), ...fieldLines(entry, place)]);

function fieldLines(fields: Fields, place: Place): readonly string[] {
  const { language } = place;
  const entries = Object.entries(fields).map(([name, value]) => [fieldText(name, language), value] as const);
  // An answer that lists nothing says so.
  const isShort = (value: unknown): boolean => value !== fields.entries && fitsLine(value);
  const short = entries.filter(([, value]) => isShort(value));
  const width = Math.max(0, ...short.map(([name]) => name.length)) + 2;
  return entries.flatMap(([name, value]) =>
    isShort(value)
      ? [`${`${name}:`.padEnd(width)}${cellText(value, language)}`]
      : [`${name}:`, ...linesOf(value, { ...place, width: place.width - 2 }).map((line) => `  ${line}`)],
  );
}

/** What fits on a line. */
const fitsLine = (value: unknown): boolean =>
  isPlain(value) || (Array.isArray(value) && value.every(isPlain)) || (isFields(value) && isSmall(value));

const isSmall = (fields: Fields): boolean => {
  const values = Object.values(fields);
  return values.length <= 2 && values.every(isPlain);
};

function tableLines(rows: readonly Fields[], language: Language): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [
    names.map((name) => fieldText(name, language)),
    ...rows.map((row) => names.map((name) => cellText(row[name], language))),
  ];
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A moment of time as the box writes it. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A value on one line. */
export function cellText(value: unknown, language: Language): string {
  if (typeof value === 'boolean') return text(language, value ? 'audit.yes' : 'audit.no');
  if (typeof value === 'string') return wordText(value);
  if (Array.isArray(value)) return listText(value, language);
  if (isFields(value)) return isChange(value) ? printable(changeText(value, language)) : fieldsText(value, language);
  return value === null || value === undefined ? '–' : String(value);
}

const wordText = (value: string): string =>
  moment.test(value) ? momentText(Date.parse(value)) : printable(value).replaceAll('\n', ' ');

const listText = (list: readonly unknown[], language: Language): string =>
  list.length === 0 ? '–' : list.map((each) => cellText(each, language)).join(', ');

/** What changed in the settings has a form of its own. */
const isChange = ({ path, ...rest }: Fields): boolean =>
  Array.isArray(path) && ['before', 'after', 'secret'].some((name) => Object.hasOwn(rest, name));

const fieldsText = (fields: Fields, language: Language): string =>
  Object.entries(fields)
    .map(([name, value]) => `${fieldText(name, language)} ${cellText(value, language)}`)
    .join(' ');

/** Names come from outside: what steers a terminal is shown as a sign for it. */
export const printable = (value: string): string =>
  value.replaceAll(/(?!\n)[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\uFFFD');
