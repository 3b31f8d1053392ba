import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditFact, DrawEnd } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { entryLine, firstHash, makeEntry, type RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { monthlyReport } from '../../../../src/store/audit/monthly-report.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-report-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** By the calendar of the place, as months are. */
const at = (month: number, day: number) => new Date(2026, month - 1, day, 12).toISOString();

async function write(facts: readonly (readonly [time: string, fact: RecordedFact])[]): Promise<void> {
  let previous = firstHash;
  const lines = facts.map(([time, fact], index) => {
    const entry = makeEntry(index + 1, { time, agreement: 'a'.repeat(64) }, previous, fact);
    previous = entry.hash;
    return entryLine(entry);
  });
  await writeFile(join(folder, 'audit.jsonl'), lines.join(''));
}

/** One call of a member that is listened to, with a whisper. */
function heard(session: number, member: string, reason: 'callEnded' | 'tookOver' = 'callEnded'): readonly AuditFact[] {
  const base = {
    ...{
      session,
      profile: profileId('support'),
      caller: '100',
      moderator: extensionNumber('100'),
      purpose: 'training',
    },
    ...{ member: extensionNumber(member), call: callId(session), other: '0301234567' },
  };
  return [
    { ...base, type: 'started', noticeMember: 'toneAtStart', noticeOther: 'announcement' },
    { ...base, type: 'told', party: 'member', notice: 'toneAtStart' },
    { ...base, type: 'modeChanged', mode: 'whisper' },
    { ...base, type: 'modeChanged', mode: 'listen' },
    { ...base, type: 'modeChanged', mode: 'whisper' },
    { ...base, type: 'ended', reason, seconds: 60 },
  ];
}

const refused: AuditFact = {
  ...{ type: 'refused', reason: 'noConsent', session: 9, profile: profileId('support'), caller: '100' },
  ...{ moderator: extensionNumber('100'), member: extensionNumber('101') },
};
const started = { type: 'boxStarted', version: '1.0.0' } as const;

test('a month has what was in it, and nothing of the months beside it', async () => {
  const of = (month: number, facts: readonly RecordedFact[]) => facts.map((fact) => [at(month, 4), fact] as const);
  await write([
    ...of(2, [started, ...heard(1, '101')]),
    ...of(3, [started, ...heard(2, '101'), ...heard(3, '102', 'tookOver'), refused, refused]),
    ...of(4, heard(4, '101')),
  ]);
  const { from, to, hash, ...figures } = await monthlyReport(folder, '2026-03');
  expect([new Date(from), new Date(to)]).toEqual([new Date(2026, 2, 1), new Date(2026, 3, 1)]);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(figures).toEqual({
    entries: { first: 8, last: 22 },
    agreement: 'a'.repeat(64),
    ...{ calls: 2, wished: 0, seconds: 120, members: null, told: { member: 2, other: 0 } },
    modes: expect.arrayContaining([
      { name: 'whisper', count: 2 },
      { name: 'takeOver', count: 1 },
    ]),
    purposes: [{ name: 'training', count: 2 }],
    profiles: [{ name: 'support', count: 2 }],
    refusals: [{ name: 'noConsent', count: 2 }],
    endings: [
      { name: 'callEnded', count: 1 },
      { name: 'tookOver', count: 1 },
    ],
    draws: { begun: 0, single: 0, heard: 0, left: 0, notHeard: 0, refused: 0, barred: 0, stopped: 0 },
    others: [{ name: 'boxStarted', count: 1 }],
  });
});

test('draws are counted by what became of them', async () => {
  const by = { session: 1, profile: profileId('support'), caller: '100', moderator: extensionNumber('100') };
  const member = extensionNumber('101');
  const begun: AuditFact = { ...by, type: 'drawBegun', candidates: [{ member, call: callId(1) }] };
  const ended = (outcome: DrawEnd): AuditFact => ({
    ...{ ...by, type: 'drawEnded', outcome, member, call: callId(1), draw: 1 },
  });
  const outcomes: readonly DrawEnd[] = ['notHeard', 'barred', 'refused', 'barred', 'moderatorLeft', 'boxStopped'];
  await write([begun, ...outcomes.map(ended), ended('callEnded')].map((fact) => [at(3, 4), fact] as const));
  expect(await monthlyReport(folder, '2026-03')).toMatchObject({
    draws: { begun: 1, single: 1, heard: 1, left: 1, notHeard: 1, refused: 1, barred: 2, stopped: 1 },
    others: [],
  });
});

test('calls into which members had asked a moderator are among them, and asking alone is in no figure', async () => {
  const [first, ...rest] = heard(1, '101');
  if (first?.type !== 'started') throw new Error('nothing has started');
  const { noticeMember: _member, noticeOther: _other, ...watched } = first;
  const asked: AuditFact = { ...watched, type: 'helpAsked', way: 'code', mode: 'whisper' };
  const given: AuditFact = { ...watched, type: 'helpGiven' };
  const ended: AuditFact = { ...watched, type: 'helpEnded', reason: 'notAnswered' };
  const facts: readonly AuditFact[] = [asked, given, { ...first, wished: true }, ...rest, ended, ...heard(2, '101')];
  await write(facts.map((fact) => [at(3, 4), fact] as const));
  expect(await monthlyReport(folder, '2026-03')).toMatchObject({ calls: 2, wished: 1, refusals: [], others: [] });
});

test('members are counted from five on, and where there was none', async () => {
  const members = ['101', '102', '103', '104', '105'];
  await write(members.flatMap((member, index) => heard(index + 1, member).map((fact) => [at(3, 4), fact] as const)));
  expect((await monthlyReport(folder, '2026-03')).members).toBe(5);
  expect(await monthlyReport(folder, '2026-05')).toMatchObject({ members: 0, calls: 0, entries: null, hash: null });
});

test('an entry with an earlier time among the others, by a clock that was wrong, hides nothing', async () => {
  const first = heard(1, '101').map((fact) => [at(3, 4), fact] as const);
  const second = heard(2, '101').map((fact) => [at(3, 5), fact] as const);
  await write([...first, ['1970-01-01T00:00:00.000Z', started], ...second]);
  expect((await monthlyReport(folder, '2026-03')).calls).toBe(2);
});

test('a month of a thousand calls is counted to its beginning', async () => {
  const facts = Array.from({ length: 1000 }, (_, index) => heard(index + 1, '101')).flat();
  const before = Array.from({ length: 12_000 }, () => [at(1, 4), started] as const);
  await write([...before, ...facts.map((fact) => [at(3, 4), fact] as const)]);
  expect(await monthlyReport(folder, '2026-03')).toMatchObject({ calls: 1000, entries: { first: 12_001 } });
  expect((await monthlyReport(folder, '2026-01')).others).toEqual([{ name: 'boxStarted', count: 12_000 }]);
});

test.each(['2026-13', '2026-1', '', '2026-00', 'March'])('%j is no month', async (month) => {
  await expect(monthlyReport(folder, month)).rejects.toThrow(RangeError);
});
