import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callId, profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import type { RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { LatestWatched } from '../../../../src/store/audit/latest-watched.js';
import * as watched from '../../../../src/store/audit/watched-calls.js';
import { anna, cara, mona } from '../../agreement/documents.js';

vi.mock('../../../../src/store/audit/watched-calls.js', { spy: true });

const day = 24 * 3_600_000;
const now = Date.UTC(2027, 0, 14);

let folder: string;
let latest: LatestWatched;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watched-'));
  latest = new LatestWatched(folder);
  vi.mocked(watched.watchedCalls).mockClear();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function listens(session: number, moderator = mona): Promise<void> {
  const watch = {
    ...{ session, profile: profileId('support'), caller: String(moderator), moderator, member: anna },
    ...{ call: callId(session), other: '110' },
  };
  await write({ type: 'started', ...watch, noticeMember: 'none', noticeOther: 'none' });
  await write({ type: 'ended', ...watch, reason: 'callEnded', seconds: 60 });
}

async function write(fact: RecordedFact): Promise<void> {
  const audit = await openAudit(folder, () => ({ time: new Date(now).toISOString() }));
  await audit.append(fact);
  await audit.close();
}

const sessions = async (since: number) => (await latest.calls(mona, since)).calls.map(({ session }) => session);
const reads = () => vi.mocked(watched.watchedCalls).mock.calls.length;

test('the record is read anew for a moderator only once it tells more of them, or of users', async () => {
  await listens(1);
  expect(await sessions(now - day)).toEqual([1]);
  await write({ type: 'boxStopped' });
  await listens(2, cara);
  expect(await sessions(now - day + 1000)).toEqual([1]);
  expect(reads()).toBe(1);
  await listens(3);
  expect(await sessions(now - day)).toEqual([3, 1]);
  await write({ type: 'userSet', user: 'Anna', roles: 'member', by: 'admin', byKind: 'user' });
  const { calls, users } = await latest.calls(mona, now - day);
  expect(users.isSameSince('anna', calls[0]?.began ?? 0)).toBe(false);
  expect(reads()).toBe(3);
});

test('a call that has become too old is not given from memory, and an older beginning is read anew', async () => {
  await listens(1);
  expect(await sessions(now)).toEqual([1]);
  expect(await sessions(now + 1)).toEqual([]);
  expect(await sessions(now - day)).toEqual([1]);
  expect(reads()).toBe(2);
});
