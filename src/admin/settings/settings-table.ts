import { CsvError, parse } from 'csv-parse/sync';
import { asBeforeCsv } from '../../primitives/csv.js';
import { AdminError } from '../../store/admin-error.js';
import { closest, type FileFault, placed } from '../../store/files/file-faults.js';
import { settingsFaults } from '../../store/settings/settings-file.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { SentEntry } from './kept-secrets.js';

/** A table of entries of the settings: a line for each, which says some of its fields; the rest stays as it is. */
export interface TableForm {
  readonly list: 'extensions' | 'phones';
  /** The field that identifies an entry. */
  readonly key: string;
  readonly columns: readonly string[];
  /** Columns that are called otherwise than their fields. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** What else a column may be called, as people write it in both languages. */
  readonly headings: Readonly<Record<string, string>>;
  /** The field that a column is, and its value. */
  fieldOf(column: string, text: string): readonly [field: string, value: unknown];
  /** The entry as the settings have it, with what it keeps of the one before. */
  settled(before: SentEntry | undefined, sent: SentEntry): SentEntry;
}

/** More than any box has. */
const mostRows = 2000;
/** Longer than any line of it; what is sent may be no table at all. */
const longestLine = 4096;

/** One line of the table with the fields that are not empty. */
export interface Line {
  readonly line: number;
  readonly fields: SentEntry;
}

/**
 * Reads a table with a first line that names the columns; separated by comma, semicolon or tab, as spreadsheets of all countries write it.
 * @throws AdminError with line and column of each mistake.
 */
export function linesIn(table: string, form: TableForm): readonly Line[] {
  refuseLongLines(table);
  let columns: readonly string[] = [];
  const lines: Line[] = [];
  eachRecord(table, (record) => {
    // Before anything else is read: each line of what is no table could have thousands of columns.
    if (columns.length === 0) columns = columnsOf(record, form);
    else if (lines.push(lineOf(record, columns, form)) > mostRows)
      throw new AdminError({ code: 'settings.table.tooLong', params: { most: mostRows } });
  });
  if (columns.length === 0) throw withoutKey(form);
  return lines;
}

/** The parser counts only what stands between the separators, so a line of nothing else would keep it busy for long. */
function refuseLongLines(table: string): void {
  let [first, length, quotes] = [1, 0, 0];
  for (const [index, line] of table.split(/\r\n|\r|\n/).entries()) {
    length += line.length;
    if (length > longestLine)
      throw new AdminError({ code: 'settings.table.longLine', params: { line: first, most: longestLine } });
    quotes += line.split('"').length - 1;
    // Otherwise it goes on behind the break, which is quoted.
    if (quotes % 2 === 0) [first, length] = [index + 2, 0];
  }
}

/** The columns that the first line names, each once. */
function columnsOf({ line, fields }: TableRecord, form: TableForm): readonly string[] {
  const meant = new Map(Object.entries(form.headings));
  const written = fields.map((name) => name.trim().toLowerCase());
  const names = written.map((name) => meant.get(name) ?? name);
  const unknown = names.flatMap((name): FileFault[] =>
    form.columns.includes(name)
      ? []
      : [{ path: [name], code: 'settings.fault.unknownKey', params: { meant: closest(name, form.columns) ?? null } }],
  );
  if (unknown.length > 0)
    throw invalid(placed(unknown, {}).map((fault) => ({ ...fault, path: `lines[${line}].${fault.path}` })));
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) throw new AdminError({ code: 'settings.table.columnTwice', params: { column: again } });
  if (!names.includes(keyColumnOf(form))) throw withoutKey(form);
  return names;
}

const keyColumnOf = ({ key, columnOf }: TableForm): string => columnOf[key] ?? key;

const withoutKey = (form: TableForm) =>
  new AdminError({ code: 'settings.table.noKey', params: { column: keyColumnOf(form) } });

