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
  almostFull: ({ usedPercent, freeMegabytes }: { usedPercent: number; freeMegabytes: number }) =>
    `The disk of the data folder is ${usedPercent} % full: ${freeMegabytes} MB are free. Free some space before the audit record cannot be written any more, which closes monitoring.`,
  failing:
    'The disk or card of the data folder has had errors. Take a backup off the box and replace it soon: settings and records may be lost with it.',
  worn: 'The memory of the box is near the end of its life, as it says itself. Take a backup off the box and replace it before it can no longer be written to.',
  silent:
    'The disk or card of the data folder does not answer any more. Calls go on as long as they need nothing of it. Start the box anew; if it comes again, replace the disk.',
  socketTaken: ({ path }: { path: string }) =>
    `Another program serves the socket ${path} already. End it; until Modcall is restarted then, its commands do not reach it.`,
} satisfies Tree;
