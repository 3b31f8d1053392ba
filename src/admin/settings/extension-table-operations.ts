import { z } from 'zod';
import { randomPassword } from '../../store/settings/first-settings.js';
import { about } from '../about.js';
import { rowOf, secret } from '../operation.js';
import { basis, version } from '../versions.js';
import { extensionTable, linesOfTable, withTable } from './extension-table.js';
import { afterRestart, type SettingsBox, told } from './settings-change.js';
import { generate } from './settings-lists.js';

const row = rowOf<SettingsBox>();

/** Many extensions at once. */
export const extensionTableOperations = [
  row({
    name: 'extensions export',
    about: about('operation.extensions.export'),
    roles: ['read'],
    http: { method: 'GET', path: '/extensions.csv' },
    input: z.strictObject({}),
    output: z.string().meta({ contentMediaType: 'text/csv' }),
    run: async ({ settings }) => extensionTable(settings.current.settings),
  }),
  row({
    name: 'extensions import',
    about: about('operation.extensions.import'),
    roles: ['admin'],
    http: { method: 'POST', path: '/extensions/import' },
    // It can have passwords in it.
    input: z.strictObject({ table: secret(z.string().max(1024 * 1024)), basis }),
    output: z.object({
      version,
      afterRestart,
      /** The passwords that the box has made; they are shown this once. */
      passwords: z.array(z.object({ number: z.string(), password: z.string() })),
    }),
    async run(box, input, caller) {
      const passwords: { number: string; password: string }[] = [];
      const lines = linesOfTable(input.table).map(({ line, fields }) => {
        if (fields.password !== generate) return { line, fields };
        const password = randomPassword();
        passwords.push({ number: String(fields.number), password });
        return { line, fields: { ...fields, password } };
      });
      const changed = await box.settings.change((settings) => withTable(settings, lines), input.basis, caller);
      return { ...told(box, changed), passwords };
    },
  }),
];
