import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBackup } from '../../../../src/store/backup/make-backup.js';
import { completeRestore } from '../../../../src/store/backup/restore.js';
import { UploadedBackup } from '../../../../src/store/backup/uploaded-backup.js';
import { openDataFolder } from '../../../../src/store/files/data-folder.js';
import { by, contentOf, fillFolder, source } from './samples.js';

const passphrase = 'correct horse battery';
let from: string;
let to: string;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'modcall-uploaded-'));
  [from, to] = [join(root, 'from'), join(root, 'to')];
  await fillFolder(from, 7);
  await fillFolder(to, 9);
});
afterEach(() => rm(join(from, '..'), { recursive: true }));

const sealed = () => makeBackup(source(from), passphrase);
async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('MODC');
  throw new Error('the line is cut');
}

test('a backup that is sent is put in place by the next start, and by none before it was ordered', async () => {
  const uploaded = new UploadedBackup(to);
  expect(await uploaded.take(sealed())).toBeGreaterThan(200_000);
  expect(await completeRestore(to)).toBeNull();
  expect(await uploaded.order(passphrase, by)).toMatchObject({ hardwareId: 'TEST-ID' });
  expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":9');
  await completeRestore(to);
  expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":7');
  const next = new UploadedBackup(to).order(passphrase, by);
  await expect(next).rejects.toMatchObject({ problem: { code: 'backup.nothingUploaded' } });
});

test('what is wrong with it is said before anything is changed, and the passphrase can be tried again', async () => {
  const uploaded = new UploadedBackup(to);
  const before = await contentOf(to);
  await expect(uploaded.order(passphrase, by)).rejects.toMatchObject({ kind: 'conflict' });
  await uploaded.take(sealed());
  await expect(uploaded.take(brokenOff())).rejects.toThrow('the line is cut');
  await expect(uploaded.order('another passphrase', by)).rejects.toMatchObject({ fault: 'wrongPassphrase' });
  const { 'restore.uploaded.pending': _, ...left } = await contentOf(to);
  expect(left).toEqual(before);
  await uploaded.order(passphrase, by);
});

test('it can be looked into as often as anybody likes: nothing changes, and it stays there', async () => {
  const uploaded = new UploadedBackup(to);
  await expect(uploaded.examine(passphrase)).rejects.toMatchObject({ problem: { code: 'backup.nothingUploaded' } });
  await uploaded.take(sealed());
  const before = await contentOf(to);
  await expect(uploaded.examine('another passphrase')).rejects.toMatchObject({ fault: 'wrongPassphrase' });
  for (const _ of [1, 2])
    expect(await uploaded.examine(passphrase)).toMatchObject({
      manifest: { hardwareId: 'TEST-ID' },
      settings: { ringSeconds: 7 },
      users: [expect.any(String)],
    });
  expect(await contentOf(to)).toEqual(before);
  expect(await completeRestore(to)).toBeNull();
  await uploaded.order(passphrase, by);
  await expect(uploaded.examine(passphrase)).rejects.toMatchObject({ problem: { code: 'backup.restoreWaits' } });
  await completeRestore(to);
  expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":7');
});

test('one that waits is replaced by no other until it is withdrawn, and then no start restores it', async () => {
  const uploaded = new UploadedBackup(to);
  await uploaded.take(sealed());
  await uploaded.order(passphrase, by);
  await uploaded.take(sealed());
  await expect(uploaded.order('another passphrase', by)).rejects.toMatchObject({
    problem: { code: 'backup.restoreWaits' },
  });
  await uploaded.withdraw();
  expect(await completeRestore(to)).toBeNull();
  expect(await readFile(join(to, 'settings.json'), 'utf8')).toContain('"ringSeconds":9');
  await uploaded.order(passphrase, by);
  expect(await completeRestore(to)).toMatchObject({ hardwareId: 'TEST-ID' });
});

test('one that nobody ordered does not outlast the next start', async () => {
  await new UploadedBackup(to).take(sealed());
  const folder = await openDataFolder(to);
  expect((await readdir(to)).filter((name) => name.startsWith('restore'))).toEqual([]);
  await folder.release();
});
