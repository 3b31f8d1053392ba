import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callId, profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import type { RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { setUsers } from '../../../../src/store/audit/set-users.js';
import { watchedCalls } from '../../../../src/store/audit/watched-calls.js';
import { anna, ben, cara, mona } from '../../agreement/documents.js';

const day = 24 * 3_600_000;
const now = Date.UTC(2027, 0, 14);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watched-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const watched = (session: number, moderator = mona, member = anna) => ({
  ...{ session, profile: profileId('support'), caller: String(moderator), moderator, member },
  ...{ call: callId(session), other: '110', purpose: 'training' },
});
const started = (session: number, isWished: boolean): RecordedFact => ({
  ...{ type: 'started', ...watched(session), noticeMember: 'none', noticeOther: 'none' },
  ...(isWished ? { wished: true } : {}),
});
const ended = (
  session: number,
  reason: 'callEnded' | 'endedByMember' = 'callEnded',
  moderator = mona,
): RecordedFact => ({
  ...{ type: 'ended', ...watched(session, moderator), reason, seconds: 60 },
});
const made = (session: number): RecordedFact => ({
  ...{ type: 'sheetMade', step: 1, sheet: 1, session, call: session, moderator: mona, member: anna },
});

async function write(at: number, ...facts: readonly RecordedFact[]): Promise<void> {
  const audit = await openAudit(folder, () => ({ time: new Date(at).toISOString() }));
  await Promise.all(facts.map((fact) => audit.append(fact)));
  await audit.close();
}

const sessions = async () => (await watchedCalls(folder, mona, now - 2 * day)).map(({ session }) => session);

test('a sheet can be made about what has ended lately, once, and by its moderator alone', async () => {
  await write(now - 3 * day, started(1, false), ended(1));
  await write(
    now - day,
    started(2, false),
    ended(2),
    ended(3, 'callEnded', cara),
    started(4, false),
    ended(4),
    made(4),
  );
  expect(await sessions()).toEqual([2]);
  expect(await watchedCalls(folder, mona, now - 2 * day)).toMatchObject([
    { session: 2, call: 2, member: anna, ended: now - day, purpose: 'training' },
  ]);
  expect(await watchedCalls(folder, ben, now - 2 * day)).toEqual([]);
});

test('none can be made about help that was asked for, nor about what the member has ended', async () => {
  await write(now - day, started(1, true), ended(1), started(2, false), ended(2, 'endedByMember'));
  expect(await sessions()).toEqual([]);
});

/** The same call, to which the moderator has dialled in anew. */
const anew = <Fact extends RecordedFact>(fact: Fact, call: number): Fact => ({ ...fact, call: callId(call) });

test.each<[string, readonly RecordedFact[]]>([
  ['was asked for', [started(1, true), ended(1)]],
  ['was ended by the member', [started(1, false), ended(1, 'endedByMember')]],
  ['has its sheet', [started(1, false), ended(1), made(1)]],
])('a moderator who dials in anew to a call that %s gets no sheet about it', async (_case, before) => {
  await write(now - day, ...before, anew(started(2, false), 1), anew(ended(2), 1));
  expect(await sessions()).toEqual([]);
});

test('a call is offered once, however often the moderator has dialled in, and only where its beginning is known', async () => {
  await write(now - day, started(1, false), ended(1), anew(started(2, false), 1), anew(ended(2), 1), ended(3));
  expect(await sessions()).toEqual([2]);
});

test('who was set up or changed since, or came by a backup, may not have been who they are', async () => {
  const by = { by: 'admin', byKind: 'user' } as const;
  await write(now - day, { type: 'userSet', user: 'Anna', roles: 'member', ...by }, started(1, false), ended(1));
  const [call] = await watchedCalls(folder, mona, now - 2 * day);
  const isSame = async (user: string) => (await setUsers(folder, 0)).isSameSince(user, call?.began ?? 0);
  expect(await isSame('anna')).toBe(true);
  await write(now, { type: 'userSet', user: 'ANNA', roles: 'member', ...by });
  expect([await isSame('anna'), await isSame('mona')]).toEqual([false, true]);
  await write(now, { type: 'backupRestored', created: '', modcall: '', hardwareId: null, ...by });
  expect(await isSame('mona')).toBe(false);
});
