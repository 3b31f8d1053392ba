import type { Tree } from '../tree.js';

/** The data folder. */
export const storage = {
  noFolder: ({ path }: { path: string }) =>
    `There is no data folder ${path}. Name the right one with --data or MODCALL_DATA, or start Modcall once: it makes the folder.`,
  inUse: ({ path, pid, lock }: { path: string; pid: number; lock: string }) =>
    `The data folder ${path} is in use by Modcall already (process ${pid}, says ${lock}). Stop it, or choose another folder with --data.`,
  unusable: ({ path, reason }: { path: string; reason: string }) =>
    `The data folder ${path} cannot be written to (${reason}). Name a folder that is yours with --data or MODCALL_DATA.`,
  unwritable: ({ path, reason }: { path: string; reason: string }) =>
    `The data folder ${path} cannot be written to (${reason}). Telephony goes on; monitoring stays closed until it can be written again. Free some space, or replace a memory card that can only be read.`,
  recordUnavailable:
    'The audit record cannot be written, and monitoring is closed until it can. Free some space in the data folder, or replace a memory card that can only be read.',
  almostFull: ({ megabytes }: { megabytes: number }) =>
    `The disk of the data folder is almost full: ${megabytes} MB are free. Free some space before the audit record cannot be written any more, which closes monitoring.`,
  socketTaken: ({ path }: { path: string }) =>
    `Another program serves the socket ${path} already. End it; until Modcall is restarted then, its commands do not reach it.`,
} satisfies Tree;
