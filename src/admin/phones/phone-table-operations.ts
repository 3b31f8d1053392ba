import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { phoneModels } from '../../primitives/phone-models.js';
import { randomPhoneSecret } from '../../store/settings/first-settings.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { about } from '../about.js';
import { rowOf } from '../operation.js';
import { afterRestart, changed, type SettingsBox, told } from '../settings/settings-change.js';
import { settingsLists } from '../settings/settings-lists.js';
import { linesIn, withTable } from '../settings/settings-table.js';
import { basis, dryRun, version } from '../versions.js';
import { phoneForm, phoneTable } from './phone-table.js';

const row = rowOf<SettingsBox>();

/** Many phones at once. */
export const phoneTableOperations = [
  row({
    name: 'phones export',
    about: about('operation.phones.export'),
    roles: settingsLists.phones.readers,
    http: { method: 'GET', path: '/phones.csv' },
    input: z.strictObject({}),
    output: z.string().meta({ contentMediaType: 'text/csv' }),
    run: async ({ settings }) => phoneTable(settings.current.settings),
  }),
  row({
    name: 'phones import',
    about: about('operation.phones.import'),
    roles: ['admin'],
    http: { method: 'POST', path: '/phones/import' },
    input: z.strictObject({ table: z.string().max(1024 * 1024), basis, dryRun }),
    output: z.object({
      version,
      afterRestart,
      /** The phones that were not there before. */
      added: z.array(z.string()),
      /** Those that were, and are different now. */
      changed: z.array(z.string()),
      /** The secrets of the new ones; they are shown this once. */
      secrets: z.array(z.object({ id: z.string(), model: z.enum(phoneModels), secret: z.string() })),
    }),
    async run(box, input, caller) {
      const lines = linesIn(input.table, phoneForm);
      let before: ReadonlyMap<string, PhoneEntry> = new Map();
      const change = (settings: Settings) => {
        before = new Map(settings.phones.map((phone) => [phone.id, phone]));
        return withTable(
          settings,
          phoneForm,
          lines.map((line) => withSecret(line, before)),
        );
      };
      const after = await changed(box, change, input, caller);
      const { phones } = after.settings;
      const added = phones.filter(({ id }) => !before.has(id));
      const kept = phones.filter((phone) => before.has(phone.id) && !isDeepStrictEqual(before.get(phone.id), phone));
      return {
        ...told(box, after),
        added: added.map(({ id }) => id),
        changed: kept.map(({ id }) => id),
        secrets: input.dryRun
          ? []
          : added.flatMap(({ id, model, secret }) => (secret === null ? [] : [{ id, model, secret }])),
      };
    },
  }),
];

type PhoneEntry = Settings['phones'][number];
type Line = ReturnType<typeof linesIn>[number];

/** A new phone gets a secret; one that is there keeps what it has, even if it was revoked. */
const withSecret = ({ line, fields }: Line, present: ReadonlyMap<string, PhoneEntry>): Line =>
  present.has(String(fields.id)) ? { line, fields } : { line, fields: { ...fields, secret: randomPhoneSecret() } };
