import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extensionsIn } from '../../../src/monitoring/permission.js';
import type { MonitoringPolicy } from '../../../src/monitoring/profile.js';
import { legId, profileId } from '../../../src/primitives/ids.js';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { moderators, openPolicy, openProfile } from '../monitoring/desk.js';
import { anna, ben, cara, city, inside, mona, office, outside, supportProfile } from '../switchboard/office.js';
import { House } from './house.js';
import { type Deed, moderatorDeed, People, partyDeed, weighted } from './people.js';

const policy: MonitoringPolicy = {
  ...openPolicy,
  groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
  profiles: new Map([[supportProfile, { ...openProfile, admission: true }]]),
};
const open = (playbacksEnd: 'atOnce' | 'whenTold' = 'atOnce') => House.open({ policy, playbacksEnd });

const reasons = ({ facts }: House) => facts.flatMap((fact) => (fact.type === 'refused' ? [fact.reason] : []));

describe('the keys that answer a moderator', () => {
  test('do not reach the other party', async () => {
    const house = await open();
    const { caller, callee } = await house.talk(anna, ben);
    const far = await house.moderator('1234#101#');
    await house.press(caller, '*1');
    await house.press(callee, '*1');
    expect(house.hears(far)).toHaveLength(2);
    expect([caller.digits, callee.digits]).toEqual([[], []]);
  });

  test.each([
    ['1', '1'],
    ['*7', '*7'],
    ['**', '*'],
    ['**7', '**7'],
    ['#*', '#'],
    ['5*0', '5'],
  ])('are none where %s is keyed: the other party gets %s', async (keyed, passedOn) => {
    const house = await open();
    const caller = await house.dials(outside(city), '493055510', '0170');
    const callee = house.engine.called.at(-1);
    if (!callee) throw new Error('nobody was called');
    await house.does(() => callee.answer());
    await house.moderator('1234##');
    await house.press(callee, keyed);
    expect(caller.digits.join('')).toBe(passedOn);
  });

  test.each([
    ['nothing follows', (house: House) => house.passes(3000)],
    ['the moderator goes', (_: House, moderator: FarEnd) => moderator.hangUp()],
    ['the moderator keys that they leave', (house: House, moderator: FarEnd) => house.press(moderator, '##')],
    ['the member lets the moderator in elsewhere', (house: House) => house.dials(inside(anna), '*1')],
  ])('are passed on after all where a star begins none: %s', async (_, happens) => {
    const house = await open();
    const caller = await house.dials(outside(city), '493055510', '0170');
    const callee = house.calledAt(anna);
    await house.does(() => callee.answer());
    const moderator = await house.moderator('1234#101#');
    await house.press(callee, '*');
    expect(caller.digits).toEqual([]);
    await happens(house, moderator);
    await house.passes(0);
    expect(caller.digits).toEqual(['*']);
    await house.passes(60_000);
    expect(caller.digits).toEqual(['*']);
  });

  test('are keys like any others while nobody asks', async () => {
    const house = await open();
    const { caller, callee } = await house.talk(anna, ben);
    await house.press(caller, '*1');
    expect(callee.digits).toEqual(['*', '1']);
  });
});

describe('the code that a member dials', () => {
  async function asked() {
    const house = await open('whenTold');
    await house.dials(outside(city), '493055510', '0170');
    const callee = house.calledAt(anna);
    await house.does(() => callee.answer());
    return { house, far: await house.moderator('1234#101#') };
  }

  test.each(['*1', '***1'])('lets in the moderator who asks, dialled as %s', async (code) => {
    const { house, far } = await asked();
    const phone = await house.dials(inside(anna), code);
    expect(house.isTold(phone)).toEqual(['moderator-let-in']);
    expect(house.hears(far)).toHaveLength(2);
    expect(house.facts).toContainEqual(expect.objectContaining({ type: 'letIn', extension: anna, way: 'code' }));
  });

  test('does nothing for others', async () => {
    const { house, far } = await asked();
    expect(house.isTold(await house.dials(inside(ben), '*1'))).toEqual(['nobody-asks-to-listen']);
    expect(house.hears(far)).toEqual([]);
  });

  test('lets nobody in where two ask, who could be confused', async () => {
    const { house, far } = await asked();
    const second = await house.moderator('5678#101#', inside(cara));
    expect(house.isTold(await house.dials(inside(anna), '*1'))).toEqual(['nobody-asks-to-listen']);
    expect([...house.hears(far), ...house.hears(second)]).toEqual([]);
  });

  test('turns the moderator down as *00', async () => {
    const { house, far } = await asked();
    await house.dials(inside(anna), '*00');
    expect(house.hears(far)).toEqual([]);
    expect(reasons(house)).toEqual(['notLetIn']);
  });
});

