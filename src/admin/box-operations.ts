import { z } from 'zod';
import { about } from './about.js';
import { type Caller, rowOf } from './operation.js';

/** When the box restarts: once no call is running, or at once unless an emergency call is running. */
export const restartTime = z.enum(['idle', 'now']);
export type RestartTime = z.output<typeof restartTime>;

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
    input: z.strictObject({ when: restartTime.default('idle') }),
    output: z.object({
      when: restartTime,
      /** How many calls have to end first; new ones are taken until then. */
      waitsFor: z.int(),
    }),
    run: async (box, { when }, caller) => ({ when, waitsFor: await box.restart(when, caller) }),
  }),
];
