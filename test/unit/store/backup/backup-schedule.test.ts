import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BackupSchedule } from '../../../../src/store/backup/backup-schedule.js';
import { orderRestore } from '../../../../src/store/backup/restore.js';
import { canMount, SmallDisk } from '../../../support/disks/small-disk.js';
import { by, fillFolder, now, source } from './samples.js';

const passphrase = 'correct horse battery';
const dayMs = 24 * 3_600_000;
let root: string;
let folder: string;
let wall: { time: number; state: 'set' | 'notSet' };
let errors: unknown[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modcall-schedule-'));
  folder = join(root, 'data');
  await fillFolder(folder, 7, 1);
  wall = { time: now, state: 'set' };
  errors = [];
});
afterEach(() => rm(root, { recursive: true }));

const open = () =>
  BackupSchedule.open({
    folder,
    source: () => ({ ...source(folder), now: wall.time }),
    wall: () => wall,
    onError: (error) => errors.push(error),
    mountedBelow: [join(root, 'media')],
  });
const made = () => readdir(join(folder, 'backups')).catch(() => []);

test('one is made each day, can be restored, and the plan outlasts a restart', async () => {
  const schedule = await open();
  await schedule.runIfDue();
  expect(await made()).toEqual([]);
  await schedule.set('box', passphrase, 'daily');
  await Promise.all([schedule.runIfDue(), schedule.runIfDue()]);
  const next = await open();
  await next.runIfDue();
  expect(await made()).toEqual(['modcall-TEST-ID-20260304T120000000Z.backup']);
  wall.time += dayMs;
  await next.runIfDue();
  const names = await made();
  expect(names).toHaveLength(2);
  expect(await next.show()).toMatchObject({ place: 'box', last: { ok: true } });
  const to = join(root, 'to');
  await mkdir(to);
  const file = createReadStream(join(folder, 'backups', names[1] ?? ''));
  expect(await orderRestore(to, file, passphrase, by)).toMatchObject({ created: new Date(wall.time).toISOString() });
  expect((await stat(join(folder, 'backup-schedule.json'))).mode & 0o777).toBe(0o600);
  await next.remove();
  wall.time += dayMs;
  await (await open()).runIfDue();
  expect(await made()).toHaveLength(2);
});

test('only places that are there can be chosen, never a path', async () => {
  await mkdir(join(root, 'media', 'stick'), { recursive: true });
  const schedule = await open();
  for (const place of ['/etc', '../..', join(root, 'media', 'stick'), ''])
    await expect(schedule.set(place, passphrase, 'daily'), place).rejects.toMatchObject({
      problem: { code: 'backup.noSuchPlace' },
    });
  await expect(schedule.set('box', 'short', 'daily')).rejects.toMatchObject({ fault: 'weakPassphrase' });
  expect(await schedule.show()).toEqual({ place: null, occasion: null, places: ['box'], last: null });
});

test('what goes wrong is said once a day, and tried again', async () => {
  const schedule = await open();
  await schedule.set('box', passphrase, 'daily');
  await writeFile(join(folder, 'backups'), 'in the way');
  for (let hour = 0; hour < 30; hour += 1) {
    await schedule.runIfDue();
    wall.time += 3_600_000;
  }
  expect(errors).toHaveLength(2);
  await rm(join(folder, 'backups'));
  await schedule.runIfDue();
  expect(await made()).toHaveLength(1);
});

test.skipIf(!canMount)('on a full disk none is left by half, and it is made once there is room', async () => {
  const disk = await SmallDisk.under(folder);
  try {
    const schedule = await open();
    await schedule.set('box', passphrase, 'daily');
    disk.fill();
    await schedule.runIfDue();
    expect(errors).toEqual([expect.objectContaining({ code: 'ENOSPC' })]);
    expect([await made(), await schedule.show()]).toEqual([
      [],
      expect.objectContaining({ last: { at: expect.any(String), ok: false } }),
    ]);
    await disk.free();
    await schedule.runIfDue();
    expect([(await made()).length, await schedule.show()]).toEqual([
      1,
      expect.objectContaining({ last: { at: expect.any(String), ok: true } }),
    ]);
  } finally {
    disk.remove();
  }
});

test('without the time none is made', async () => {
  const schedule = await open();
  await schedule.set('box', passphrase, 'daily');
  wall = { time: 0, state: 'notSet' };
  await schedule.runIfDue();
  expect(await made()).toEqual([]);
});

test('holding the button makes one at once where that was chosen, however often, and whatever the time; an earlier Modcall reads the other plans', async () => {
  const schedule = await open();
  const plan = async () => JSON.parse(await readFile(join(folder, 'backup-schedule.json'), 'utf8')) as object;
  await schedule.set('box', passphrase, 'daily');
  expect([schedule.isOnButton, await schedule.runByButton(), await made()]).toEqual([false, false, []]);
  expect(await plan()).toEqual({ place: 'box', passphrase });
  await schedule.set('box', passphrase, 'button');
  const next = await open();
  await next.runIfDue();
  expect([next.isOnButton, await made()]).toEqual([true, []]);
  expect(await Promise.all([next.runByButton(), next.runByButton()])).toEqual([true, true]);
  expect(await made()).toHaveLength(1);
  wall = { time: 1000, state: 'notSet' };
  expect(await next.runByButton()).toBe(true);
  expect(await made()).toContain('modcall-TEST-ID-19700101T000001000Z.backup');
  expect(await next.show()).toMatchObject({ occasion: 'button', last: { ok: true } });
});

test('each one that fails is said when somebody waits for it', async () => {
  const schedule = await open();
  await schedule.set('box', passphrase, 'both');
  await writeFile(join(folder, 'backups'), 'in the way');
  expect([await schedule.runByButton(), await schedule.runByButton(), errors.length]).toEqual([false, false, 2]);
  await rm(join(folder, 'backups'));
  await schedule.runIfDue();
  expect(await made()).toHaveLength(1);
});
