import { z } from 'zod';
import { about } from './about.js';
import { type Caller, rowOf } from './operation.js';

/** When the box restarts: once no call is running, or at once unless an emergency call is running. */
export type RestartTime = 'idle' | 'now';

/** What these operations need of the box. */
export interface RestartBox {
  /** Restarts the box as soon as no call that must not be cut is running. Resolves with how many calls it waits for. */
  restart(when: RestartTime, caller: Caller): Promise<number>;
}

const row = rowOf<RestartBox>();

/** The box as a whole. */
export const boxOperations = [
  row({
    name: 'box restart',
    about: about('operation.box.restart'),
    roles: ['admin'],
    http: { method: 'POST', path: '/box/restart' },
    input: z.strictObject({ when: z.enum(['idle', 'now']).default('idle') }),
    output: z.object({
      when: z.enum(['idle', 'now']),
      /** How many calls have to end first; new ones are taken until then. */
      waitsFor: z.int(),
    }),
    run: async (box, { when }, caller) => ({ when, waitsFor: await box.restart(when, caller) }),
  }),
];
