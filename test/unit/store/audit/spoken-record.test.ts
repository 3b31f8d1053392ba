import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { type AuditRecord, openAudit } from '../../../../src/store/audit/audit.js';
import { spokenRecord } from '../../../../src/store/audit/spoken-record.js';

const [mona, anna, ben] = ['100', '101', '102'].map(extensionNumber) as [never, never, never];
const now = new Date(2026, 10, 20, 12).getTime();

let folder: string;
let audit: AuditRecord;
let time: number;
let sessions: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-spoken-'));
  time = now;
  audit = await openAudit(folder, () => ({ time: new Date(time).toISOString() }));
  sessions = 0;
});
afterEach(async () => {
  await audit.close();
  await rm(folder, { recursive: true });
});

async function heard(at: Date, mode: 'listen' | 'whisper' | 'barge' = 'listen', member = anna, seconds = 60) {
  sessions += 1;
  const of = { session: sessions, profile: profileId('support'), caller: '100' };
  const watched = { moderator: mona, member, call: callId(sessions), other: '0301' };
  const facts: readonly AuditFact[] = [
    { ...of, type: 'started', noticeMember: 'none', noticeOther: 'none', ...watched },
    ...(mode === 'listen' ? [] : [{ ...of, type: 'modeChanged', mode, ...watched } as const]),
    ...(mode === 'listen' ? [] : [{ ...of, type: 'modeChanged', mode: 'listen', ...watched } as const]),
    { ...of, type: 'ended', reason: 'callEnded', seconds, ...watched },
  ];
  for (const [index, fact] of facts.entries()) {
    time = at.getTime() + (index === facts.length - 1 ? seconds * 1000 : index);
    await audit.append(fact);
  }
}

const read = (extension = anna, isAwaited = () => true) =>
  spokenRecord(folder, { extension, now, isRunning: () => false, isAwaited });

describe('what an extension is told of its record', () => {
  test('counts those of this month alone, but has earlier ones among the last', async () => {
    await heard(new Date(2026, 9, 31, 23, 50), 'barge');
    await heard(new Date(2026, 10, 1, 0, 5), 'whisper');
    expect(await read()).toEqual({
      timesThisMonth: 1,
      latest: [
        { day: 1, month: 11, hour: 0, minute: 5, mode: 'whisper', seconds: 60 },
        { day: 31, month: 10, hour: 23, minute: 50, mode: 'barge', seconds: 60 },
      ],
    });
  });

  test('has nothing of others', async () => {
    await heard(new Date(2026, 10, 2, 8), 'listen', ben);
    expect(await read()).toEqual({ timesThisMonth: 0, latest: [] });
  });

  test('has the last three, and counts all of a busy month', async () => {
    for (let each = 0; each < 105; each += 1) await heard(new Date(2026, 10, 3, 8, each), 'listen', anna, 10);
    const { timesThisMonth, latest } = await read();
    expect([timesThisMonth, latest.map(({ minute }) => minute)]).toEqual([105, [44, 43, 42]]);
  });

  test('has nothing of what still goes on', async () => {
    await heard(new Date(2026, 10, 4, 8));
    expect(
      await spokenRecord(folder, { extension: anna, now, isRunning: () => true, isAwaited: () => true }),
    ).toMatchObject({
      timesThisMonth: 0,
    });
  });

  test('is read no further once nobody waits for it', async () => {
    for (let each = 0; each < 105; each += 1) await heard(new Date(2026, 10, 3, 8, each), 'listen', anna, 10);
    const awaited = [true, false];
    await expect(read(anna, () => awaited.shift() ?? false)).rejects.toThrow('waits');
    await expect(read(anna, () => false)).rejects.toThrow('waits');
  });

  test('is empty where there is no record yet', async () => {
    expect(await read(ben)).toEqual({ timesThisMonth: 0, latest: [] });
  });
});
