import { z } from 'zod';
import type { BackupSchedule } from '../store/backup/backup-schedule.js';
import { about } from './about.js';
import type { BackupAdmin } from './backup-admin.js';
import { onlyPersons } from './only-persons.js';
import { bytes, rowOf, secret } from './operation.js';
import { byOf, type RecordingBox } from './recording.js';
import { basis, version, withVersion } from './versions.js';

/** What these operations need of the box. */
export interface BackupBox extends RecordingBox {
  readonly backups: BackupSchedule;
  readonly backup: BackupAdmin;
}

const row = rowOf<BackupBox>();

const nothing = z.strictObject({});
const shown = z.object({
  version,
  place: z.string().nullable(),
  places: z.array(z.string()),
  last: z.object({ at: z.iso.datetime(), ok: z.boolean() }).nullable(),
});

const view = async ({ backups }: BackupBox): Promise<z.input<typeof shown>> => {
  const { place, places, last } = await backups.show();
  return withVersion(backups.versions, { place, places: [...places], last });
};

/** A backup by hand, and those that the box makes by itself, once a day. */
export const backupOperations = [
  row({
    name: 'backup make',
    about: about('operation.backup.make'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup' },
    input: z.strictObject({ passphrase: secret(z.string().min(1).max(500)) }),
    output: bytes('application/octet-stream'),
    run: async ({ backup }, { passphrase }, caller) => backup.make(passphrase, caller),
  }),
  row({
    name: 'backup-schedule show',
    about: about('operation.backupSchedule.show'),
    roles: ['admin'],
    http: { method: 'GET', path: '/backup-schedule' },
    input: nothing,
    output: shown,
    run: async (box) => view(box),
  }),
  row({
    name: 'backup-schedule set',
    about: about('operation.backupSchedule.set'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/backup-schedule' },
    input: z.strictObject({ place: z.string().min(1).max(500), passphrase: secret(z.string().min(1).max(500)), basis }),
    output: shown,
    run: async (box, { place, passphrase, basis: on }, caller) => {
      onlyPersons(caller);
      await box.backups.versions.change(on, () => box.backups.set(place, passphrase));
      box.record({ type: 'backupScheduled', place, ...byOf(caller) });
      return view(box);
    },
  }),
  row({
    name: 'backup-schedule remove',
    about: about('operation.backupSchedule.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/backup-schedule' },
    input: z.strictObject({ basis }),
    output: shown,
    run: async (box, input, caller) => {
      onlyPersons(caller);
      await box.backups.versions.change(input.basis, () => box.backups.remove());
      box.record({ type: 'backupScheduleRemoved', ...byOf(caller) });
      return view(box);
    },
  }),
];
