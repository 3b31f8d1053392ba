import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AgreementDesk } from '../../../../src/admin/agreement/agreement-desk.js';
import { PeriodsDesk } from '../../../../src/admin/agreement/periods-desk.js';
import type { AgreementFact } from '../../../../src/store/agreement/agreement-fact.js';
import { AgreementStore } from '../../../../src/store/agreement/agreement-store.js';
import { agreementOf } from '../../../../src/store/agreement/signing.js';
import { openBoxKey } from '../../../../src/store/box-key.js';
import { anna, ben } from '../../agreement/documents.js';
import { first, replacing, signatureOf, signed } from '../../store/agreement/signed.js';
import { person, start } from '../box.js';

const day = 24 * 3_600_000;
const ada = person('ada');
const clara = person('clara', ['council']);
const { format: _, version: __, previous: ___, ...terms } = first;

let folder: string;
let desk: AgreementDesk;
let periods: PeriodsDesk;
let facts: AgreementFact[];
let followed: number;
let isWritable: boolean;
let wall: { time: number; state: 'set' | 'behind' | 'notSet' };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-desk-'));
  const { key } = await openBoxKey(folder, 0);
  const store = await AgreementStore.open(
    folder,
    async () => key,
    () => null,
  );
  [facts, followed, isWritable, wall] = [[], 0, true, { time: start, state: 'set' }];
  const place = {
    store,
    async record(fact: AgreementFact) {
      facts.push(fact);
      if (!isWritable) throw new Error('disk full');
    },
    follow: () => {
      followed += 1;
    },
    clock: {
      get wall() {
        return wall;
      },
    },
  };
  [desk, periods] = [new AgreementDesk(place), new PeriodsDesk(place)];
});
afterEach(() => rm(folder, { recursive: true }));

const keptUnrecorded = { problem: { code: 'agreement.keptUnrecorded' }, kind: 'unavailable' };
const inForce = () => (desk.state.kind === 'inForce' ? desk.state.agreement.document : null);

describe('a document', () => {
  test('is numbered by the box, signed by both, and in force with the second signature', async () => {
    const { document } = await desk.propose(terms, ada);
    expect(document).toEqual(first);
    expect(await desk.sign('employer', signatureOf(document, 'employer'), ada)).toEqual({ isInForce: false });
    expect([inForce(), followed]).toEqual([null, 0]);
    expect(await desk.sign('council', signatureOf(document, 'council'), clara)).toEqual({ isInForce: true });
    expect([inForce(), desk.proposal, followed]).toEqual([first, null, 1]);
    expect(facts.map(({ type }) => type)).toEqual([
      'agreementProposed',
      'agreementSigned',
      'agreementSigned',
      'agreementInForce',
    ]);
    expect(facts.at(-1)).toMatchObject({ version: 1, signers: 'employer council', by: 'clara' });
    expect(await desk.verify()).toEqual({ ok: true, documents: 1, hash: agreementOf(first).hash });
  });

  test('tells the record in which fields it allows less and more', async () => {
    await desk.put(signed(first, 'employer', 'council'), ada);
    await desk.put(signed(replacing(first, { modes: [], recordingDays: 3 }), 'employer', 'council'), ada);
    expect(facts.at(-1)).toMatchObject({ tightens: 'modes', loosens: 'recording' });
  });

  test.each([
    ['loosened by one', replacing(first, { recordingDays: 3 }), ['employer'], 'needsBoth'],
    ['that leaves one out', { ...replacing(first, { modes: [] }), version: 3 }, ['council'], 'notNext'],
    ['put in force again', first, ['employer', 'council'], 'isInForce'],
    ['that nobody has signed', replacing(first, { modes: [] }), [], 'unsigned'],
  ] as const)('%s is refused, and the record says so', async (_, document, by, reason) => {
    await desk.put(signed(first, 'employer', 'council'), ada);
    await expect(desk.put(signed(document, ...by), ada)).rejects.toThrow(`agreement.refused.${reason}`);
    expect(facts.at(-1)).toMatchObject({ type: 'agreementRefused', version: document.version, reason, by: 'ada' });
    expect([inForce(), followed]).toEqual([first, 1]);
  });

  test('that says nothing new is not proposed', async () => {
    await desk.put(signed(first, 'employer', 'council'), ada);
    await expect(desk.propose(terms, ada)).rejects.toThrow('isInForce');
    await expect(desk.withdraw(ada)).rejects.toThrow('noProposal');
  });

  test('can be withdrawn, and is not signed any more then', async () => {
    const { document } = await desk.propose(terms, ada);
    await desk.withdraw(clara);
    await expect(desk.sign('council', signatureOf(document, 'council'), clara)).rejects.toThrow('noProposal');
  });

  test('that cannot be kept keeps the last signature neither, and comes into force once it can', async () => {
    const { document } = await desk.propose(terms, ada);
    await desk.sign('employer', signatureOf(document, 'employer'), ada);
    const inTheWay = join(folder, 'agreements');
    await writeFile(inTheWay, '');
    const sign = () => desk.sign('council', signatureOf(document, 'council'), clara);
    await expect(sign()).rejects.toThrow('EEXIST');
    expect([inForce(), followed, Object.keys(desk.proposal?.signatures ?? {})]).toEqual([null, 0, ['employer']]);
    expect(facts.map(({ type }) => type)).toEqual(['agreementProposed', 'agreementSigned']);
    await rm(inTheWay);
    expect(await sign()).toEqual({ isInForce: true });
  });

  test('that cannot be recorded does not take effect yet, is said to be kept, and is recorded late with each signature', async () => {
    const { document } = await desk.propose(terms, ada);
    isWritable = false;
    const sign = (signer: 'employer' | 'council') => desk.sign(signer, signatureOf(document, signer), ada);
    await expect(sign('employer')).rejects.toMatchObject(keptUnrecorded);
    expect(Object.keys(desk.proposal?.signatures ?? {})).toEqual(['employer']);
    await expect(sign('council')).rejects.toMatchObject(keptUnrecorded);
    expect([inForce(), desk.proposal, followed]).toEqual([first, null, 0]);
    expect(facts.slice(1).map(({ type }) => type)).toEqual(['agreementSigned', 'agreementSigned', 'agreementInForce']);
  });
});

