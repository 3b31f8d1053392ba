import { z } from 'zod';
import { phoneSchema } from '../../store/settings/phone-schema.js';
import { withoutSecrets } from '../../store/settings/settings-diff.js';
import type { SettingsVersion } from '../../store/settings/settings-history.js';
import {
  addressTrunkSchema,
  analogTrunkSchema,
  extensionSchema,
  registeringTrunkSchema,
  settingsSchema,
  webhookSchema,
} from '../../store/settings/settings-schema.js';
import { about } from '../about.js';
import { listOf, rowOf, secret } from '../operation.js';
import { basis, version } from '../versions.js';
import { afterRestart, type SettingsBox, told } from './settings-change.js';

const row = rowOf<SettingsBox>();

const password = secret(z.string().max(128)).optional();
const keptSecret = secret(z.string().max(128)).optional();
const trunks = [registeringTrunkSchema.extend({ password }), addressTrunkSchema, analogTrunkSchema] as const;

/** The settings as they are shown and sent in: a secret that is left out stays as it is, and so does every PIN. */
const settings = settingsSchema.extend({
  extensions: z.array(extensionSchema.omit({ pin: true }).extend({ password })),
  trunks: z.array(z.discriminatedUnion('kind', trunks)),
  webhooks: z.array(webhookSchema.extend({ secret: keptSecret })).default([]),
  phones: z.array(phoneSchema.extend({ secret: keptSecret })).default([]),
});

const author = z.object({ kind: z.enum(['user', 'token', 'console', 'file', 'box']), name: z.string() });
const shown = z.object({
  version,
  at: z.iso.datetime(),
  by: author,
  settings,
  afterRestart,
});
/** One value that differs between two versions of the settings. */
export const change = z.object({
  path: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  secret: z.literal(true).optional(),
});

/** What came of a version. */
const changed = {
  changes: z.array(change),
  /** How many changes are not listed; null where all are. */
  more: z.int().nullable(),
};

const changedIn = ({ changes, more }: Pick<SettingsVersion, 'changes' | 'more'>) => ({
  changes: changes.map((each) => ({ ...each, path: [...each.path] })),
  more,
});

function shownBy(box: SettingsBox, present: SettingsVersion): z.input<typeof shown> {
  const { settings: all, at, by } = present;
  return { ...told(box, present), at, by, settings: withoutSecrets(all) };
}

/** The settings of the box, and how they came to be. */
export const settingsOperations = [
  row({
    name: 'settings show',
    about: about('operation.settings.show'),
    roles: ['admin'],
    http: { method: 'GET', path: '/settings' },
    input: z.strictObject({}),
    output: shown,
    run: async (box) => shownBy(box, box.settings.current),
  }),
  row({
    name: 'settings set',
    about: about('operation.settings.set'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/settings' },
    input: z.strictObject({ basis, settings }),
    output: shown,
    run: async (box, input, caller) => shownBy(box, await box.settings.set(input.settings, input.basis, caller)),
  }),
  row({
    name: 'settings versions',
    about: about('operation.settings.versions'),
    roles: ['admin'],
    http: { method: 'GET', path: '/settings/versions' },
    input: z.strictObject({}),
    output: listOf(
      z.object({
        version,
        at: z.iso.datetime(),
        by: author,
        ...changed,
      }),
    ),
    async run(box) {
      const versions = await box.settings.versions();
      return { entries: versions.map((head) => ({ ...head, ...changedIn(head) })) };
    },
  }),
  row({
    name: 'settings undo',
    about: about('operation.settings.undo'),
    roles: ['admin'],
    http: { method: 'POST', path: '/settings/undo' },
    input: z.strictObject({ basis }),
    output: z.object({ version, afterRestart, ...changed }),
    async run(box, input, caller) {
      const undone = await box.settings.undo(input.basis, caller);
      return { ...told(box, undone), ...changedIn(undone) };
    },
  }),
  row({
    name: 'settings restore',
    about: about('operation.settings.restore'),
    roles: ['admin'],
    http: { method: 'POST', path: '/settings/versions/{version}/restore' },
    input: z.strictObject({ version, basis }),
    output: shown,
    run: async (box, input, caller) => shownBy(box, await box.settings.restore(input.version, input.basis, caller)),
  }),
];
