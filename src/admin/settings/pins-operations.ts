import { z } from 'zod';
import { moderatorsIn } from '../../store/settings/new-pin.js';
import { about } from '../about.js';
import { listOf, rowOf, secret } from '../operation.js';
import { basis, version } from '../versions.js';
import type { PinsAdmin } from './pins-admin.js';
import { afterRestart, type SettingsBox, told } from './settings-change.js';

/** What these operations need of the box. */
export interface PinsBox extends SettingsBox {
  readonly pins: PinsAdmin;
}

const row = rowOf<PinsBox>();

const number = z.string().regex(/^\d{2,8}$/);

/** The PINs of the moderators. */
export const pinsOperations = [
  row({
    name: 'pins list',
    about: about('operation.pins.list'),
    roles: ['council'],
    http: { method: 'GET', path: '/pins' },
    input: z.strictObject({}),
    output: listOf(z.object({ number, name: z.string(), hasPin: z.boolean(), moderates: z.boolean() })),
    run: async ({ pins }) => ({ entries: [...pins.list()] }),
  }),
  row({
    name: 'pins set',
    about: about('operation.pins.set'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/pins/{number}' },
    // How long a PIN may be is said in words of its own.
    input: z.strictObject({ number, pin: secret(z.string().max(64)), basis }),
    output: z.object({
      version,
      afterRestart,
      /** Whether a profile lets this extension monitor anyone: otherwise the PIN opens nothing yet. */
      moderates: z.boolean(),
    }),
    async run(box, { number: whose, pin, basis: on }, caller) {
      const changed = await box.pins.set(whose, pin, on, caller);
      return { ...told(box, changed), moderates: moderatorsIn(changed.settings).has(whose) };
    },
  }),
  row({
    name: 'pins remove',
    about: about('operation.pins.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/pins/{number}' },
    input: z.strictObject({ number, basis }),
    output: z.object({ version, afterRestart }),
    run: async (box, input, caller) => told(box, await box.pins.remove(input.number, input.basis, caller)),
  }),
];
