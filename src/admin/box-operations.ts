import { z } from 'zod';
import { AdminError } from '../store/admin-error.js';
import type { UploadedBackup } from '../store/backup/uploaded-backup.js';
import { about } from './about.js';
import { type Caller, rowOf } from './operation.js';

/** When the box restarts: once no call is running, or at once unless an emergency call is running. */
export const restartTime = z.enum(['idle', 'now']);

/** A restart that waits for calls to end. */
export const restartOrder = z.object({
  when: restartTime,
  /** Not before this time; null for as soon as possible. */
  at: z.iso.datetime().nullable(),
  /** Whether the box restarts with a backup that it restores. */
  restores: z.boolean(),
  /** Whether the machine restarts with an update that it has installed. */
  updates: z.boolean(),
});
export type RestartOrder = z.output<typeof restartOrder>;

export const waitingRestart = restartOrder.extend({
  /** How many calls have to end first; new ones are taken until then. */
  waitsFor: z.int(),
});
export type WaitingRestart = z.output<typeof waitingRestart>;

/** What is not said of an order is as it was with one that waits already, or not so. */
export type RestartWish = Pick<RestartOrder, 'when'> & Partial<Omit<RestartOrder, 'when'>>;

/** Restarts the box. */
export interface Restarting {
  /** Null where none was ordered, or it cannot be called off any more. */
  readonly waiting: WaitingRestart | null;
  /** Restarts the box as soon as no call that must not be cut is running. Resolves with how many calls it waits for. */
  order(order: RestartWish, caller: Pick<Caller, 'name' | 'kind'>): Promise<number>;
  /** Null where there was none to be called off, or it is too late for that. */
  callOff(caller: Caller): Promise<RestartOrder | null>;
}

/** What these operations need of the box. */
export interface RestartBox {
  readonly restart: Restarting;
  readonly uploaded: Pick<UploadedBackup, 'withdraw'>;
  /** An update stays installed, and waits. */
  holdUpdate(): Promise<void>;
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
    output: waitingRestart.pick({ when: true, waitsFor: true }),
    run: async ({ restart }, { when }, caller) => ({ when, waitsFor: await restart.order({ when }, caller) }),
  }),
  row({
    name: 'box cancel-restart',
    about: about('operation.box.cancelRestart'),
    roles: ['admin'],
    http: { method: 'POST', path: '/box/restart/cancel' },
    input: z.strictObject({}),
    output: restartOrder,
    async run({ restart, uploaded, holdUpdate }, _input, caller) {
      // First: if that fails, all still waits as before. With the restart called off alone, any later start would restore it.
      if (restart.waiting?.restores) await uploaded.withdraw();
      const order = await restart.callOff(caller);
      if (!order) throw new AdminError({ code: 'live.noRestart' }, { kind: 'conflict' });
      if (order.updates) await holdUpdate();
      return order;
    },
  }),
];
