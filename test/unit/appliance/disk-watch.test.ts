import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { DiskWatch } from '../../../src/appliance/disk-watch.js';
import { diskHealth, diskTroubles } from '../../../src/appliance/faces/disk-health.js';
import type { DiskSeenEvent } from '../../../src/indication/front-panel.js';
import { openLog } from '../../../src/log/log.js';
import { SilentDisk } from '../../support/disks/silent-disk.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';

const sound = { space: { usedPercent: 89, freeMegabytes: 100 }, hasErrors: false, isWorn: false };

test.each([
  ['has room', sound, []],
  ['is not known', { ...sound, space: null }, []],
  ['is full up to a tenth', { ...sound, space: { usedPercent: 90, freeMegabytes: 2047 } }, ['diskFull']],
  ['is large', { ...sound, space: { usedPercent: 95, freeMegabytes: 2048 } }, []],
  ['has no more room than the log needs', { ...sound, space: { usedPercent: 50, freeMegabytes: 31 } }, ['diskFull']],
  ['has had errors, and is worn', { ...sound, hasErrors: true, isWorn: true }, ['diskFailing', 'diskWorn']],
])('a disk that %s', (_what, health, codes) => {
  expect(diskTroubles(health).map(({ code }) => code)).toEqual(codes);
});

describe.skipIf(!canMount)('a disk that fills up', () => {
  let parent: string;
  let folder: string;
  let disk: SmallDisk;
  let lines: Record<string, unknown>[];
  let seen: boolean[];
  let watch: DiskWatch;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'modcall-watched-'));
    folder = join(parent, 'data');
    await mkdir(folder);
    disk = await SmallDisk.under(folder, 64);
    [lines, seen] = [[], []];
    const stdout = { write: (line: string) => lines.push(JSON.parse(line)) };
    const file = join(parent, 'log');
    const { log } = openLog({ level: 'info', language: 'en', file, stdout, readable: false });
    watch = new DiskWatch(folder, { dispatch: ({ isSound }: DiskSeenEvent) => seen.push(isSound), log });
  });
  afterEach(async () => {
    watch.stop();
    disk.remove();
    await rm(parent, { recursive: true });
  });

  it('is told by its level, and in the log when that is too high, and when it is not any more', async () => {
    const codes = () => lines.map(({ code }) => code);
    await watch.begin(20);
    expect((await diskHealth(folder)).space).toEqual({ usedPercent: 0, freeMegabytes: 64 });
    expect(codes()).toEqual([]);
    await writeFile(join(folder, 'half'), Buffer.alloc(32 * 1024 ** 2));
    expect((await diskHealth(folder)).space).toEqual({ usedPercent: 50, freeMegabytes: 32 });
    disk.fill();
    await expect.poll(codes).toEqual(['diskFull']);
    expect(lines[0]).toMatchObject({ level: 'warn', advice: expect.stringMatching(/ 100 % full: 0 MB are free/) });
    expect(seen.at(-1)).toBe(false);
    await disk.free();
    await rm(join(folder, 'half'));
    await expect.poll(codes).toEqual(['diskFull', 'diskSound']);
    expect(seen.at(-1)).toBe(true);
  });
});

test('a disk that does not answer is told after a while, once, and sound again when it does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-silent-'));
  const codes: unknown[] = [];
  const seen: boolean[] = [];
  const stdout = { write: (line: string) => codes.push(JSON.parse(line).code) };
  const { log } = openLog({ level: 'info', language: 'en', file: join(folder, 'log'), stdout, readable: false });
  const watch = new DiskWatch(folder, { dispatch: ({ isSound }: DiskSeenEvent) => seen.push(isSound), log });
  const disk = SilentDisk.begin(folder);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const looked = watch.begin();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect([codes, seen]).toEqual([['diskSilent'], [false]]);
    await disk.end();
    await looked;
    expect([codes, seen]).toEqual([
      ['diskSilent', 'diskSound'],
      [false, true],
    ]);
  } finally {
    vi.useRealTimers();
    watch.stop();
    await rm(folder, { recursive: true });
  }
});
