import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import type { RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { auditEntries, verifyAudit } from '../../../../src/store/audit/audit-verify.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-unended-'));
});
afterEach(() => rm(folder, { recursive: true }));

const moderator = extensionNumber('100');
const base = (session: number) => ({ session, profile: profileId('support'), caller: '100' });
const watched = { moderator, member: extensionNumber('101'), call: callId(7), other: '0301' };
const attempt = (session: number): AuditFact => ({ ...base(session), type: 'attempt' });
const identified = (session: number): AuditFact => ({ ...base(session), type: 'identified', moderator });
const started = (session: number): AuditFact => ({
  ...base(session),
  ...watched,
  type: 'started',
  noticeMember: 'none',
  noticeOther: 'none',
});
const ended = (session: number): AuditFact => ({
  ...base(session),
  ...watched,
  type: 'ended',
  reason: 'callEnded',
  seconds: 3,
});
const dialogueEnded = (session: number): AuditFact => ({ ...base(session), type: 'dialogueEnded', moderator });
const boxStarted: RecordedFact = { type: 'boxStarted', version: '1' };

/** One run of the box, which records this and is killed. */
async function run(...facts: readonly RecordedFact[]): Promise<number> {
  const audit = await openAudit(folder, () => ({ time: '1970-01-01T00:00:00.000Z' }));
  const ends = await audit.addMissingEnds();
  await Promise.all([boxStarted, ...facts].map((fact) => audit.append(fact)));
  await audit.close();
  return ends;
}

async function recorded() {
  const facts: Record<string, unknown>[] = [];
  for await (const { fact } of auditEntries(folder)) facts.push(fact);
  return facts;
}

test('a monitor that ran when the power went is ended at the next start, once', async () => {
  await run(attempt(1), identified(1), started(1));
  expect(await run()).toBe(2);
  expect((await recorded()).slice(4)).toEqual([
    { ...base(1), ...watched, type: 'ended', reason: 'boxStopped', seconds: null },
    { ...base(1), type: 'dialogueEnded', moderator },
    boxStarted,
  ]);
  expect(await run()).toBe(0);
  expect(await verifyAudit(folder)).toMatchObject({ ok: true });
});

test('a dialogue is ended, too, together with the moderator who was identified in it', async () => {
  await run(attempt(1), attempt(2), identified(2));
  await run();
  expect((await recorded()).slice(4, 6)).toEqual([
    { ...base(1), type: 'dialogueEnded', moderator: null },
    { ...base(2), type: 'dialogueEnded', moderator },
  ]);
});

test('a moderator who was called for help when the power went is called no more, and one who helped helps no more', async () => {
  const asked = (session: number): AuditFact => ({
    ...{ ...base(session), ...watched, type: 'helpAsked', way: 'code', mode: 'whisper' },
  });
  const given = (session: number): AuditFact => ({ ...base(session), ...watched, type: 'helpGiven' });
  const ended = { ...watched, type: 'helpEnded', reason: 'helpedByOther' } as const;
  await run(asked(1), asked(2), given(2), started(2), asked(3), { ...base(3), ...ended }, dialogueEnded(3));
  expect(await run()).toBe(4);
  expect((await recorded()).slice(8, 12)).toEqual([
    { ...base(1), ...watched, type: 'helpEnded', reason: 'boxStopped' },
    { ...base(1), type: 'dialogueEnded', moderator },
    { ...base(2), ...watched, type: 'ended', reason: 'boxStopped', seconds: null },
    { ...base(2), type: 'dialogueEnded', moderator },
  ]);
});

test('a moderator who asked to be let in when the power went asks no more', async () => {
  const asked = (session: number): AuditFact => ({ ...base(session), ...watched, type: 'admissionAsked' });
  const givenUp = { ...watched, type: 'admissionEnded', reason: 'callEnded' } as const;
  await run(attempt(1), identified(1), asked(1), attempt(2), identified(2), asked(2), { ...base(2), ...givenUp });
  await run();
  expect((await recorded()).slice(8, 11)).toEqual([
    { ...base(1), ...watched, type: 'admissionEnded', reason: 'boxStopped' },
    { ...base(1), type: 'dialogueEnded', moderator },
    { ...base(2), type: 'dialogueEnded', moderator },
  ]);
});

test('a draw of which the call went with the power ends with it, also after its dialogue, once', async () => {
  const draw = (number: number) => ({ moderator, member: watched.member, call: watched.call, draw: number });
  const drawn = (session: number, number: number): AuditFact => ({
    ...{ ...base(session), purpose: 'quality', type: 'drawn', index: 0, ...draw(number) },
  });
  const over = { ...base(2), type: 'drawEnded', outcome: 'callEnded', ...draw(8) } as const;
  await run(attempt(1), drawn(1, 7), dialogueEnded(1), attempt(2), drawn(2, 8), over, dialogueEnded(2));
  expect(await run()).toBe(1);
  expect((await recorded())[8]).toEqual({
    ...{ ...base(1), purpose: 'quality', type: 'drawEnded', outcome: 'boxStopped', ...draw(7) },
  });
  expect(await run()).toBe(0);
});

test('what has its end gets none', async () => {
  await run(attempt(1), identified(1), started(1), ended(1), dialogueEnded(1));
  expect(await run()).toBe(0);
});

test('a session that began before the start itself was noted is found', async () => {
  const audit = await openAudit(folder, () => ({ time: '1970-01-01T00:00:00.000Z' }));
  for (const fact of [attempt(1), boxStarted, identified(1), started(1)]) await audit.append(fact);
  await audit.close();
  expect(await run()).toBe(2);
});

test('however the box is killed and started again, no session stays open', async () => {
  const steps = (session: number) => [attempt, identified, started, ended, dialogueEnded].map((step) => step(session));
  const story = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(story, async (runs) => {
      for (const [one, two] of runs) await run(...steps(1).slice(0, one), ...steps(2).slice(0, two));
      await run();
      const types = (await recorded()).map(({ type }) => type);
      const count = (type: string) => types.filter((other) => other === type).length;
      expect([count('ended'), count('dialogueEnded')]).toEqual([count('started'), count('attempt')]);
    }),
    { numRuns: 15 },
  );
});

test('the ends say what it was for, as the entries before them', async () => {
  const purpose = 'training';
  await run(attempt(1), identified(1), { ...started(1), purpose }, attempt(2), identified(2));
  await run();
  expect((await recorded()).slice(6, 9)).toEqual([
    { ...base(1), ...watched, purpose, type: 'ended', reason: 'boxStopped', seconds: null },
    { ...base(1), purpose, type: 'dialogueEnded', moderator },
    { ...base(2), type: 'dialogueEnded', moderator },
  ]);
});
