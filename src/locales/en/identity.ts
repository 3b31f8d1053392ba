import type { Tree } from '../tree.js';

export const identity = {
  keyDamaged: ({ path }: { path: string }) =>
    `The host key ${path} is damaged. Restore it from its backup (modcall identity restore). If there is none, remove the file: a new key, and with it a new hardware ID, is made at the next start.`,
  keyNotReadable: ({ path }: { path: string }) =>
    `The host key ${path} cannot be read. Run the command as the administrator of the box (sudo).`,
  keyNotAFile: ({ path }: { path: string }) =>
    `In the place of the host key ${path} there is something that is none: a folder, a pipe, a broken link, or a file that is much too large. Move it away, then restore the key from its backup (modcall identity restore). If there is none, a new key, and with it a new hardware ID, is made at the next start.`,
  notReadable: ({ reason }: { reason: string }) =>
    `What identifies this box cannot be read, or cannot be noted (${reason}). Try again; if that does not help, check the disk or memory card.`,
  weakPassphrase: ({ shortest }: { shortest: number }) =>
    `The passphrase is too short: it needs at least ${shortest} characters.`,
  wrongPassphrase: 'The passphrase is wrong, or the file was changed. Nothing has been changed on the box.',
  notABackup: 'This is not a backup of an identity. Please choose the file that “modcall identity backup” wrote.',
  changed: {
    cpu: ({ before, now }: { before: string; now: string }) =>
      `${changedHead(before, now)} The CPU or board is a different one, the host key is the same. If the board was replaced, ask your vendor for a licence key for the new hardware ID.`,
    key: ({ before, now }: { before: string; now: string }) =>
      `${changedHead(before, now)} The host key is a different one, the CPU is the same. If you have a backup of the identity, restore it (modcall identity restore); otherwise a new licence key is needed.`,
    both: ({ before, now }: { before: string; now: string }) =>
      `${changedHead(before, now)} Both the CPU and the host key are different ones: this is another box. A licence key has to be issued for it.`,
  },
} satisfies Tree;

function changedHead(before: string, now: string): string {
  return `The hardware ID is not the same as at the last start: it was ${before} and is ${now}.`;
}
