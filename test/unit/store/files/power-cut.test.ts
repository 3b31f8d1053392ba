import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { LicenceFiles } from '../../../../src/licence-desk/licence-files.js';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import { BackupSchedule } from '../../../../src/store/backup/backup-schedule.js';
import { backupContent } from '../../../../src/store/backup/make-backup.js';
import { completeRestore, orderContent } from '../../../../src/store/backup/restore.js';
import { openBoxKey } from '../../../../src/store/box-key.js';
import { BoxCertificate } from '../../../../src/store/certificate/box-certificate.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { makeFolder } from '../../../../src/store/files/durable-file.js';
import { HandlingFile } from '../../../../src/store/records/handling-file.js';
import { OwnPrompts } from '../../../../src/store/settings/own-prompts.js';
import { usualHandling } from '../../../../src/switchboard/handling/call-handling.js';
import type { PowerCutDisk } from '../../../support/disks/power-cut-disk.js';
import { first, kept } from '../agreement/signed.js';
import { by, fillFolder, now, source } from '../backup/samples.js';
import { openStores } from '../kill/stores.js';

const disk = vi.hoisted(() => ({ power: undefined as unknown as PowerCutDisk }));
vi.mock('node:fs/promises', async (original) => {
  const { PowerCutDisk } = await import('../../../support/disks/power-cut-disk.js');
  disk.power = new PowerCutDisk();
  return disk.power.wrapped(await original());
});

let root: string;
beforeAll(() => {
  root = mkdtempSync('/dev/shm/modcall-power-');
});
afterAll(() => rmSync(root, { recursive: true }));

const user = { kind: 'user', name: 'ada' } as const;
const speech = Buffer.concat([
  Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x02\0\0\0', 'latin1'),
  Buffer.alloc(2),
]);

/** What is confirmed by each of them once it resolves, in a folder in which there was nothing yet. */
const confirmed: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  'a change of the settings': async (folder) => {
    const { settings, audit } = await openStores(folder);
    const change = (present: object) => ({ ...present, ringSeconds: 41 });
    await settings.change({ by: user, at: new Date(0).toISOString(), basis: null, change });
    await audit.close();
  },
  'a change of the users': async (folder) => {
    const { users, audit } = await openStores(folder);
    await users.change((all) => ({ ...all, users: [] }));
    await audit.close();
  },
  'a prompt': (folder) => new OwnPrompts(dataFile(folder, 'prompts')).set({ language: 'de', name: 'goodbye' }, speech),
  'the certificate of the box': (folder) =>
    BoxCertificate.open({
      selfSigned: dataFile(folder, 'selfSigned'),
      installed: dataFile(folder, 'installedCertificate'),
      reachedBy: () => ({ names: ['modcall'], addresses: [] }),
      wall: () => ({ time: now, state: 'set' }),
    }),
  'a licence': async (folder) => {
    const files = new LicenceFiles(dataFile(folder, 'licence'), null);
    await files.prepare();
    await files.putKey('licence', 'a key');
  },
  'a works agreement': async (folder) => {
    const { key } = await openBoxKey(folder, now);
    const store = await AgreementStore.open(
      folder,
      async () => key,
      () => null,
    );
    await store.put(kept(first, 'employer', 'council'));
  },
  'what happens with calls': async (folder) => {
    const file = await HandlingFile.open(dataFile(folder, 'callHandling'));
    await file.save({ of: new Map([[extensionNumber('102'), { ...usualHandling, doNotDisturb: true }]]) });
  },
  'a scheduled backup': async (folder) => {
    const errors: unknown[] = [];
    const schedule = await BackupSchedule.open({
      folder,
      source: () => source(folder),
      wall: () => ({ time: now, state: 'set' }),
      onError: (error) => errors.push(error),
      mountedBelow: [],
    });
    await schedule.set('box', 'a long passphrase', 'daily');
    await schedule.runIfDue();
    expect(errors).toEqual([]);
  },
  'a restore': async (folder) => {
    const other = join(root, 'backed up');
    await fillFolder(other, 7, 1);
    await orderContent(folder, backupContent(source(other)), by);
    expect(disk.power.unsafe(folder)).toEqual([]);
    await completeRestore(folder);
  },
};

test.each(Object.entries(confirmed))('%s survives a power cut once it is confirmed', async (what, confirm) => {
  const folder = join(root, what);
  mkdirSync(folder);
  await confirm(folder);
  expect(disk.power.unsafe(folder)).toEqual([]);
});

test('a folder survives it with all those above it that were made', async () => {
  const above = join(root, 'above');
  mkdirSync(above);
  await makeFolder(join(above, 'a', 'b'));
  expect(disk.power.unsafe(above)).toEqual([]);
});
