import { z } from 'zod';
import { phoneModels } from '../../primitives/phone-models.js';
import { AdminError } from '../../store/admin-error.js';
import { phoneSchema } from '../../store/settings/phone-schema.js';
import { about } from '../about.js';
import { listOf, rowOf } from '../operation.js';
import { afterRestart, type SettingsBox, told } from '../settings/settings-change.js';
import { basis, version } from '../versions.js';
import type { PhonesAdmin } from './phones-admin.js';

export type { PhoneAnswer, PhoneRequest } from './phone-files.js';

/** What these operations need of the box. */
export interface PhonesBox extends SettingsBox {
  readonly phones: PhonesAdmin;
}

const row = rowOf<PhonesBox>();

const { id } = phoneSchema.shape;

const model = z.object({
  model: z.enum(phoneModels),
  lines: z.int(),
  hasButtons: z.boolean(),
  isAdapter: z.boolean(),
  hasMac: z.boolean(),
});

const state = z.object({
  id: z.string(),
  /** Whether it may fetch nothing any more. */
  isRevoked: z.boolean(),
  isRegistered: z.boolean(),
  /** Whether it would get something else by now than it has. */
  isOutdated: z.boolean(),
  /** The last time that it fetched its configuration; null where it never did. */
  fetched: z.object({ at: z.iso.datetime(), address: z.string(), userAgent: z.string() }).nullable(),
});

/** The phones that fetch their configuration from the box. */
export const phonesOperations = [
  row({
    name: 'phone-states list',
    about: about('operation.phoneStates.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/phone-states' },
    input: z.strictObject({}),
    output: listOf(state).extend({
      /** Where phones may come by plain HTTP; null where they may not. */
      plainPort: z.int().nullable(),
      /** How many asked with a secret that no phone has, since the start. */
      guesses: z.int(),
      models: z.array(model),
    }),
    async run({ phones, settings: { current } }) {
      const { provisioning, web } = current.settings;
      const plainPort = provisioning.inClear ? (web?.plainPort ?? null) : null;
      return { entries: phones.states(), plainPort, guesses: phones.guesses, models: phones.models };
    },
  }),
  row({
    name: 'phones call-in',
    about: about('operation.phones.callIn'),
    roles: ['admin'],
    http: { method: 'POST', path: '/phones/{id}/call-in' },
    input: z.strictObject({ id }),
    output: z.null(),
    async run({ phones }, input) {
      await phones.callIn(input.id);
      return null;
    },
  }),
  row({
    name: 'phones revoke',
    about: about('operation.phones.revoke'),
    roles: ['admin'],
    http: { method: 'POST', path: '/phones/{id}/revoke' },
    input: z.strictObject({ id, basis }),
    output: z.object({ version, afterRestart }),
    async run(box, input, caller) {
      const after = await box.settings.change(
        (settings) => {
          if (settings.phones.every((phone) => phone.id !== input.id))
            throw new AdminError(
              { code: 'settings.noSuchEntry', params: { list: 'phones', name: input.id } },
              { kind: 'missing' },
            );
          const revoked = settings.phones.map((phone) => (phone.id === input.id ? { ...phone, secret: null } : phone));
          return { ...settings, phones: revoked };
        },
        input.basis,
        caller,
      );
      return told(box, after);
    },
  }),
];
