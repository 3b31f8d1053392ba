import { z } from 'zod';
import { contentKinds, kindOf } from '../store/backup/backup-content.js';
import { type BackupSchedule, occasions } from '../store/backup/backup-schedule.js';
import { requireStrong } from '../store/backup/make-backup.js';
import type { BackupInside } from '../store/backup/restore.js';
import { largestUpload, type UploadedBackup } from '../store/backup/uploaded-backup.js';
import { listedChanges, settingsDiff } from '../store/settings/settings-diff.js';
import { about } from './about.js';
import type { BackupAdmin } from './backup-admin.js';
import { type RestartBox, restartTime, waitingRestart } from './box-operations.js';
import { bytes, bytesIn, knownSecret, rowOf, secret } from './operation.js';
import { byOf, type RecordingBox } from './recording.js';
import type { SettingsBox } from './settings/settings-change.js';
import { change } from './settings/settings-operations.js';
import type { StateBox } from './state-operations.js';
import type { UsersBox } from './users/users-operations.js';
import { basis, dryRun, version, withVersion } from './versions.js';

/** What these operations need of the box. */
export interface BackupBox
  extends RecordingBox,
    RestartBox,
    SettingsBox,
    Pick<StateBox, 'state'>,
    Pick<UsersBox, 'users'> {
  readonly backups: BackupSchedule;
  readonly backup: BackupAdmin;
  readonly uploaded: UploadedBackup;
}

const row = rowOf<BackupBox>();

const nothing = z.strictObject({});
const newPassphrase = secret(z.string().min(1).max(500));
const shown = z.object({
  version,
  place: z.string().nullable(),
  occasion: z.enum(occasions).nullable(),
  places: z.array(z.string()),
  last: z.object({ at: z.iso.datetime(), ok: z.boolean() }).nullable(),
});

const view = async ({ backups }: BackupBox): Promise<z.input<typeof shown>> => {
  const { places, ...planned } = await backups.show();
  return withVersion(backups.versions, { ...planned, places: [...places] });
};

/** When a backup was made, by which Modcall, and of which box. */
const made = z.object({ created: z.iso.datetime(), modcall: z.string(), hardwareId: z.string().nullable() });

/** What a backup would change if it were restored. */
function insideOf(box: BackupBox, { manifest, settings, users }: BackupInside) {
  const { created, modcall, hardwareId, files } = manifest;
  const { changes, more } = listedChanges(settingsDiff(box.settings.current.settings, settings));
  const present = box.users.list().map(({ name }) => name);
  return {
    ...{ created, modcall, hardwareId },
    isOwn: hardwareId !== null && hardwareId === box.state().hardwareId,
    kinds: contentKinds.filter((kind) => files.some(({ path }) => kindOf(path) === kind)),
    changes: changes.map((each) => ({ ...each, path: [...each.path] })),
    more,
    usersAdded: users.filter((name) => !present.includes(name)),
    usersRemoved: present.filter((name) => !users.includes(name)),
  };
}

/** A backup by hand, one that the next start puts in place, and those that the box makes by itself, once a day or when its button is held. */
export const backupOperations = [
  row({
    name: 'backup make',
    about: about('operation.backup.make'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup' },
    isForPersons: true,
    input: z.strictObject({ passphrase: newPassphrase }),
    output: bytes('application/octet-stream'),
    run: async ({ backup }, { passphrase }, caller) => backup.make(passphrase, caller),
  }),
  row({
    name: 'backup check',
    about: about('operation.backup.check'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup/check' },
    isForPersons: true,
    input: z.strictObject({ passphrase: newPassphrase }),
    output: z.null(),
    run: async (_box, { passphrase }) => {
      requireStrong(passphrase);
      return null;
    },
  }),
  row({
    name: 'backup upload',
    about: about('operation.backup.upload'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup/upload' },
    isForPersons: true,
    input: z.strictObject({ backup: bytesIn('application/octet-stream', largestUpload) }),
    output: z.object({ bytes: z.int() }),
    run: async ({ uploaded }, { backup }) => ({ bytes: await uploaded.take(backup) }),
  }),
  row({
    name: 'backup explain',
    about: about('operation.backup.explain'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup/explain' },
    isForPersons: true,
    input: z.strictObject({ passphrase: knownSecret(z.string().min(1).max(500)) }),
    output: made.extend({
      /** Whether it was made by this box. */
      isOwn: z.boolean(),
      kinds: z.array(z.enum(contentKinds)),
      /** How the settings would differ from the present ones. */
      changes: z.array(change),
      /** How many changes are not listed; null where all are. */
      more: z.int().nullable(),
      /** Who could sign in then and cannot now, and the other way round. */
      usersAdded: z.array(z.string()),
      usersRemoved: z.array(z.string()),
    }),
    run: async (box, { passphrase }) => insideOf(box, await box.uploaded.examine(passphrase)),
  }),
  row({
    name: 'backup restore',
    about: about('operation.backup.restore'),
    roles: ['admin'],
    http: { method: 'POST', path: '/backup/restore' },
    isForPersons: true,
    input: z.strictObject({ passphrase: knownSecret(z.string().min(1).max(500)), when: restartTime.default('idle') }),
    output: made.extend({ files: z.int(), ...waitingRestart.pick({ when: true, waitsFor: true }).shape }),
    run: async (box, { passphrase, when }, caller) => {
      const { created, modcall, hardwareId, files } = await box.uploaded.order(passphrase, byOf(caller));
      const made = { created, modcall, hardwareId };
      box.record({ type: 'restoreOrdered', ...made, ...byOf(caller) });
      return {
        ...made,
        files: files.length,
        when,
        waitsFor: await box.restart.order({ when, restores: true }, caller),
      };
    },
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
    isForPersons: true,
    input: z.strictObject({
      place: z.string().min(1).max(500),
      passphrase: newPassphrase,
      occasion: z.enum(occasions).default('daily'),
      basis,
      dryRun,
    }),
    output: shown,
    run: async (box, { place, passphrase, occasion, basis: on, dryRun: isDry }, caller) => {
      await box.backups.versions.change(on, () => box.backups[isDry ? 'check' : 'set'](place, passphrase, occasion));
      if (isDry) return view(box);
      box.record({ type: 'backupScheduled', place, ...byOf(caller) });
      return view(box);
    },
  }),
  row({
    name: 'backup-schedule remove',
    about: about('operation.backupSchedule.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/backup-schedule' },
    isForPersons: true,
    input: z.strictObject({ basis }),
    output: shown,
    run: async (box, input, caller) => {
      await box.backups.versions.change(input.basis, () => box.backups.remove());
      box.record({ type: 'backupScheduleRemoved', ...byOf(caller) });
      return view(box);
    },
  }),
];