const lineOf = ({ line, fields }: TableRecord, columns: readonly string[], form: TableForm): Line => ({
  line,
  fields: Object.fromEntries(columns.flatMap((name, index) => valueIn(form, name, fields[index] ?? ''))),
});

interface TableRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function eachRecord(table: string, see: (record: TableRecord) => void): void {
  const [hint = '', hinted] = separatorHint.exec(table) ?? [];
  const linesBefore = hint === '' ? 0 : 1;
  const rest = table.slice(hint.length).replace(clearedLine, '');
  try {
    parse(rest, {
      bom: true,
      delimiter: hinted ?? separatorIn(rest),
      skip_empty_lines: true,
      on_record(fields: readonly string[], { lines }) {
        see({ line: linesBefore + lines, fields });
        return undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AdminError({ code: 'settings.table.unreadable', params: { line: linesBefore + Number(error.lines) } });
  }
}

/** What spreadsheets write for rows that were cleared. */
const clearedLine = /^(?:[,;\t ]|"")+$/gm;

/** A first line that tells Excel, and by which it tells others, what separates the columns. */
const separatorHint = /^\uFEFF?sep=([,;\t])\r?\n/i;

/** The names of the columns come first, and have none of these in them. */
const separatorIn = (table: string): string => /[,;\t]/.exec(table)?.[0] ?? ',';

function valueIn(form: TableForm, column: string, written: string): readonly (readonly [string, unknown])[] {
  const text = asBeforeCsv(written.trim());
  return text === '' ? [] : [form.fieldOf(column, text)];
}

/**
 * The settings with the entries of the table: those that are there are changed, others come after them.
 * @throws AdminError with line and column of each mistake.
 */
export function withTable(settings: Settings, form: TableForm, lines: readonly Line[]): unknown {
  const { list, key, columnOf, settled } = form;
  const entries: SentEntry[] = [...settings[list]];
  const lineOf = new Map<number, number>();
  const present = new Map(entries.map((entry, index) => [String(entry[key]), index]));
  for (const { line, fields } of lines) {
    const name = String(fields[key]);
    const index = present.get(name) ?? entries.length;
    // One that comes again is an entry of its own, so that it is seen to be there twice.
    present.delete(name);
    const before = entries[index];
    entries[index] = settled(before, { ...before, ...fields });
    lineOf.set(index, line);
  }
  const changed = { ...settings, [list]: entries };
  const faults = settingsFaults(changed);
  if (faults.length === 0) return changed;
  const place = new RegExp(`^${list}\\[(\\d+)\\](?:\\.(\\w+))?`);
  const inTable = (path: string) =>
    path.replace(place, (entry, index, field: string | undefined) => {
      const line = lineOf.get(Number(index));
      if (line === undefined) return entry;
      return field === undefined ? `lines[${line}]` : `lines[${line}].${columnOf[field] ?? field}`;
    });
  const told = placed(faults, changed).map((fault) => ({ ...withOther(fault, inTable), path: inTable(fault.path) }));
  throw invalid(told.toSorted((one, other) => lineIn(one.path) - lineIn(other.path)));
}

/** Mistakes are reported in the order of the table, then those elsewhere. */
const lineIn = (path: string): number => Number(/^lines\[(\d+)\]/.exec(path)?.[1] ?? Number.MAX_SAFE_INTEGER);

type PlacedFault = AdminError['faults'][number];

/** The other place that a fault names may also be in the table. */
function withOther(fault: PlacedFault, inTable: (path: string) => string): PlacedFault {
  const { code } = fault;
  if (code !== 'settings.fault.duplicate' && code !== 'settings.fault.samePin' && code !== 'settings.fault.foreignPin')
    return fault;
  return { ...fault, params: { other: inTable(fault.params.other) } };
}

const invalid = (faults: readonly PlacedFault[]) =>
  new AdminError({ code: 'settings.table.invalid', params: { count: faults.length } }, { faults });
