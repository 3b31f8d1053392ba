import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBackupDue, keptBackups, usualRetention } from '../../../../src/store/backup/retention.js';
import { ScheduledBackups } from '../../../../src/store/backup/scheduled-backups.js';

const dayMs = 24 * 3_600_000;
const start = Date.UTC(2026, 0, 1, 2);

/** One a day, each time letting go of what is too many. */
const over = (days: number): readonly number[] => {
  let times: readonly number[] = [];
  for (let day = 0; day < days; day += 1) {
    times = [...times, start + day * dayMs];
    const kept = keptBackups(times, usualRetention);
    times = times.filter((time) => kept.has(time));
  }
  return times;
};
const dates = (times: readonly number[]) => times.map((time) => new Date(time).toISOString().slice(0, 10));

describe('what is kept', () => {
  test('over three years is the last days, weeks and months', () => {
    const kept = over(3 * 365 + 1);
    expect(dates(kept)).toEqual(
      [
        ...['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30', '2028-05-31', '2028-06-30', '2028-07-31'],
        ...['2028-08-31', '2028-09-30', '2028-10-31', '2028-11-30', '2028-12-03', '2028-12-10', '2028-12-17'],
        ...[
          '2028-12-24',
          '2028-12-25',
          '2028-12-26',
          '2028-12-27',
          '2028-12-28',
          '2028-12-29',
          '2028-12-30',
          '2028-12-31',
        ],
      ].slice(0, kept.length),
    );
    expect(kept.length).toBeLessThanOrEqual(7 + 5 + 12);
  });

  test('is bounded, has the latest, and stays when it is asked again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: Date.UTC(2100, 0) })), (times) => {
        const kept = keptBackups(times, usualRetention);
        expect(kept.size).toBeLessThanOrEqual(24);
        if (times.length > 0) expect(kept.has(Math.max(...times))).toBe(true);
        expect(keptBackups([...kept], usualRetention)).toEqual(kept);
      }),
    );
  });

  test('loses little by a clock that was ahead for a while', () => {
    const ahead = Date.UTC(2090, 5);
    const before = over(400);
    const kept = keptBackups([...before, ahead], usualRetention);
    expect(before.filter((time) => !kept.has(time)).length).toBeLessThanOrEqual(3);
  });
});

test('one is due each day, and not because of a clock that was ahead', () => {
  expect(isBackupDue([], start)).toBe(true);
  expect(isBackupDue([start], start + 3_600_000)).toBe(false);
  expect(isBackupDue([start], start + dayMs)).toBe(true);
  expect(isBackupDue([Date.UTC(2090, 0), start - dayMs], start)).toBe(true);
});

describe('the folder of scheduled backups', () => {
  async function* sealed(): AsyncGenerator<Buffer> {
    yield Buffer.from('sealed');
  }

  test('gets one a day, and keeps whatever else is in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-scheduled-'));
    await writeFile(join(folder, 'modcall-20200101T000000000Z.backup.txt'), 'holiday pictures');
    // The latter as an older Modcall named it.
    for (const name of ['4711.pending', 'pending'])
      await writeFile(join(folder, `modcall-20260101T000000000Z.backup.${name}`), 'torn');
    const backups = new ScheduledBackups(folder, usualRetention, 'MH1-A7C2-Q9');
    for (let day = 0; day < 60; day += 1) {
      expect(await backups.isDue(start + day * dayMs)).toBe(true);
      await backups.write(start + day * dayMs, sealed());
      expect(await backups.isDue(start + day * dayMs + 1)).toBe(false);
    }
    const names = (await readdir(folder)).sort();
    expect(names).toContain('modcall-20200101T000000000Z.backup.txt');
    expect(names).toContain('modcall-MH1-A7C2-20260301T020000000Z.backup');
    expect(names.filter((name) => name.endsWith('.backup')).length).toBeLessThanOrEqual(14);
    expect(names.filter((name) => name.endsWith('.pending'))).toEqual([]);
    await rm(folder, { recursive: true });
  });

  test('may be one for several boxes: each has its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-scheduled-'));
    const boxes = ['MH1-A7C2-Q9', 'MH1-B0X2-Q9'].map((id) => new ScheduledBackups(folder, usualRetention, id));
    for (let day = 0; day < 3; day += 1)
      for (const [index, backups] of boxes.entries()) {
        const now = start + day * dayMs + index;
        expect(await backups.isDue(now)).toBe(true);
        await backups.write(now, sealed());
      }
    expect(await readdir(folder)).toHaveLength(6);
    await rm(folder, { recursive: true });
  });

  test('goes on from what an earlier Modcall has left there without a mark', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-scheduled-'));
    await writeFile(join(folder, 'modcall-20260301T020000000Z.backup'), 'sealed');
    const backups = new ScheduledBackups(folder, { days: 1, weeks: 0, months: 0 }, 'MH1-A7C2-Q9');
    expect(await backups.isDue(Date.UTC(2026, 2, 1, 3))).toBe(false);
    await backups.write(Date.UTC(2026, 2, 2), sealed());
    expect(await readdir(folder)).toEqual(['modcall-MH1-A7C2-20260302T000000000Z.backup']);
    await rm(folder, { recursive: true });
  });

  test('has nothing of one that failed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-scheduled-'));
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('half');
      throw new Error('the stick was pulled');
    }
    await expect(new ScheduledBackups(folder, usualRetention, 'MH1-A7C2-Q9').write(start, broken())).rejects.toThrow(
      'pulled',
    );
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
