import { z } from 'zod';
import { about } from './about.js';
import { rowOf, secret } from './operation.js';
import type { PinsAdmin } from './pins-admin.js';

/** What these operations need of the box. */
export interface PinsBox {
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
    output: z.array(z.object({ number, name: z.string(), hasPin: z.boolean(), moderates: z.boolean() })),
    run: async ({ pins }) => [...pins.list()],
  }),
  row({
    name: 'pins set',
    about: about('operation.pins.set'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/pins/{number}' },
    // How long a PIN may be is said in words of its own.
    input: z.strictObject({ number, pin: secret(z.string().max(64)) }),
    output: z.object({
      /** Whether a profile lets this extension monitor anyone: otherwise the PIN opens nothing yet. */
      moderates: z.boolean(),
    }),
    run: async ({ pins }, input, caller) => ({ moderates: await pins.set(input.number, input.pin, caller) }),
  }),
  row({
    name: 'pins remove',
    about: about('operation.pins.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/pins/{number}' },
    input: z.strictObject({ number }),
    output: z.null(),
    async run({ pins }, input, caller) {
      await pins.remove(input.number, caller);
      return null;
    },
  }),
];