describe('a period', () => {
  const document = { ...first, periods: { daysAhead: 3, mostDays: 10, gapDays: 2 } };
  beforeEach(() => desk.put(signed(document, 'employer', 'council'), ada));
  const wish = (from: number, to: number) => ({ members: [anna], from, to });

  test('is announced in time, on the minute, and seen by those whom it concerns', async () => {
    const period = await periods.announce(wish(start + 3 * day + 61_500, start + 4 * day), ada);
    expect(period).toEqual({ ...wish(start + 3 * day + 60_000, start + 4 * day), id: 1, announced: start });
    expect(facts.at(-1)).toMatchObject({ type: 'periodAnnounced', period: 1, members: '101', by: 'ada' });
    const member = (extension: typeof anna) => ({ ...person('x', ['member']), extension });
    expect(periods.list(member(anna))).toEqual([period]);
    expect(periods.list(member(ben))).toEqual([]);
    expect(periods.list(clara)).toEqual([period]);
    wall = { ...wall, time: period.to };
    expect(periods.list(clara)).toEqual([]);
  });

  test.each([
    ['backdated', -day, day, 'periodTooSoon'],
    ['a minute too late', 3 * day - 60_000, 4 * day, 'periodTooSoon'],
    ['for too long', 4 * day, 14 * day + 60_000, 'periodTooLong'],
    ['for no time', 4 * day, 4 * day, 'periodEmpty'],
  ])('is not announced %s, and the record says so', async (_, from, to, reason) => {
    await expect(periods.announce(wish(start + from, start + to), ada)).rejects.toThrow(reason);
    expect(facts.at(-1)).toMatchObject({ type: 'periodRefused', reason });
    expect(periods.list(ada)).toEqual([]);
  });

  test('keeps its distance from others of the same member, also from one that is over or was withdrawn midway', async () => {
    const from = start + 3 * day;
    await periods.announce(wish(from, from + 4 * day), ada);
    const next = wish(from + 5 * day, from + 6 * day);
    await expect(periods.announce(next, ada)).rejects.toMatchObject({ problem: { params: { member: '101' } } });
    expect(facts.at(-1)).toMatchObject({ type: 'periodRefused', reason: 'periodTooClose' });
    wall = { ...wall, time: from + day };
    await periods.withdraw(1, clara);
    expect(periods.list(clara)).toEqual([]);
    await periods.announce(wish(from + 5 * day, from + 6 * day), ada);
    wall = { ...wall, time: from + 6 * day };
    await expect(periods.announce(wish(from + 9 * day, from + 10 * day), ada)).resolves.toMatchObject({ id: 3 });
  });

  test('is announced once of two that come at the same time and are too close', async () => {
    const both = [start + 3 * day, start + 5 * day].map((from) => periods.announce(wish(from, from + day), ada));
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('that cannot be recorded does not count yet, and is said to be kept', async () => {
    isWritable = false;
    const announced = periods.announce(wish(start + 5 * day, start + 6 * day), ada);
    await expect(announced).rejects.toMatchObject(keptUnrecorded);
    expect(periods.list(ada)).toHaveLength(1);
    expect(followed).toBe(1);
  });

  test('is not announced by a clock that is not right', async () => {
    wall = { ...wall, state: 'behind' };
    await expect(periods.announce(wish(start + 5 * day, start + 6 * day), ada)).rejects.toThrow('clockNotSet');
  });

  test('is withdrawn, and there is none where no agreement asks for it', async () => {
    await periods.announce(wish(start + 3 * day, start + 4 * day), ada);
    await periods.withdraw(1, clara);
    expect([facts.at(-1), periods.list(ada)]).toMatchObject([{ type: 'periodWithdrawn', period: 1 }, []]);
    await expect(periods.withdraw(1, clara)).rejects.toThrow('noSuchPeriod');
    await desk.put(signed(replacing(document, { periods: null }), 'employer', 'council'), ada);
    await expect(periods.announce(wish(start + 3 * day, start + 4 * day), ada)).rejects.toThrow('noPeriods');
  });
});
