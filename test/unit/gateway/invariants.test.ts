import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { desired } from '../../../src/gateway/desired.js';
import { nothing, plan, withLeg } from '../../../src/gateway/plan.js';
import type { Intervention, Mode, MonitoringPolicy } from '../../../src/monitoring/profile.js';
import type { AuditFact } from '../../../src/monitoring/records.js';
import type { Monitor, Session } from '../../../src/monitoring/session.js';
import type { ExtensionNumber, LegId } from '../../../src/primitives/ids.js';
import type { Call, TalkingCall } from '../../../src/switchboard/state.js';
import { transferor } from '../../../src/switchboard/state.js';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import { moderators, openPolicy, openProfile } from '../monitoring/desk.js';
import { cara, mona, supportProfile } from '../switchboard/office.js';
import { neverSaid } from './gists.js';
import { House } from './house.js';
import type { Deed } from './people.js';
import { deeds, deedsAndChanges, isModerators, People } from './people.js';

const houseWith = (interventions: readonly Intervention[], withNotice = true) => {
  const notice = withNotice
    ? ({ member: { kind: 'toneEvery', seconds: 10 }, other: { kind: 'announcement' } } as const)
    : ({ member: { kind: 'none' }, other: { kind: 'none' } } as const);
  const profile = { ...openProfile, interventions: new Set(interventions), notice };
  const policy = {
    ...openPolicy,
    profiles: new Map([[supportProfile, profile]]),
    groups: new Map([...openPolicy.groups, [moderators, [mona, cara]]]),
  };
  return House.open({ policy, playbacksEnd: 'whenTold' });
};

const withoutTakeOver: readonly Intervention[] = ['whisper', 'barge'];
const everything: readonly Intervention[] = [...withoutTakeOver, 'takeOver'];

/** One ear: the listener, and whom it hears. */
type Ear = readonly [LegId, ...(readonly LegId[])];

/** The law of who hears whom, written down once more and in other words than the rules. */
function lawfulEars({ gateway }: House): ReadonlyMap<LegId, ReadonlySet<LegId>> {
  const { switchboard, monitoring } = gateway.world;
  const { all: calls } = talkingCalls(gateway.world.switchboard.calls);
  const ears = new Map<LegId, ReadonlySet<LegId>>();
  const all = [
    ...[...switchboard.calls.values()].flatMap(partiesEars),
    ...[...monitoring.sessions.values()].flatMap((session) => moderatorEars(session, calls)),
  ];
  for (const [listener, ...sources] of all) ears.set(listener, new Set([...(ears.get(listener) ?? []), ...sources]));
  return ears;
}

function partiesEars(call: Call): readonly Ear[] {
  if (call.kind === 'parked') return [];
  const other = call.kind === 'ringing' ? call.branches.find(({ progress }) => progress === 'earlyMedia') : call.callee;
  const isHeld = call.caller.held || (call.kind === 'talking' && call.callee.held);
  if (!other || isHeld) return [];
  return [
    [other.leg, call.caller.leg],
    [call.caller.leg, other.leg],
  ];
}

function moderatorEars({ stage, leg }: Session, calls: readonly TalkingCall[]): readonly Ear[] {
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return [];
  const { member, target } = stage.monitor;
  const { mode } = target.audio;
  const call = calls.find(({ id }) => id === target.call);
  if (!call) throw new Error(`${leg} monitors call ${target.call}, which is over`);
  const { line } = call.caller;
  const isCaller = line.kind === 'extension' && line.number === member;
  const [memberLeg, otherLeg] = isCaller ? [call.caller.leg, call.callee.leg] : [call.callee.leg, call.caller.leg];
  const law: Record<Mode, readonly Ear[]> = {
    listen: [[leg, memberLeg, otherLeg]],
    whisper: [
      [leg, memberLeg, otherLeg],
      [memberLeg, leg],
    ],
    barge: [
      [leg, memberLeg, otherLeg],
      [memberLeg, leg],
      [otherLeg, leg],
    ],
  };
  return mode === null ? [] : law[mode];
}

