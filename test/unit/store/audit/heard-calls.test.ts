import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Mode } from '../../../../src/monitoring/profile.js';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { entryLine, firstHash, makeEntry, type RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { type HeardQuery, heardCalls } from '../../../../src/store/audit/heard-calls.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-heard-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a record with an entry each second. */
async function write(facts: readonly RecordedFact[]): Promise<void> {
  let previous = firstHash;
  const lines = facts.map((fact, index) => {
    const entry = makeEntry(index + 1, { time: at(index) }, previous, fact);
    previous = entry.hash;
    return entryLine(entry);
  });
  await writeFile(join(folder, 'audit.jsonl'), lines.join(''));
}

const at = (second: number) => new Date(Date.UTC(2026, 2, 4, 12, 0, second)).toISOString();
const heard = (query: Partial<HeardQuery> = {}) =>
  heardCalls(folder, { extension: extensionNumber('101'), before: null, limit: 50, isRunning: () => false, ...query });

/** What a moderator does with a call of 101, who talks to 102. */
const session = (serial: number, call = serial, purpose?: string) => {
  const base = {
    ...{ session: serial, profile: profileId('support'), caller: '100', ...(purpose === undefined ? {} : { purpose }) },
    ...{ moderator: extensionNumber('100'), member: extensionNumber('101'), call: callId(call), other: '102' },
  };
  return {
    asked: (mode: Mode): AuditFact => ({ ...base, type: 'helpAsked', way: 'code', mode }),
    started: { ...base, type: 'started', noticeMember: 'toneEvery 10 s', noticeOther: 'announcement' },
    told: { ...base, type: 'told', party: 'member', notice: 'toneEvery 10 s' },
    whispered: { ...base, type: 'modeChanged', mode: 'whisper' },
    ended: { ...base, type: 'ended', reason: 'callEnded', seconds: 7 },
  } as const satisfies Record<string, AuditFact | ((mode: Mode) => AuditFact)>;
};

test('a call that was listened to is one line, with all that happened in it', async () => {
  const { started, told, whispered, ended } = session(1, 5, 'quality');
  await write([started, told, whispered, ended]);
  const common = {
    ...{ seq: 4, began: at(0), ended: at(3), seconds: 7, moderator: '100', profile: 'support', purpose: 'quality' },
    ...{ modes: ['listen', 'whisper'], reason: 'callEnded', isWished: false },
  };
  const asMember = { ...common, side: 'member', notice: 'toneEvery 10 s', isTold: true };
  const asOther = { ...common, side: 'other', notice: 'announcement', isTold: false };
  expect(await heard()).toEqual({ calls: [asMember], next: null });
  expect(await heard({ extension: extensionNumber('102') })).toEqual({ calls: [asOther], next: null });
  expect(await heard({ extension: extensionNumber('103') })).toEqual({ calls: [], next: null });
});

test('a call that a moderator came into by the wish of the member says so', async () => {
  const { asked, started, whispered, ended } = session(1);
  await write([asked('whisper'), { ...started, wished: true }, whispered, ended]);
  expect((await heard()).calls).toMatchObject([{ began: at(1), isWished: true, modes: ['whisper'] }]);
  await write([asked('listen'), { ...started, wished: true }, whispered, ended]);
  expect((await heard()).calls).toMatchObject([{ isWished: true, modes: ['listen', 'whisper'] }]);
});

test('that a moderator took the call over is the last of how they listened', async () => {
  const { started, whispered, ended } = session(1);
  await write([started, whispered, { ...ended, reason: 'tookOver' }]);
  expect(await heard()).toMatchObject({ calls: [{ modes: ['listen', 'whisper', 'takeOver'], reason: 'tookOver' }] });
});

test('two moderators in one call, and one who comes back to it, are three lines', async () => {
  const [first, second] = [session(1, 5), session(2, 5)];
  await write([first.started, second.started, second.whispered, first.ended, first.started, second.ended, first.ended]);
  const { calls } = await heard();
  expect(calls.map(({ seq, began, modes }) => [seq, began, modes])).toEqual([
    [7, at(4), ['listen']],
    [6, at(1), ['listen', 'whisper']],
    [4, at(0), ['listen']],
  ]);
});

test('what goes on is left out, and what has no end or no beginning in the record breaks nothing', async () => {
  const [whole, running, headless] = [session(1), session(2), session(3)];
  await write([headless.ended, whole.started, whole.ended, running.started]);
  const { calls } = await heard({ isRunning: (fact) => fact.session === 2 });
  expect(calls.map(({ seq, began }) => [seq, began])).toEqual([
    [3, at(1)],
    [1, null],
  ]);
});

test('pages have each call once and whole, also where calls lie across them', async () => {
  const sessions = Array.from({ length: 25 }, (_, index) => session(index + 1));
  const facts = sessions.flatMap(({ started, ended }, index) => {
    const before = sessions[index - 1];
    return before ? [started, before.whispered, before.ended] : [started, ended].slice(0, 1);
  });
  const last = sessions.at(-1);
  await write([...facts, ...(last ? [last.whispered, last.ended] : [])]);
  const found: (readonly [number, number])[] = [];
  for (let before: number | null = null; ; ) {
    const { calls, next } = await heard({ before, limit: 4 });
    expect(calls.every(({ began, modes }) => began !== null && modes.length === 2)).toBe(true);
    found.push(...calls.map(({ seq, seconds }) => [seq, seconds ?? 0] as const));
    if (next === null) break;
    before = next;
  }
  expect(found).toHaveLength(25);
  expect(new Set(found.map(([seq]) => seq)).size).toBe(25);
});

test('of a large record with nothing about the person a bounded part is read, and said where to go on', async () => {
  const { started, ended } = session(1);
  const others: RecordedFact[] = Array.from({ length: 100_500 }, () => ({ type: 'boxStopped' }));
  await write([started, ended, ...others]);
  const { calls, next } = await heard();
  expect(calls).toEqual([]);
  expect(next).toBeGreaterThan(2);
  expect((await heard({ before: next })).calls).toHaveLength(1);
});
