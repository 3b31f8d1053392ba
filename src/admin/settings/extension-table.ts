import { CsvError, parse } from 'csv-parse/sync';
import { AdminError } from '../../store/admin-error.js';
import { closest, type FileFault, placed } from '../../store/files/file-faults.js';
import { settingsFaults } from '../../store/settings/settings-file.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { asBeforeCsv, csv } from '../csv.js';
import { extensionWithSecrets, type SentEntry } from './kept-secrets.js';

/** What a table of extensions can say about each; the rest stays as it is. */
const columns = ['number', 'name', 'consents', 'language', 'password'] as const;
/** Of these a table shows all but the secret one. */
const shownColumns = ['number', 'name', 'consents', 'language'] as const;

/** More than any box has. */
const mostRows = 2000;
/** Longer than any line of it; what is sent may be no table at all. */
const longestLine = 4096;

/** One line of the table with the fields that are not empty. */
interface Line {
  readonly line: number;
  readonly fields: SentEntry;
}

export function extensionTable({ extensions }: Settings): string {
  const rows = extensions.map(({ number, name, consents, language }) => ({
    ...{ number, name, language },
    consents: consents ? 'yes' : 'no',
  }));
  return csv(shownColumns, rows);
}

/**
 * Reads a table with a first line that names the columns; separated by comma, semicolon or tab, as spreadsheets of all countries write it.
 * @throws AdminError with line and column of each mistake.
 */
export function linesOfTable(table: string): readonly Line[] {
  const [head, ...lines] = recordsIn(table);
  const names = head?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const unknown = names.flatMap((name): FileFault[] =>
    isColumn(name) ? [] : [{ path: [name], code: 'settings.fault.unknownKey', params: { meant: meantBy(name) } }],
  );
  if (unknown.length > 0)
    throw invalid(placed(unknown, {}).map((fault) => ({ ...fault, path: `lines[${head?.line}].${fault.path}` })));
  if (!names.includes('number')) throw new AdminError({ code: 'settings.table.noNumbers' });
  return lines.map(({ line, fields }) => ({
    line,
    fields: Object.fromEntries(names.flatMap((name, index) => valueIn(name, fields[index] ?? ''))),
  }));
}

const isColumn = (name: string): boolean => columns.some((column) => column === name);
const meantBy = (name: string): string | null => closest(name, columns) ?? null;

interface TableRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function recordsIn(table: string): readonly TableRecord[] {
  const records: TableRecord[] = [];
  const [hint = '', hinted] = separatorHint.exec(table) ?? [];
  const linesBefore = hint === '' ? 0 : 1;
  const rest = table.slice(hint.length);
  try {
    parse(rest, {
      bom: true,
      delimiter: hinted ?? separatorIn(rest),
      max_record_size: longestLine,
      to: mostRows + 2,
      skip_empty_lines: true,
      // Spreadsheets write such lines for rows that were cleared.
      skip_records_with_empty_values: true,
      on_record(fields: readonly string[], { lines }) {
        records.push({ line: linesBefore + lines, fields });
        return undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AdminError({ code: 'settings.table.unreadable', params: { line: linesBefore + Number(error.lines) } });
  }
  if (records.length > mostRows + 1)
    throw new AdminError({ code: 'settings.table.tooLong', params: { most: mostRows } });
  return records;
}

/** A first line that tells Excel, and by which it tells others, what separates the columns. */
const separatorHint = /^\uFEFF?sep=([,;\t])\r?\n/i;

/** The names of the columns come first, and have none of these in them. */
const separatorIn = (table: string): string => /[,;\t]/.exec(table)?.[0] ?? ',';

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'ja', 'true', '1'].map((word) => [word, true] as const),
  ...['no', 'nein', 'false', '0'].map((word) => [word, false] as const),
]);

function valueIn(name: string, written: string): readonly (readonly [string, unknown])[] {
  const value = asBeforeCsv(written.trim());
  if (value === '') return [];
  const flag = name === 'consents' ? flags.get(value.toLowerCase()) : undefined;
  return [[name, flag ?? value]];
}

/**
 * The settings with the extensions of the table: those that are there are changed, others come after them.
 * @throws AdminError with line and column of each mistake.
 */
export function withTable(settings: Settings, lines: readonly Line[]): unknown {
  const extensions: SentEntry[] = [...settings.extensions];
  const lineOf = new Map<number, number>();
  const present = new Map(settings.extensions.map(({ number }, index) => [number, index]));
  for (const { line, fields } of lines) {
    const number = String(fields.number);
    const index = present.get(number) ?? extensions.length;
    // A number that comes again is an entry of its own, so that it is seen to be there twice.
    present.delete(number);
    const before = extensions[index];
    extensions[index] = extensionWithSecrets(before, { ...before, ...fields });
    lineOf.set(index, line);
  }
  const changed = { ...settings, extensions };
  const faults = settingsFaults(changed);
  if (faults.length === 0) return changed;
  const inTable = (path: string) =>
    path.replace(/^extensions\[(\d+)\]/, (entry, index) => {
      const line = lineOf.get(Number(index));
      return line === undefined ? entry : `lines[${line}]`;
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
