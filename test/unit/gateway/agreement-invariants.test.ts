import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgreementInForce } from '../../../src/agreement/decision.js';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { underAgreement } from '../../../src/monitoring/agreed.js';
import type { MonitoringPolicy } from '../../../src/monitoring/profile.js';
import type { AuditFact } from '../../../src/monitoring/records.js';
import { parties, type TalkingCall } from '../../../src/switchboard/state.js';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import { documents } from '../agreement/documents.js';
import { moderators, noon, openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, mona, office } from '../switchboard/office.js';
import { neverSaid } from './gists.js';
import { House } from './house.js';
import { type Deed, moderatorDeed, People, partyDeed, weighted } from './people.js';

const minute = 60_000;
const day = 24 * 3_600_000;
/** When the house opens, by its own clock and by the calendar. */
const opens = { now: 1_000_000_000, time: noon.time ?? 0 };

const policy: MonitoringPolicy = {
  ...openPolicy,
  groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
};

const house = (agreement: AgreementInForce | null) =>
  House.open({
    policy: underAgreement(policy, agreement),
    playbacksEnd: 'whenTold',
    calendar: (now) => ({ ...noon, time: opens.time + now - opens.now }),
  });

const someOf = <Item>(...items: readonly Item[]) => fc.subarray([...items], { minLength: 1 });
const listening = fc.oneof(
  { weight: 3, arbitrary: fc.constant([{ moderators: [mona, cara], members: [anna, ben, cara] }]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ moderators: someOf(mona, cara), members: someOf(anna, ben) }), { maxLength: 2 }),
  },
);

/** Whatever two might agree on; most of it lets somebody listen. */
const agreements: fc.Arbitrary<AgreementInForce> = fc
  .record({
    document: documents,
    listening,
    isQuotaFree: fc.boolean(),
    periods: fc.array(
      fc.record({
        id: fc.constant(1),
        members: someOf(anna, ben, cara),
        from: fc.constantFrom(opens.time - day, opens.time + minute),
        to: fc.constantFrom(opens.time + 2 * minute, opens.time + day),
        announced: fc.constantFrom(opens.time - 9 * day, opens.time - day),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ document, isQuotaFree, listening: pairs, periods }) => ({
    hash: 'ab',
    document: {
      ...document,
      listening: pairs,
      quota: isQuotaFree ? { callsPerMember: null, membersPerMonth: null } : document.quota,
    },
    periods: periods.map((period, index) => ({ ...period, id: index + 1 })),
  }));

const directory = office;
const agree: fc.Arbitrary<Deed> = fc
  .option(agreements, { freq: 6 })
  .map((agreement) => ({ kind: 'change', policy: underAgreement(policy, agreement), directory }));
const who = fc.nat(20);
const underPurpose = fc.oneof(
  fc.record({
    kind: fc.constant('dialIn' as const),
    from: who,
    keys: fc.constantFrom('1234#1#', '1234#2102#', '5678#1#', '1234#9', '1234#'),
  }),
  fc.record({
    kind: fc.constant('press' as const),
    who,
    keys: fc.constantFrom('1', '2', '3', '#', '1#', '6', '5', '8', '*'),
  }),
  fc.record({
    kind: fc.constant('ask' as const),
    from: who,
    pin: fc.constantFrom(null, '1234'),
    purpose: fc.constantFrom(null, 'training', 'complaint', 'curiosity'),
    picksUp: fc.constant(true),
  }),
);
const time = fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1000, 11_000, minute) });
const ends = fc.constant({ kind: 'playbacksEnd' as const });
const deeds = fc.array(
  weighted([6, partyDeed], [2, moderatorDeed], [6, underPurpose], [2, agree], [2, time], [2, ends]),
  {
    minLength: 10,
    maxLength: 45,
    size: 'max',
  },
);

/** The law of the agreement, written down once more and in other words than the rules. */
function expectAgreed({ gateway }: House): void {
  const { monitoring, switchboard } = gateway.world;
  const { agreement } = monitoring.policy;
  if (agreement === null) return;
  const { byLeg } = talkingCalls(switchboard.calls);
  const now = opens.time + gateway.now - opens.now;
  for (const session of monitoring.sessions.values()) {
    const { stage } = session;
    if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') continue;
    const { target } = stage.monitor;
    expect(agreement.document.purposes.map(({ id }) => id)).toContain(session.purpose);
    if (target.audio.mode !== null) expect(['listen', ...agreement.document.modes]).toContain(target.audio.mode);
    const call = byLeg.get(target.leg);
    if (call) expectPairs(agreement, stage.moderator, call, now);
    expectNoticeOwed(agreement.document, target.notice);
    if (agreement.document.admission) expect(target.isLetIn).toBe(true);
  }
}

