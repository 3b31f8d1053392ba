import type { Tree } from '../tree.js';

/** Calls and monitors that run. */
export const live = {
  noSuchCall: ({ call }: { call: number }) => `There is no call ${call} any more. Show the calls anew.`,
  noSuchMonitor: ({ session }: { session: number }) =>
    `There is no monitor ${session} any more, or none that you may end. Show the monitors anew.`,
  emergency: 'This call goes to the emergency services, or may do so: it can be ended only by those who talk.',
  noExtension: 'You have no extension here, so there is no call of yours. An admin can enter it with your user.',
  noRestart: 'No restart is waiting, or it has begun. Nothing has been called off.',
} satisfies Tree;
