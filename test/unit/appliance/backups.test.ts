import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBackups } from '../../../src/appliance/backups.js';
import { BoxClock } from '../../../src/gateway/clock.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-backups-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('no backup is made of a box that has not read yet who it is: it would be one without its key', async () => {
  const clock = new BoxClock(null, { wall: () => 5000, uptimeMs: () => 0 });
  const introduction = { isGoingOn: true, identity: undefined, hardwareId: null };
  const backups = await openBackups(folder, introduction, clock, pino({ enabled: false }));
  expect(() => backups.source()).toThrow(expect.objectContaining({ problem: { code: 'backup.tooEarly' } }));
  introduction.isGoingOn = false;
  expect(backups.source()).toMatchObject({ folder, hardwareId: null, now: 5000 });
  await backups.stop();
});
