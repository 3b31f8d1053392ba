import { csv } from '../../primitives/csv.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { extensionWithSecrets } from './kept-secrets.js';
import type { TableForm } from './settings-table.js';

/** Of what a table of extensions can say about each, it shows all but the secret. */
const shownColumns = ['number', 'name', 'consents', 'language', 'encryption'] as const;

export function extensionTable({ extensions }: Settings): string {
  const rows = extensions.map(({ number, name, consents, language, encryption }) => ({
    ...{ number, name, language, encryption },
    consents: consents ? 'yes' : 'no',
  }));
  return csv(shownColumns, rows);
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'ja', 'true', '1'].map((word) => [word, true] as const),
  ...['no', 'nein', 'false', '0'].map((word) => [word, false] as const),
]);

export const extensionForm: TableForm = {
  list: 'extensions',
  key: 'number',
  columns: [...shownColumns, 'password'],
  columnOf: {},
  headings: {
    ...{ nummer: 'number', nebenstelle: 'number', extension: 'number' },
    ...{ zugestimmt: 'consents', zustimmung: 'consents', eingewilligt: 'consents', einwilligung: 'consents' },
    ...{
      agreed: 'consents',
      sprache: 'language',
      'verschl\u00fcsselung': 'encryption',
      passwort: 'password',
      kennwort: 'password',
    },
  },
  fieldOf(column, text) {
    const flag = column === 'consents' ? flags.get(text.toLowerCase()) : undefined;
    return [column, flag ?? text];
  },
  settled: extensionWithSecrets,
};
