import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { randomPassword } from '../../store/settings/first-settings.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { about } from '../about.js';
import { rowOf, secret } from '../operation.js';
import { basis, dryRun, version } from '../versions.js';
import { extensionForm, extensionTable } from './extension-table.js';
import { afterRestart, changed, type SettingsBox, told } from './settings-change.js';
import { generate, settingsLists } from './settings-lists.js';
import { linesIn, withTable } from './settings-table.js';

const row = rowOf<SettingsBox>();

type Extensions = Settings['extensions'];

/** The numbers of those that are new, and of those that are not as they were. */
function differenceOf(before: Extensions, after: Extensions) {
  const present = new Map(before.map((extension) => [extension.number, extension]));
  const [added, kept] = [true, false].map((isNew) => after.filter(({ number }) => present.has(number) !== isNew));
  const different = kept?.filter((extension) => !isDeepStrictEqual(present.get(extension.number), extension));
  const numbers = (extensions: Extensions = []) => extensions.map(({ number }) => number);
  return { added: numbers(added), changed: numbers(different) };
}

/** Many extensions at once. */
export const extensionTableOperations = [
  row({
    name: 'extensions export',
    about: about('operation.extensions.export'),
    roles: settingsLists.extensions.readers,
    http: { method: 'GET', path: '/extensions.csv' },
    input: z.strictObject({}),
    output: z.string().meta({ contentMediaType: 'text/csv' }),
    run: async ({ settings }) => extensionTable(settings.current.settings),
  }),
  row({
    name: 'extensions import',
    about: about('operation.extensions.import'),
    more: about('operation.extensions.columns'),
    roles: ['admin'],
    http: { method: 'POST', path: '/extensions/import' },
    // It can have passwords in it.
    input: z.strictObject({ table: secret(z.string().max(1024 * 1024)), basis, dryRun }),
    output: z.object({
      version,
      afterRestart,
      /** The extensions that were not there before. */
      added: z.array(z.string()),
      /** Those that were, and are different now. */
      changed: z.array(z.string()),
      /** The passwords that the box has made; they are shown this once. */
      passwords: z.array(z.object({ number: z.string(), name: z.string(), password: z.string() })),
    }),
    async run(box, input, caller) {
      const sent = linesIn(input.table, extensionForm);
      const made = new Map<string, string>();
      let before: Extensions = [];
      const change = (settings: Settings) => {
        before = settings.extensions;
        const present = new Set(before.map(({ number }) => String(number)));
        const lines = sent.map((line) => (needsPassword(line, present) ? withPassword(line, made) : line));
        return withTable(settings, extensionForm, lines);
      };
      const after = await changed(box, change, input, caller);
      const difference = differenceOf(before, after.settings.extensions);
      const passwords = after.settings.extensions.flatMap(({ number, name }) => {
        const password = made.get(number);
        return password === undefined ? [] : [{ number, name, password }];
      });
      return { ...told(box, after), ...difference, passwords: input.dryRun ? [] : passwords };
    },
  }),
];

type Line = ReturnType<typeof linesIn>[number];

/** Nobody new can be without one, and nobody else loses theirs unless the table says so. */
const needsPassword = ({ fields: { number, password } }: Line, present: ReadonlySet<string>): boolean =>
  password === generate || (password === undefined && !present.has(String(number)));

/** @param made What was made so far, by number: the change is tried again where somebody else was faster. */
function withPassword({ line, fields }: Line, made: Map<string, string>): Line {
  const password = randomPassword();
  made.set(String(fields.number), password);
  return { line, fields: { ...fields, password } };
}
