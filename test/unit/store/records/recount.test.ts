import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import type { RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { recountedQuotas } from '../../../../src/store/records/recount.js';

const started = (call: number, member: string): RecordedFact => ({
  type: 'started',
  session: 1,
  profile: profileId('support'),
  caller: '100',
  moderator: extensionNumber('100'),
  member: extensionNumber(member),
  call: callId(call),
  other: '102',
  noticeMember: 'none',
  noticeOther: 'none',
});
const boxStarted: RecordedFact = { type: 'boxStarted', version: '1.0.0' };

it('counts nothing that a member has asked for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-recount-'));
  const audit = await openAudit(folder, () => ({ time: '2026-01-15T12:00:00.000Z' }));
  for (const fact of [boxStarted, { ...started(1, '101'), wished: true } as const, started(2, '101')])
    await audit.append(fact);
  await audit.close();
  expect(await recountedQuotas(folder)).toEqual({ month: '2026-01', used: { 'support/101': 1 } });
  await rm(folder, { recursive: true });
});

it('counts each call of a member once, in the last month in which any was monitored', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modcall-recount-'));
  let time = '2026-01-15T12:00:00.000Z';
  const audit = await openAudit(folder, () => ({ time }));
  for (const fact of [boxStarted, started(1, '101'), started(2, '103')]) await audit.append(fact);
  time = '2026-02-15T12:00:00.000Z';
  const february = [started(3, '101'), started(3, '101'), started(4, '101'), boxStarted, started(3, '101')];
  for (const fact of february) await audit.append(fact);
  await audit.close();
  expect(await recountedQuotas(folder)).toEqual({ month: '2026-02', used: { 'support/101': 3 } });
  await rm(folder, { recursive: true });
});
