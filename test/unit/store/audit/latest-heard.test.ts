import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { entryLine, firstHash, makeEntry, type RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import * as heard from '../../../../src/store/audit/heard-calls.js';
import { LatestHeard } from '../../../../src/store/audit/latest-heard.js';

vi.mock('../../../../src/store/audit/heard-calls.js', { spy: true });

let folder: string;
let latest: LatestHeard;
let [seq, previous] = [0, firstHash];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-latest-'));
  latest = new LatestHeard(folder);
  [seq, previous] = [0, firstHash];
  vi.mocked(heard.heardCalls).mockClear();
});
afterEach(() => rm(folder, { recursive: true }));

async function write(...facts: readonly RecordedFact[]): Promise<void> {
  const lines = facts.map((fact) => {
    seq += 1;
    const entry = makeEntry(seq, { time: '2026-03-04T12:00:00.000Z' }, previous, fact);
    previous = entry.hash;
    return entryLine(entry);
  });
  await appendFile(join(folder, 'audit.jsonl'), lines.join(''));
}

const ended = (member: string, other = '0123456789'): RecordedFact => ({
  ...{ type: 'ended', reason: 'callEnded', seconds: 7, session: 1, profile: profileId('support'), caller: '100' },
  ...{ moderator: extensionNumber('100'), member: extensionNumber(member), call: callId(1), other },
});
const foundBy = async (extension: string, limit = 50) => {
  const query = { extension: extensionNumber(extension), before: null, limit, isRunning: () => false };
  return (await latest.calls(query)).calls.map((call) => call.seq);
};
const reads = () => vi.mocked(heard.heardCalls).mock.calls.length;

test('the record is read anew for a person only once it tells more of them', async () => {
  await write(ended('101'));
  expect(await foundBy('101')).toEqual([1]);
  await write({ type: 'boxStopped' }, ended('102'));
  expect(await foundBy('101')).toEqual([1]);
  expect(await foundBy('102')).toEqual([3]);
  expect(reads()).toBe(2);
  await write(ended('101'), ended('102', '101'));
  expect(await foundBy('101')).toEqual([5, 4, 1]);
  expect(await foundBy('101', 2)).toEqual([5, 4]);
  expect(reads()).toBe(4);
});

test('of a record that has grown by more than is looked at for one page, all is found', async () => {
  await write(ended('101'));
  expect(await foundBy('101')).toEqual([1]);
  await write(ended('101'), ...Array.from({ length: 11_000 }, (): RecordedFact => ({ type: 'boxStopped' })));
  expect(await foundBy('101')).toEqual([2, 1]);
  expect(await foundBy('101')).toEqual([2, 1]);
  expect(reads()).toBe(2);
});

test('a record that begins only now is read', async () => {
  expect(await foundBy('101')).toEqual([]);
  await write(ended('101'));
  expect(await foundBy('101')).toEqual([1]);
});
