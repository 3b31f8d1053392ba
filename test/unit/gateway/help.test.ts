import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MonitoringPolicy } from '../../../src/monitoring/profile.js';
import type { ExtensionNumber } from '../../../src/primitives/ids.js';
import { usualHandling } from '../../../src/switchboard/handling/call-handling.js';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import { moderators, openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, inside, mona } from '../switchboard/office.js';
import { House } from './house.js';
import { type Deed, moderatorDeed, People, partyDeed, weighted } from './people.js';

const policy: MonitoringPolicy = {
  ...openPolicy,
  groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
};
const open = (rules = policy) => House.open({ policy: rules, playbacksEnd: 'whenTold' });

/** Anna talks to Ben, and dials the code on a second line. */
async function asked(rules = policy) {
  const house = await open(rules);
  const { caller, callee } = await house.talk(anna, ben);
  const second = await house.dials(inside(anna), '*9');
  return { house, caller, callee, second, phones: [house.calledAt(mona), house.calledAt(cara)] as const };
}

describe('the code that asks for help', () => {
  test('lets the telephones of the moderators ring, and says so', async () => {
    const { house, second, phones } = await asked();
    expect(house.isTold(second)).toEqual(['help-called']);
    expect(phones.map(({ calledAs }) => calledAs?.callerId.number)).toEqual([anna, anna]);
    await house.does(() => house.engine.endPlaybacks(second.leg));
    expect(second.progress).toBe('released');
    expect(phones.map(({ progress }) => progress)).not.toContain('released');
  });

  test('whoever picks up first whispers, and the others fall silent', async () => {
    const { house, caller, callee, phones } = await asked();
    await house.does(() => phones[1].answer());
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(house.hears(phones[1])).toEqual([caller.leg, callee.leg].sort());
    expect(house.hears(caller)).toEqual([callee.leg, phones[1].leg].sort());
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(phones[0].progress).toBe('released');
  });

  test('who picks up at the same moment as another is released, and hears nothing', async () => {
    const { house, caller, phones } = await asked();
    await house.does(() => {
      phones[0].answer();
      phones[1].answer();
    });
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(house.hears(phones[0])).toHaveLength(2);
    expect([house.hears(phones[1]), phones[1].progress]).toEqual([[], 'released']);
  });

  test('dialled again calls nobody twice', async () => {
    const { house, second, phones } = await asked();
    await house.does(() => second.hangUp());
    const again = await house.dials(inside(anna), '*9');
    expect(house.isTold(again)).toEqual(['help-called']);
    expect([house.calledAt(mona), house.calledAt(cara)]).toEqual(phones);
  });

  test.each([
    ['without a call', 'no-live-call', policy, false],
    [
      'in a call that is excluded',
      'excluded',
      { ...policy, exclusions: { extensions: new Set([ben]), numbers: [] } },
      true,
    ],
    ['where nobody moderates', 'nobody-can-help', openPolicy, true],
  ] as const)('is refused aloud %s', async (_, prompt, rules, talks) => {
    const house = await open(rules === openPolicy ? { ...policy, profiles: new Map() } : rules);
    if (talks) await house.talk(anna, ben);
    const phone = await house.dials(inside(anna), '*9');
    expect(house.isTold(phone)).toEqual([prompt]);
    expect(house.facts).toEqual([]);
    await house.does(() => house.engine.endPlaybacks(phone.leg));
    expect(phone.progress).toBe('released');
  });

  test('lets no telephone ring of whoever wants no calls, or sends all of them on', async () => {
    const house = await open();
    await house.talk(anna, ben);
    for (const [extension, change] of [
      [mona, { doNotDisturb: true }],
      [cara, { always: '0301' }],
    ] as const)
      await house.does(() =>
        house.gateway.dispatch({
          type: 'handlingSet',
          extension,
          handling: { ...usualHandling, ...change },
          by: 'ada',
        }),
      );
    const phone = await house.dials(inside(anna), '*9');
    expect(house.isTold(phone)).toEqual(['nobody-can-help']);
  });

  test('dialled while the other party is on hold, helps once the call goes on', async () => {
    const house = await open();
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => caller.hold());
    await house.dials(inside(anna), '*9');
    await house.does(() => house.calledAt(mona).answer());
    await house.does(() => caller.resume());
    expect(house.hears(caller)).toEqual([callee.leg, house.calledAt(mona).leg].sort());
  });
});

