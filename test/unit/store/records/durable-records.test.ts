import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockedUntil } from '../../../../src/monitoring/lockout.js';
import { extensionNumber } from '../../../../src/primitives/ids.js';
import { openRecords, type RecordsOptions } from '../../../../src/store/records/durable-records.js';

const now = Date.UTC(2026, 0, 1);
const moderators = [extensionNumber('100'), extensionNumber('109')];
const records = {
  lockouts: { 'caller:101': { failures: 3, lockedUntil: now + 30_000, lastFailure: now } },
  quotas: { month: '2026-01', used: { 'support/101': 4 } },
  privateUntil: now + 900_000,
};

/** The audit record, as far as it matters here. */
class RecordDouble {
  recordsSerial = 0;
  progress() {
    return null;
  }
  rememberRecords(serial: number) {
    this.recordsSerial = serial;
  }
}

const options: Omit<RecordsOptions, 'record'> = {
  moderators,
  now: () => now,
  isExpected: false,
  recount: async () => ({ month: '2026-01', used: { 'support/102': 7 } }),
};
const open = (change: Partial<RecordsOptions> = {}) => openRecords(path, { ...options, record, ...change });

let folder: string;
let path: string;
let record: RecordDouble;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-records-'));
  path = join(folder, 'records.json');
  record = new RecordDouble();
});
afterEach(() => rm(folder, { recursive: true }));

describe('durable records', () => {
  it('begin empty', async () => {
    const opened = await open();
    expect(opened.records).toEqual({ lockouts: {}, quotas: { month: '', used: {} }, privateUntil: null });
    expect(opened.loss).toBeNull();
  });

  it('survive a restart', async () => {
    await (await open()).save(records);
    expect(await open()).toMatchObject({ records, loss: null });
  });

  it('end with the newest of many', async () => {
    const opened = await open();
    const months = Array.from({ length: 50 }, (_, index) => `2026-${index}`);
    await Promise.all(months.map((month) => opened.save({ ...records, quotas: { month, used: {} } })));
    expect((await open()).records.quotas.month).toBe('2026-49');
  });

  it.each([
    '',
    '{',
    '{}',
    '[]',
    '{"lockouts":{"a":{"failures":-1,"lockedUntil":0,"lastFailure":0}},"quotas":{"month":"","used":{}}}',
    `{"at":${now},"lockouts":{"a":{"failures":1,"lockedUntil":9e99,"lastFailure":0}},"quotas":{"month":"","used":{}}}`,
    `{"at":${now},"lockouts":{},"quotas":{"month":"","used":{}},"privateUntil":9e99}`,
    `{"at":9e99,"lockouts":{},"quotas":{"month":"","used":{}}}`,
  ])('are set aside when damaged (%s), and nobody gets in for a while', async (text) => {
    await writeFile(path, text);
    const opened = await open();
    expect(opened.loss).toMatchObject({ kind: 'damaged' });
    const { keptAs = '' } = opened.loss?.kind === 'damaged' ? opened.loss : {};
    expect(await readFile(join(folder, keptAs), 'utf8')).toBe(text);
    expect(opened.records.quotas.used).toEqual({ 'support/102': 7 });
    for (const number of moderators) {
      expect(lockedUntil(opened.records.lockouts, [`moderator:${number}`], now)).toBeGreaterThan(now + 60_000);
    }
    const again = await open();
    expect(again).toMatchObject({ records: opened.records, loss: null });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('that are gone although there were some count as lost', async () => {
    await open();
    await rm(path);
    const opened = await open({ isExpected: true });
    expect(opened.loss).toEqual({ kind: 'missing' });
    expect(lockedUntil(opened.records.lockouts, ['moderator:109'], now)).toBeGreaterThan(now + 60_000);
    expect(opened.records.quotas.used).toEqual({ 'support/102': 7 });
  });

  it('that are older than what was there already count as lost, once', async () => {
    const first = await open();
    const older = await readFile(path, 'utf8');
    await first.save(records);
    await writeFile(path, older);
    const opened = await open();
    expect(opened.loss).toMatchObject({ kind: 'older' });
    expect(lockedUntil(opened.records.lockouts, ['moderator:109'], now)).toBeGreaterThan(now + 60_000);
    expect(opened.records.quotas.used).toEqual({ 'support/102': 7 });
    expect(await open()).toMatchObject({ records: opened.records, loss: null });
  });

  it('that were written and not remembered yet are no loss', async () => {
    const { save } = await open();
    const before = record.recordsSerial;
    await save(records);
    record.recordsSerial = before;
    expect(await open()).toMatchObject({ records, loss: null });
  });

  it('are moved to a clock that has gone back to 1970: what was left of a lock and of privacy is left', async () => {
    await (await open()).save(records);
    const moved = await open({ now: () => 5000 });
    expect(moved.records.lockouts).toEqual({ 'caller:101': { failures: 3, lockedUntil: 35_000, lastFailure: 5000 } });
    expect(moved.records.privateUntil).toBe(905_000);
    expect(moved.records.quotas).toEqual(records.quotas);
  });

  it('go on if the clock has, since the box may have been off', async () => {
    await (await open()).save(records);
    const later = await open({ now: () => now + 20_000 });
    expect(lockedUntil(later.records.lockouts, ['caller:101'], now + 20_000)).toBe(now + 30_000);
  });

  it('are kept in memory while the disk takes nothing', async () => {
    await rm(folder, { recursive: true });
    const opened = await open({ isExpected: true });
    expect(opened.records.lockouts).toHaveProperty('moderator:100');
    await expect(opened.save(records)).rejects.toThrow('ENOENT');
    await mkdir(folder);
  });
});
