import { text } from '../../locales/text.js';
import { csvLine } from '../../primitives/csv.js';
import type { Language } from '../speaking.js';
import { type AuditEntry, exportedEntries } from './audit.js';
import { detailText, detailTexts, kindText } from './audit-texts.js';

/** Details with a column of their own, since people sort and filter by them. */
const sortable = ['moderator', 'member', 'other', 'profile', 'mode', 'purpose', 'reason'] as const;

const columns = [
  { head: 'audit.table.entry', cell: ({ seq }) => seq },
  // In UTC, as recorded: spreadsheets sort it, and the tables of two boxes can be compared.
  { head: 'audit.table.time', cell: ({ time }) => time },
  { head: 'audit.table.clock', cell: ({ clock }, language) => clock && text(language, `audit.clock.${clock}`) },
  { head: 'audit.table.event', cell: ({ fact }, language) => kindText(String(fact.type), language) },
  ...sortable.map((name) => ({
    head: `audit.detail.${name}` as const,
    cell: ({ fact }: AuditEntry, language: Language) => {
      const value = fact[name] ?? null;
      return value === null ? '' : detailText(name, value, language);
    },
  })),
  { head: 'audit.table.details', cell: ({ fact }, language) => detailTexts(others(fact), language).join('; ') },
  { head: 'audit.table.agreement', cell: ({ agreement }) => agreement },
] as const satisfies readonly {
  readonly head: string;
  readonly cell: (entry: AuditEntry, language: Language) => unknown;
}[];

const others = (fact: AuditEntry['fact']): AuditEntry['fact'] =>
  Object.fromEntries(
    Object.entries(fact).filter(([name]) => name !== 'type' && !sortable.some((each) => each === name)),
  );

/** The entries of an exported record as a table for a spreadsheet, in words, piece by piece. */
export async function* auditTable(path: string, language: Language): AsyncGenerator<Uint8Array> {
  const line = (cellOf: (column: (typeof columns)[number]) => unknown) => Buffer.from(csvLine(columns.map(cellOf)));
  yield line(({ head }) => text(language, head));
  for await (const entry of exportedEntries(path)) yield line(({ cell }) => cell(entry, language));
}