function expectPairs(agreement: AgreementInForce, moderator: string, call: TalkingCall, now: number): void {
  const { document, periods } = agreement;
  for (const { line } of parties(call)) {
    if (line.kind !== 'extension') continue;
    expect(pairsOf(agreement)).toContain(`${moderator} ${line.number}`);
    const rule = document.periods;
    if (rule === null) continue;
    const own = periods.filter(({ members }) => members.includes(line.number));
    const isNear = (before: number, from: number, to: number) =>
      own.some((other) => other.id < before && other.to > from && other.from < to);
    const open = own
      .filter(({ from, announced }) => announced + rule.daysAhead * day <= from)
      .filter(({ from, to }) => from + rule.mostDays * day >= to)
      .filter(({ id, from, to }) => !isNear(id, from - rule.gapDays * day, to + rule.gapDays * day))
      .filter(({ from, to }) => from <= now && now < to);
    expect(open.length).toBeGreaterThan(0);
  }
}

function expectNoticeOwed(
  { notice }: AgreementDocument,
  owed: Readonly<Record<'member' | 'other', readonly { readonly kind: string; readonly seconds?: number }[]>>,
): void {
  for (const side of ['member', 'other'] as const) {
    const kinds = owed[side].map(({ kind }) => kind);
    const { start, toneEvery } = notice[side];
    if (start === 'announcement') expect(kinds).toContain('announcement');
    if (start === 'tone') expect(kinds.some((kind) => kind !== 'none')).toBe(true);
    const seconds = owed[side].flatMap((each) => each.seconds ?? []);
    if (toneEvery !== null) expect(Math.min(...seconds)).toBeLessThanOrEqual(toneEvery);
  }
}

/** What has begun since says what for, and is between two who may. */
function expectStarts({ facts, gateway }: House, known: number): void {
  const { agreement } = gateway.world.monitoring.policy;
  if (agreement === null) return;
  for (const fact of facts.slice(known)) {
    if (fact.type !== 'started') continue;
    expect(fact.purpose).toBeDefined();
    expect(pairsOf(agreement)).toContain(`${fact.moderator} ${fact.member}`);
  }
}

const pairsOf = ({ document }: AgreementInForce): readonly string[] =>
  document.listening.flatMap((each) =>
    each.moderators.flatMap((one) => each.members.map((other) => `${one} ${other}`)),
  );

async function factsAfter(seed: number): Promise<readonly AuditFact[]> {
  const facts: AuditFact[] = [];
  for (const [agreement, all] of fc.sample(fc.tuple(agreements, deeds), { seed, numRuns: 20 })) {
    const people = new People(await house(agreement));
    for (const deed of all) await people.do(deed);
    facts.push(...people.house.facts);
    people.house.gateway.stop();
  }
  return facts;
}

test('the deeds lead everywhere, so that what follows proves something', async () => {
  const unsaid = await neverSaid(
    [
      'ended noPurpose',
      'ended notAgreed',
      'ended outsidePeriod',
      'modeChanged barge',
      'modeChanged whisper',
      'refused agreedCallsUsedUp',
      'refused agreedMembersUsedUp',
      'refused modeNotAllowed',
      'refused noPurpose',
      'refused notAgreed',
      'refused outsidePeriod',
      'started',
      'told',
    ],
    factsAfter,
  );
  expect(unsaid).toEqual([]);
});

describe('whatever anybody does while agreements come and go, in any order', () => {
  test('nobody is listened to but as was agreed on, and every start says what for', async () => {
    await fc.assert(
      fc.asyncProperty(agreements, deeds, async (agreement, all) => {
        const people = new People(await house(agreement));
        for (const deed of all) {
          const known = people.house.facts.length;
          await people.do(deed);
          expectAgreed(people.house);
          if (deed.kind !== 'change') expectStarts(people.house, known);
        }
        await people.everybodyHangsUp();
        expect(people.house.complaints).toEqual([]);
        people.house.gateway.stop();
      }),
      { numRuns: 100 },
    );
  });
});