/** Who of the moderators waits until somebody has been told hears less than the law allows; all others hear all of it. */
function expectLawfulEars({ house, parties, moderators: ends }: People, waiting: 'maySomeWait' | 'nobodyWaits'): void {
  const lawful = lawfulEars(house);
  const isWaiting = (leg: LegId) => waiting === 'maySomeWait' && ends.some((end) => end.leg === leg);
  for (const { leg } of [...parties, ...ends]) {
    const allowed = [...(lawful.get(leg) ?? [])].sort();
    if (isWaiting(leg)) expect(allowed, leg).toEqual(expect.arrayContaining([...house.hears({ leg })]));
    else expect(house.hears({ leg }), leg).toEqual(allowed);
  }
}

/** Watches who has heard a notice to its end while the phone there took sound. */
class Witness {
  readonly #heard = new Set<LegId>();
  #playing: readonly LegId[] = [];

  before({ house, parties }: People, deed: Deed): void {
    const ending = deed.kind === 'playbacksEnd' ? parties : [];
    this.#playing = ending.flatMap((party) =>
      !party.isHolding && house.isTold(party).includes('notice') ? [party.leg] : [],
    );
  }

  /** Nobody is heard who has not been told, whatever was done. */
  expectTold({ house, parties, moderators: ends }: People): void {
    for (const leg of this.#playing) this.#heard.add(leg);
    // Who has taken over is a party, and no moderator any more.
    const { sessions } = house.gateway.world.monitoring;
    const ears = new Set(ends.filter(({ leg }) => sessions.has(leg)).flatMap((end) => house.hears(end)));
    for (const { leg } of parties) if (ears.has(leg)) expect([...this.#heard], leg).toContain(leg);
  }
}

/** Everybody takes sound again, and hears what is played to its end. */
async function everybodyIsTold(people: People): Promise<void> {
  for (const far of people.parties) if (far.isHolding) await people.house.does(() => far.resume());
  for (let round = 0; round < 3; round += 1) await people.do({ kind: 'playbacksEnd' });
}

/** Whoever asks for a transfer either is in one that rings, or has been told its end. */
function expectTransfersTold({ house, parties }: People): void {
  const transferring = [...house.gateway.world.switchboard.calls.values()].flatMap((call) =>
    call.kind === 'ringing' ? (transferor(call)?.leg ?? []) : [],
  );
  const waiting = parties.filter(({ isTransferring }) => isTransferring).map(({ leg }) => leg);
  expect(waiting.sort()).toEqual([...transferring].sort());
}

/** Every start has its end before the next start of the same session, and every dialogue begins and ends once. */
function expectWholeRecord({ facts }: House): void {
  for (const session of new Set(facts.map((fact) => fact.session))) {
    const story = facts.filter((fact) => fact.session === session).map(({ type }) => type);
    expect(story[0]).toBe('attempt');
    expect(story.at(-1)).toBe('dialogueEnded');
    expect(story.filter((type) => type === 'attempt' || type === 'dialogueEnded')).toHaveLength(2);
    const watches = story.filter((type) => type === 'started' || type === 'ended');
    expect(watches).toEqual(watches.map((_, index) => (index % 2 === 0 ? 'started' : 'ended')));
    expect(watches.length % 2).toBe(0);
  }
}

const runs = { numRuns: 100 };

/** What the record says after some samples of deeds. */
const factsAfter =
  <Each extends Deed>(deeds: fc.Arbitrary<readonly Each[]>) =>
  async (seed: number): Promise<readonly AuditFact[]> => {
    const facts: AuditFact[] = [];
    for (const all of fc.sample(deeds, { seed, numRuns: 20 })) {
      const people = new People(await houseWith(everything));
      for (const deed of all) await people.do(deed);
      facts.push(...people.house.facts);
      people.house.gateway.stop();
    }
    return facts;
  };

test('the deeds lead everywhere, so that what follows proves something', async () => {
  const unsaid = await neverSaid(
    [
      'ended callEnded',
      'ended moderatorHungUp',
      'ended moderatorLeft',
      'ended moderatorSwitched',
      'ended tookOver',
      'ended transferred',
      'followChanged',
      'modeChanged barge',
      'modeChanged listen',
      'modeChanged whisper',
      'refused lockedOut',
      'refused noOtherCall',
      'refused ownCall',
      'refused wrongPin',
      'started',
    ],
    factsAfter(deeds),
  );
  expect(unsaid).toEqual([]);
});

describe('whatever anybody does, in any order', () => {
  test('everybody hears exactly those they should, no key reaches a party, and nothing is left at the end', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const people = new People(await houseWith(everything));
        const witness = new Witness();
        for (const deed of all) {
          witness.before(people, deed);
          await people.do(deed);
          witness.expectTold(people);
          expectLawfulEars(people, 'maySomeWait');
          expectTransfersTold(people);
        }
        await everybodyIsTold(people);
        expectLawfulEars(people, 'nobodyWaits');
        await people.everybodyHangsUp();
        const { house } = people;
        expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
        const { switchboard, monitoring } = house.gateway.world;
        expect([switchboard.calls.size, switchboard.releasing.size, monitoring.sessions.size]).toEqual([0, 0, 0]);
        expectWholeRecord(house);
        expect(house.complaints).toEqual([]);
        house.gateway.stop();
      }),
      runs,
    );
  });

  test('the parties hear each other as they would without any moderator', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const watched = new People(await houseWith(withoutTakeOver));
        const alone = new People(await houseWith([]));
        for (const deed of all) {
          await watched.do(deed);
          if (!isModerators(deed)) await alone.do(deed);
          expect(heardAmongParties(watched)).toEqual(heardAmongParties(alone));
        }
        watched.house.gateway.stop();
        alone.house.gateway.stop();
      }),
      runs,
    );
  });

  test('without a notice who listens hears at once whom they should', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const people = new People(await houseWith(everything, false));
        for (const deed of all) {
          await people.do(deed);
          expectLawfulEars(people, 'nobodyWaits');
        }
        people.house.gateway.stop();
      }),
      runs,
    );
  });

  test('who only listens is heard by nobody, and without a notice the parties notice nothing at all', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const people = new People(await houseWith([], false));
        for (const deed of all) {
          await people.do(deed);
          const ends = new Set(people.moderators.map(({ leg }) => leg));
          for (const party of people.parties) {
            const { legs, playbacks } = people.house.engine.heardBy(party.leg);
            expect([...legs.keys()].filter((leg) => ends.has(leg))).toEqual([]);
            // What the telephone system plays by itself, whoever listens: hold, and ringing while a phone says nothing.
            expect(playbacks.filter(({ id }) => !/^(hold|ringback)-/.test(id))).toEqual([]);
          }
        }
        people.house.gateway.stop();
      }),
      runs,
    );
  });

  test('a plan leads from any state to the desired one, after which nothing is left to do', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const people = new People(await houseWith(everything));
        let actual = nothing;
        for (const deed of all) {
          await people.do(deed);
          for (const { leg } of [...people.parties, ...people.moderators]) actual = withLeg(actual, leg);
          const wanted = desired(people.house.gateway.world, people.house.now);
          actual = plan(actual, wanted).actual;
          for (const [leg, leftAs] of wanted.legs) expect(actual.legs.get(leg)).toEqual(leftAs);
          expect(new Set(actual.edges.values())).toEqual(new Set(wanted.edges));
          expect(new Set(actual.playbacks.values())).toEqual(new Set(wanted.playbacks));
          expect(actual.lamps).toEqual(wanted.lamps);
          expect(plan(actual, wanted).commands).toEqual([]);
        }
        people.house.gateway.stop();
      }),
      { numRuns: 50 },
    );
  });
});

