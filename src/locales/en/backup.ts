import type { Tree } from '../tree.js';

/** Backups of all that makes a box what it is. */
export const backup = {
  noSuchPlace: ({ place }: { place: string }) =>
    `There is no disk at ${place} that backups could be written to. Plug it in, or choose another place.`,
  nothingUploaded: 'No backup was sent to the box since it was started. Send it first (POST /api/backup/upload).',
  restoreWaits:
    'A restore waits already for calls to end. To restore it at once, restart the box now (modcall box restart --when now); to restore something else, call it off first (modcall box cancel-restart).',
  notABackup:
    'This is not a backup of a box. Choose a file that “modcall backup” wrote; one of “modcall identity backup” goes with “modcall identity restore”. Nothing has been changed.',
  wrongPassphrase: 'The passphrase is wrong, or the file was changed. Nothing has been changed on the box.',
  weakPassphrase: 'The passphrase is too short: it needs at least 10 characters.',
  newer: 'This backup is of a newer Modcall. Update this box first, then restore it. Nothing has been changed.',
  damaged: 'The backup is damaged or incomplete. Copy the file anew, or take an older one. Nothing has been changed.',
  tooLarge: 'There is more to back up than fits (64 MB, 1000 files). Remove prompts that are not used.',
  tooEarly:
    'The box is still reading who it is, which takes longer than usual: a backup without that would not be whole. Try again in a minute.',
  notMade:
    'Plug in the disk that backups go to, make room there, or choose another place (modcall backup-schedule set). A daily one is tried again every 15 minutes.',
  halfRestored: ({ folder, reason }: { folder: string; reason: string }) =>
    `A backup was put in place by half, and neither the rest of it nor what was there before can be put in place (${reason}). Modcall does not run on half of each. Look after the disk of ${folder}: the next start tries again.`,
  contentUnusable:
    'What is in the backup cannot be used by this Modcall: settings, users or host key are not valid. Nothing has been changed.',
} satisfies Tree;