describe('somebody who is asked', () => {
  const question = ['notice', 'extension', 'digits', 'asks-to-listen', 'pause'];

  test('hears nothing else meanwhile: on hold no prompt', async () => {
    const house = await open('whenTold');
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => callee.hold());
    expect(house.isTold(caller)).toEqual(['hold', 'pause']);
    await house.moderator('1234#101#');
    expect(house.isTold(caller)).toEqual(question);
    await house.press(caller, '*1');
    expect(house.isTold(caller)).toEqual(['hold', 'pause']);
  });

  test('is asked once they have heard the notice that another moderator owes them', async () => {
    const id = profileId('told');
    const notice = { member: { kind: 'announcement' }, other: { kind: 'none' } } as const;
    const profiles = new Map([...policy.profiles, [id, { ...openProfile, id, notice }]]);
    const services = [...office.services, { number: '*91', profile: id, from: { kind: 'extensions' } as const }];
    const house = await open('whenTold');
    await house.does(() =>
      house.gateway.dispatch({
        type: 'settingsChanged',
        policy: { ...policy, profiles },
        directory: { ...office, services },
        privacyMs: 60_000,
      }),
    );
    const { caller } = await house.talk(anna, ben);
    await house.press(await house.dials(inside(cara), '*91'), '5678#101#');
    expect(house.isTold(caller)).toEqual(['notice']);
    await house.moderator('1234#101#');
    expect(house.isTold(caller)).toEqual(['notice']);
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(house.isTold(caller)).toEqual(question);
  });
});

/** Somebody in a call keys this, or everybody. */
interface Answer {
  readonly kind: 'answerAsker';
  readonly who: number | 'everybody';
  readonly keys: '*1' | '*0' | '*' | '1';
}

const everybodyLetsIn: Answer = { kind: 'answerAsker', who: 'everybody', keys: '*1' };
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.constant(everybodyLetsIn),
  fc.record({
    kind: fc.constant('answerAsker' as const),
    who: fc.nat(20),
    keys: fc.constantFrom('*1' as const, '*1' as const, '*0' as const, '*' as const, '1' as const),
  }),
);
const time = fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1000, 11_000, 31_000) });
const others: fc.Arbitrary<Deed | Answer> = weighted([8, partyDeed], [5, moderatorDeed], [1, time]);
const listens: readonly (Deed | Answer)[] = [
  { kind: 'talk', from: 0, to: 1 },
  { kind: 'dialIn', from: 0, keys: '1234##' },
  everybodyLetsIn,
];
/** Most begin with somebody who has been let in. */
const deeds = fc
  .tuple(
    fc.constantFrom(listens, listens, []),
    fc.array(fc.oneof({ weight: 10, arbitrary: others }, { weight: 4, arbitrary: answer }), {
      minLength: 10,
      maxLength: 40,
      size: 'max',
    }),
  )
  .map(([first, rest]) => [...first, ...rest]);

async function does(people: People, deed: Deed | Answer): Promise<void> {
  if (deed.kind !== 'answerAsker') return people.do(deed);
  const there = people.parties.filter(({ progress }) => progress !== 'released');
  const one = deed.who === 'everybody' ? undefined : there[deed.who % Math.max(1, there.length)];
  for (const far of deed.who === 'everybody' ? there : [one]) if (far) await people.house.press(far, deed.keys);
}

/** Who hears whom of those that moderate. */
const heard = ({ house, moderators: all }: People): ReadonlySet<string> =>
  new Set(
    all
      .filter(({ leg }) => house.gateway.world.monitoring.sessions.has(leg))
      .flatMap((far) => house.hears(far).map((leg) => `${far.leg} hears ${leg}`)),
  );

/** Those in calls that moderators hear of whom the record does not say that they have let that moderator in, since they were last asked. */
function unasked({ house, moderators: all }: People): readonly string[] {
  const { monitoring, switchboard } = house.gateway.world;
  const calls = talkingCalls(switchboard.calls);
  return all.flatMap((far) => {
    const serial = monitoring.sessions.get(far.leg)?.serial;
    const facts = house.facts.filter(({ session }) => session === serial);
    const since = facts.slice(facts.findLastIndex(({ type }) => type === 'admissionAsked'));
    const letIn = since.flatMap((fact) => (fact.type === 'letIn' ? [fact.extension] : []));
    const inCalls = house.hears(far).flatMap((leg) => {
      const call = calls.byLeg.get(legId(leg));
      return call ? extensionsIn(call) : [];
    });
    return serial === undefined ? [] : inCalls.filter((extension) => !letIn.includes(extension));
  });
}

describe('whatever anybody does, in any order', () => {
  test('no moderator hears anybody whom they have not heard before but by a key of somebody in the call', async () => {
    let letIn = 0;
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const people = new People(await open());
        for (const deed of all) {
          const before = heard(people);
          await does(people, deed);
          const more = [...heard(people)].filter((each) => !before.has(each));
          if (deed.kind !== 'answerAsker') expect(more).toEqual([]);
          else letIn += more.length;
          expect(unasked(people)).toEqual([]);
        }
        people.house.gateway.stop();
      }),
      { numRuns: 100 },
    );
    expect(letIn).toBeGreaterThan(0);
  });
});