/** Nobody is listened to whom the settings of the moment do not allow, or in a way that they do not. */
function expectPermitted({ house }: People): void {
  const { monitoring, switchboard } = house.gateway.world;
  const { byLeg } = talkingCalls(switchboard.calls);
  for (const { stage } of monitoring.sessions.values()) {
    if (stage.kind === 'monitoring' || stage.kind === 'member') expectModerator(monitoring.policy, stage.moderator);
    if (stage.kind === 'monitoring') expectPermittedMonitor(monitoring.policy, stage.monitor, byLeg);
  }
}

function expectModerator({ profiles, groups }: MonitoringPolicy, moderator: ExtensionNumber): void {
  expect(profiles.get(supportProfile)?.enabled).toBe(true);
  expect(groups.get(openProfile.moderators)).toContain(moderator);
}

function expectPermittedMonitor(
  { profiles, groups, persons, exclusions }: MonitoringPolicy,
  { member, target }: Monitor,
  calls: ReadonlyMap<LegId, TalkingCall>,
): void {
  expect(groups.get(openProfile.members)).toContain(member);
  const mode = target.kind === 'call' ? target.audio.mode : null;
  const allowed = ['listen', ...(profiles.get(supportProfile)?.interventions ?? [])];
  if (mode !== null) expect(allowed).toContain(mode);
  const call = target.leg === null ? undefined : calls.get(target.leg);
  for (const { line } of call ? [call.caller, call.callee] : []) {
    if (line.kind !== 'extension') continue;
    expect(persons.get(line.number)?.consents).toBe(true);
    expect(exclusions.extensions.has(line.number)).toBe(false);
  }
}

