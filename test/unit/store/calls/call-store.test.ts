import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callId, extensionNumber } from '../../../../src/primitives/ids.js';
import { CallStore, keptMonths, mostWaiting } from '../../../../src/store/calls/call-store.js';
import type { CallRecord } from '../../../../src/switchboard/call-records.js';
import { SilentDisk } from '../../../support/disks/silent-disk.js';
import { canMount, SmallDisk } from '../../../support/disks/small-disk.js';

let folder: string;
let store: CallStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-calls-'));
  store = new CallStore(join(folder, 'calls'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const march = Date.UTC(2026, 2, 4, 12);
const file = (month: string) => join(folder, 'calls', `${month}.jsonl`);

const record = (serial: number, endedAt = march, from = '101'): CallRecord => ({
  call: callId(serial),
  startedAt: endedAt - 2000,
  answeredAt: null,
  endedAt,
  from,
  route: { kind: 'extension', number: extensionNumber('102') },
  answeredBy: null,
  via: [{ kind: 'forwarded', by: '102', to: '103' }],
  talkedMs: 0,
  cause: 'noAnswer',
});

async function found(query: { from?: number; to?: number; number?: string } = {}): Promise<readonly number[]> {
  const { from = 0, to = Date.UTC(2100, 0), number = null } = query;
  const calls: number[] = [];
  for await (const { record } of store.records({ from, to, number })) calls.push(record.call);
  return calls;
}

test('a record comes back as it was, and is for the owner alone', async () => {
  await store.append(record(1));
  const records: CallRecord[] = [];
  for await (const { record } of store.records({ from: march, to: march + 1, number: null })) records.push(record);
  expect(records).toEqual([record(1)]);
  expect((await stat(file('2026-03'))).mode & 0o777).toBe(0o600);
});

test('there are none before the first call', async () => {
  expect(await found()).toEqual([]);
});

test('records added at once stand one after the other', async () => {
  await Promise.all([1, 2, 3].map((serial) => store.append(record(serial))));
  expect(await found()).toEqual([1, 2, 3]);
});

test.skipIf(!canMount)(
  'a disk that fills up takes no record that was confirmed, nor the first one once it has space again',
  async () => {
    const disk = await SmallDisk.under(folder);
    try {
      await store.append(record(1));
      disk.fill();
      const kept = [1];
      for (let serial = 2; serial < 100; serial += 1)
        await store.append(record(serial)).then(
          () => kept.push(serial),
          () => undefined,
        );
      await disk.free();
      await store.append(record(100));
      expect(kept.length).toBeLessThan(99);
      expect(await found()).toEqual(expect.arrayContaining([...kept, 100]));
      await store.close();
    } finally {
      disk.remove();
    }
  },
);

test('those of a time are found over the turn of a month', async () => {
  const days = [Date.UTC(2026, 1, 28, 23, 59), Date.UTC(2026, 2, 1), Date.UTC(2026, 2, 31)];
  for (const [index, day] of days.entries()) await store.append(record(index + 1, day));
  expect(await found({ from: days[0] ?? 0, to: days[2] ?? 0 })).toEqual([1, 2]);
  expect(await found({ from: (days[0] ?? 0) + 1 })).toEqual([2, 3]);
});

test('those of a number are found wherever it took part', async () => {
  await store.append(record(1));
  await store.append(record(2, march, '105'));
  expect([await found({ number: '105' }), await found({ number: '103' }), await found({ number: '9' })]).toEqual([
    [2],
    [1, 2],
    [],
  ]);
});

test('half a line that a power cut left spoils no other', async () => {
  await store.append(record(1));
  await store.close();
  await appendFile(file('2026-03'), '{"call":2,"sta');
  await store.append(record(3));
  expect(await found()).toEqual([1, 3]);
});

test('a file of rubbish is read as nothing', async () => {
  await store.append(record(1));
  await writeFile(file('2026-02'), '\0\0\n{}\n[]\n\uFFFD');
  expect(await found()).toEqual([1]);
});

test('a year is kept, and what is older goes', async () => {
  for (let month = 0; month < keptMonths + 4; month += 1)
    await store.append(record(month + 1, Date.UTC(2026, month, 2)));
  expect(await readdir(join(folder, 'calls'))).toHaveLength(keptMonths + 1);
  expect((await found())[0]).toBe(4);
});

test('a disk that takes nothing is reported, and the next call is tried again', async () => {
  await writeFile(join(folder, 'calls'), 'in the way');
  await expect(store.append(record(1))).rejects.toThrow();
  await rm(join(folder, 'calls'));
  await store.append(record(2));
  expect(await found()).toEqual([2]);
});

test('a month has so many at most, over a restart too, and the next one has room again', async () => {
  const enough = `${JSON.stringify(record(1))}\n`.length * 2 + 10;
  for (const serial of [1, 2]) {
    store = new CallStore(join(folder, 'calls'), enough);
    await store.append(record(serial));
    if (serial === 1) await store.close();
  }
  await expect(store.append(record(3))).rejects.toThrow('as many call records as are kept');
  await store.append(record(4, Date.UTC(2026, 3, 1)));
  expect(await found()).toEqual([1, 2, 4]);
});

test('no more than so many wait for a disk that does not answer, and those are written later', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'modcall-silent-'));
  const disk = SilentDisk.begin(elsewhere);
  const waiting = Array.from({ length: mostWaiting }, (_, index) => store.append(record(index + 1)));
  await expect(store.append(record(mostWaiting + 1))).rejects.toThrow('does not answer');
  await disk.end();
  await Promise.all(waiting);
  await store.append(record(mostWaiting + 2));
  expect((await found()).slice(-2)).toEqual([mostWaiting, mostWaiting + 2]);
  await rm(elsewhere, { recursive: true });
});