describe('asking for help', () => {
  test('ends with the call, and with *00', async () => {
    const ended = await asked();
    await ended.house.does(() => ended.callee.hangUp());
    expect(ended.phones.map(({ progress }) => progress)).toEqual(['released', 'released']);

    const withdrawn = await asked();
    await withdrawn.house.dials(inside(anna), '*00');
    expect(withdrawn.phones.map(({ progress }) => progress)).toEqual(['released', 'released']);
    expect(withdrawn.house.isTold(withdrawn.caller)).toEqual([]);
  });

  test('in vain is told to the member alone, who hears nothing else meanwhile', async () => {
    const { house, caller, callee, phones } = await asked();
    for (const phone of phones) await house.does(() => phone.hangUp());
    expect([house.isTold(caller), house.isTold(callee)]).toEqual([['notice', 'nobody-helped'], []]);
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(house.isTold(caller)).toEqual([]);
  });

  test('is over where the licence is', async () => {
    const { house, phones } = await asked();
    house.licence = 'licenceExpired';
    await house.passes(1000);
    expect(phones.map(({ progress }) => progress)).toEqual(['released', 'released']);
    expect(house.isTold(await house.dials(inside(anna), '*9'))).toEqual(['not-available']);
  });
});

/** A member dials the code, and perhaps a moderator picks up. */
interface AskHelp {
  readonly kind: 'askHelp';
  readonly member: ExtensionNumber;
  readonly picksUp: ExtensionNumber | null;
}

const askHelp: fc.Arbitrary<AskHelp> = fc.record({
  kind: fc.constant('askHelp' as const),
  member: fc.constantFrom(anna, anna, ben),
  picksUp: fc.constantFrom(mona, mona, cara, null),
});
const time = fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1000, 11_000, 31_000) });
const others: fc.Arbitrary<Deed> = weighted([8, partyDeed], [6, moderatorDeed], [1, time]);
const deeds = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Deed | AskHelp>[]>(
    { weight: 10, arbitrary: others },
    { weight: 3, arbitrary: askHelp },
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

async function does(people: People, deed: Deed | AskHelp): Promise<void> {
  if (deed.kind !== 'askHelp') return people.do(deed);
  const { house } = people;
  const before = house.engine.called.length;
  await house.dials(inside(deed.member), '*9');
  const called = house.engine.called.slice(before);
  people.moderators.push(...called);
  const first = called.find(
    ({ calledAs }) => calledAs?.to.kind === 'contact' && calledAs.to.extension === deed.picksUp,
  );
  if (first) await house.does(() => first.answer());
}

/** Legs that are heard by who was called for help: of the call that it was asked for in, and any others. */
function heardByHelpers({ house }: People): { readonly helped: number; readonly others: readonly string[] } {
  const heard = [...house.gateway.world.monitoring.sessions.values()].flatMap(({ leg, helps }) =>
    helps === null
      ? []
      : house.hears({ leg }).map((from) => ({ from, isOther: from !== helps.leg && from !== helps.otherLeg })),
  );
  return { helped: heard.length, others: heard.flatMap(({ from, isOther }) => (isOther ? [from] : [])) };
}

/** What goes on being asked for in a call that is none any more, or another one. */
function openInOtherCalls({ house }: People) {
  const { monitoring, switchboard } = house.gateway.world;
  const { byLeg } = talkingCalls(switchboard.calls);
  return monitoring.helps.filter(({ leg, call }) => byLeg.get(leg)?.id !== call);
}

describe('whatever anybody does, in any order', () => {
  test('whoever was called for help hears that call alone, with those two in it', async () => {
    let helped = 0;
    await fc.assert(
      fc.asyncProperty(fc.tuple(fc.constant<Deed>({ kind: 'talk', from: 0, to: 1 }), deeds), async ([talk, all]) => {
        const people = new People(await open());
        for (const deed of [talk, ...all]) {
          await does(people, deed);
          helped += heardByHelpers(people).helped;
          expect(heardByHelpers(people).others).toEqual([]);
          expect(openInOtherCalls(people)).toEqual([]);
        }
        people.house.gateway.stop();
      }),
      { numRuns: 100 },
    );
    expect(helped).toBeGreaterThan(0);
  });
});