test('the changes of settings end monitors for every reason, so that what follows proves something', async () => {
  const unsaid = await neverSaid(
    [
      'ended excluded',
      'ended noConsent',
      'ended noSuchMember',
      'ended notInGroup',
      'ended notModerator',
      'ended profileOff',
    ],
    factsAfter(deedsAndChanges),
  );
  expect(unsaid).toEqual([]);
});

describe('whatever anybody does while the settings change, in any order', () => {
  test('nobody is listened to without a right to it, and nothing is left at the end', async () => {
    await fc.assert(
      fc.asyncProperty(deedsAndChanges, async (all) => {
        const people = new People(await houseWith(everything));
        for (const deed of all) {
          await people.do(deed);
          expectPermitted(people);
          expectLawfulEars(people, 'maySomeWait');
        }
        await everybodyIsTold(people);
        expectLawfulEars(people, 'nobodyWaits');
        await people.everybodyHangsUp();
        const { house } = people;
        expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
        expectWholeRecord(house);
        expect(house.complaints).toEqual([]);
        house.gateway.stop();
      }),
      runs,
    );
  });

  test('running calls go on as without any change', async () => {
    await fc.assert(
      fc.asyncProperty(deedsAndChanges, async (all) => {
        const changes = all.filter(({ kind }) => kind === 'change');
        const people = new People(await houseWith(everything));
        for (const deed of all.filter(({ kind }) => kind === 'talk' || kind === 'hold')) await people.do(deed);
        const before = heardAmongParties(people);
        for (const deed of changes) {
          await people.do(deed);
          expect(heardAmongParties(people)).toEqual(before);
        }
        people.house.gateway.stop();
      }),
      { numRuns: 50 },
    );
  });
});

/** For each party: how far its call has come, and which other parties it hears how loud. */
function heardAmongParties({ house, parties }: People) {
  const serials = new Map(parties.map(({ leg }, index) => [leg, index]));
  return parties.map(({ leg, progress, releasedFor, digits }) => ({
    progress,
    releasedFor,
    digits,
    hears: [...house.engine.heardBy(leg).legs].flatMap(([source, { gain }]) => {
      const serial = serials.get(source);
      return serial === undefined ? [] : [[serial, gain]];
    }),
  }));
}
