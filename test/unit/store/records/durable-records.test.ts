import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockedUntil } from '../../../../src/monitoring/lockout.js';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { openRecords } from '../../../../src/store/records/durable-records.js';

const now = Date.UTC(2026, 0, 1);
const moderators = [extensionNumber('100'), extensionNumber('109')];
const records = {
  lockouts: { 'caller:101': { failures: 3, lockedUntil: now + 30_000, lastFailure: now } },
  quotas: { month: '2026-01', used: { 'support/101': 4 } },
};

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-records-'));
  path = join(folder, 'records.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('durable records', () => {
  it('begin empty', async () => {
    const opened = await openRecords(path, moderators, now);
    expect(opened.records).toEqual({ lockouts: {}, quotas: { month: '', used: {} } });
    expect(opened.damaged).toBeNull();
  });

  it('survive a restart', async () => {
    await (await openRecords(path, moderators, now)).save(records);
    expect(await openRecords(path, moderators, now)).toMatchObject({ records, damaged: null });
  });

  it('end with the newest of many', async () => {
    const opened = await openRecords(path, moderators, now);
    const months = Array.from({ length: 50 }, (_, index) => `2026-${index}`);
    await Promise.all(months.map((month) => opened.save({ ...records, quotas: { month, used: {} } })));
    expect((await openRecords(path, moderators, now)).records.quotas.month).toBe('2026-49');
  });

  it.each([
    '',
    '{',
    '{}',
    '[]',
    '{"lockouts":{"a":{"failures":-1,"lockedUntil":0,"lastFailure":0}},"quotas":{"month":"","used":{}}}',
  ])('are set aside when damaged (%s), and nobody gets in for a while', async (text) => {
    await writeFile(path, text);
    const opened = await openRecords(path, moderators, now);
    expect(await readFile(join(folder, opened.damaged ?? ''), 'utf8')).toBe(text);
    for (const number of moderators) {
      expect(lockedUntil(opened.records.lockouts, [`moderator:${number}`], now)).toBeGreaterThan(now + 60_000);
    }
    const again = await openRecords(path, moderators, now);
    expect(again).toMatchObject({ records: opened.records, damaged: null });
    expect(await readdir(folder)).toHaveLength(2);
  });
});
