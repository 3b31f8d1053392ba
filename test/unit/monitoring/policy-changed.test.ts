import { describe, expect, test } from 'vitest';
import type { Intervention, MonitoringPolicy, Notice } from '../../../src/monitoring/profile.js';
import type { LegId } from '../../../src/primitives/ids.js';
import { anna, ben, mona } from '../switchboard/office.js';
import { MonitoringDesk, members, moderators, openPolicy, talking, withProfile } from './desk.js';

const call = talking(1, anna, '0301');
const inside = talking(1, anna, ben);
const none: Notice = { kind: 'none' };
const announcement: Notice = { kind: 'announcement' };
const tone: Notice = { kind: 'toneAtStart' };
const every: Notice = { kind: 'toneEvery', seconds: 10 };

const changes = (desk: MonitoringDesk, policy: MonitoringPolicy) => desk.happens({ type: 'policyChanged', policy });
const withGroup = (group: typeof members, numbers: readonly (typeof anna)[]): MonitoringPolicy => ({
  ...openPolicy,
  groups: new Map([...openPolicy.groups, [group, numbers]]),
});
const without = (number: typeof anna): MonitoringPolicy => ({
  ...openPolicy,
  persons: new Map([...openPolicy.persons].filter(([other]) => other !== number)),
});
const withoutConsent = (number: typeof anna): MonitoringPolicy => ({
  ...openPolicy,
  persons: new Map([...openPolicy.persons].map(([key, one]) => [key, { ...one, consents: key !== number }])),
});
const excluding = (extensions: readonly (typeof anna)[], numbers: readonly string[] = []): MonitoringPolicy => ({
  ...openPolicy,
  exclusions: { extensions: new Set(extensions), numbers },
});
const withPin = (pinMark: string | null): MonitoringPolicy => ({
  ...openPolicy,
  persons: new Map([...openPolicy.persons].map(([key, one]) => [key, key === mona ? { ...one, pinMark } : one])),
});
const noProfile: MonitoringPolicy = { ...openPolicy, profiles: new Map() };
const evening = { weekdays: [3], from: 1080, to: 1200 };

describe('a running monitor, and its dialogue with it, ends', () => {
  test.each([
    ['its profile is switched off', withProfile({ enabled: false }), 'profileOff', 'profile-off'],
    ['its profile is removed', noProfile, 'profileOff', 'profile-off'],
    ['the hours are others', withProfile({ windows: [evening] }), 'outsideHours', 'outside-hours'],
    ['the moderator leaves the group', withGroup(moderators, [ben]), 'notModerator', 'not-permitted'],
    ['the moderator is removed', without(mona), 'notModerator', 'not-permitted'],
    ['the PIN of the moderator is taken away', withPin(null), 'pinChanged', 'not-permitted'],
    ['the moderator gets another PIN', withPin('another'), 'pinChanged', 'not-permitted'],
  ])('when %s', (_, policy, reason, words) => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    changes(desk, policy);
    expect(desk.edges).toEqual([]);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason, member: anna, moderator: mona },
      { type: 'refused', reason, moderator: mona },
    ]);
    expect(desk.told(leg)).toEqual(['refuse', words, 'goodbye']);
    expect(desk.stage(leg)).toBe('parting');
  });
});

describe('a running monitor ends, and the moderator is asked for another member,', () => {
  test.each([
    ['the member is removed', call, without(anna), 'noSuchMember', 'no-such-member'],
    ['the member leaves the group', call, withGroup(members, [ben]), 'notInGroup', 'not-permitted'],
    ['the member withdraws consent', call, withoutConsent(anna), 'noConsent', 'not-permitted'],
    ['the member is excluded', call, excluding([anna]), 'excluded', 'excluded'],
    ['the other extension withdraws consent', inside, withoutConsent(ben), 'noConsent', 'not-permitted'],
    ['the other extension is excluded', inside, excluding([ben]), 'excluded', 'excluded'],
    ['the other extension is removed', inside, without(ben), 'noConsent', 'not-permitted'],
    ['the outside number is excluded', call, excluding([], ['0301']), 'excluded', 'excluded'],
  ])('when %s', (_, now, policy, reason, words) => {
    const desk = new MonitoringDesk();
    desk.callsAre(now);
    const leg = desk.monitoring('101');
    expect(desk.edges).not.toEqual([]);
    changes(desk, policy);
    expect(desk.edges).toEqual([]);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason, member: anna },
      { type: 'refused', reason, member: anna },
    ]);
    expect(desk.told(leg)).toEqual(['refuse', words, 'enter-member']);
    expect(desk.stage(leg)).toBe('member');
  });

  test('also while it waits for the next call', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.keys(leg, '7');
    desk.callsAre();
    changes(desk, withoutConsent(anna));
    expect(desk.told(leg)).toEqual(['refuse', 'not-permitted', 'enter-member']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'refused', reason: 'noConsent', member: anna });
  });
});

test('lowered limits and quotas end no running monitor', () => {
  const desk = new MonitoringDesk();
  desk.callsAre(call);
  desk.monitoring('101');
  desk.monitoring('101');
  const before = [desk.edges, desk.facts.length];
  changes(desk, { ...withProfile({ quota: 0 }), limits: { perCall: 1, total: 1 } });
  expect([desk.edges, desk.facts.length]).toEqual(before);
});

describe('a moderator in the dialogue', () => {
  const stages: readonly (readonly [string, (desk: MonitoringDesk) => LegId])[] = [
    ['keys the PIN', (desk) => desk.dialsIn()],
    [
      'waits for the PIN to be checked',
      (desk) => {
        const leg = desk.dialsIn();
        desk.keys(leg, '1234#');
        return leg;
      },
    ],
    ['keys the member', (desk) => desk.identified()],
  ];
  test.each(stages)('who %s is turned away when the profile is removed', (_, at) => {
    const desk = new MonitoringDesk();
    const leg = at(desk);
    changes(desk, noProfile);
    expect(desk.told(leg)).toEqual(['refuse', 'profile-off', 'goodbye']);
    expect(desk.refusal).toBe('profileOff');
  });

  test('who keys the member is turned away when the PIN is taken away', () => {
    const desk = new MonitoringDesk();
    const leg = desk.identified();
    changes(desk, withPin(null));
    expect(desk.told(leg)).toEqual(['refuse', 'not-permitted', 'goodbye']);
    expect(desk.refusal).toBe('pinChanged');
  });

  test('whose PIN is taken away while it is compared is turned away', () => {
    const desk = new MonitoringDesk();
    const leg = desk.dialsIn();
    desk.keys(leg, '1234#');
    changes(desk, withPin(null));
    desk.pinIsOf(leg, mona);
    expect(desk.refusal).toBe('pinChanged');
    expect(desk.stage(leg)).toBe('parting');
  });

  test('who is known by the new PIN is not turned away', () => {
    const desk = new MonitoringDesk();
    changes(desk, withPin('another'));
    const leg = desk.identified();
    expect(desk.stage(leg)).toBe('member');
  });

  test('goes on when the PIN of another moderator is changed', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    desk.monitoring('101');
    const before = [desk.edges, desk.facts.length];
    const persons = new Map(
      [...openPolicy.persons].map(([key, one]) => [key, key === ben ? { ...one, pinMark: 'x' } : one]),
    );
    changes(desk, { ...openPolicy, persons });
    expect([desk.edges, desk.facts.length]).toEqual(before);
  });

  test('who is none any more when the PIN has been checked is turned away', () => {
    const desk = new MonitoringDesk();
    const leg = desk.dialsIn();
    desk.keys(leg, '1234#');
    changes(desk, withGroup(moderators, [ben]));
    desk.pinIsOf(leg, mona);
    expect(desk.refusal).toBe('notModerator');
  });
});

describe('a mode that is no longer allowed', () => {
  const allowing = (...interventions: readonly Intervention[]) =>
    withProfile({ interventions: new Set(interventions) });

  test.each(['5', '6'])('falls back to listening at once (%s)', (key) => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.keys(leg, key);
    desk.records = false;
    changes(desk, allowing());
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'modeChanged', mode: 'listen', member: anna });
    expect(desk.told(leg)).toEqual(['refuse', 'mode-not-allowed', 'confirm', 'mode-listen']);
  });

  test.each([
    ['5', 'takeOver'],
    ['6', 'whisper'],
    ['8', 'whisper'],
  ] as const)('does not begin once it is recorded (%s)', (key, allowed) => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.records = false;
    desk.keys(leg, key);
    changes(desk, allowing(allowed));
    desk.recorded(desk.session(leg).serial);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(desk.requests).toEqual([]);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'modeChanged', mode: 'listen' });
  });

  test('leaves the one in use alone if only taking over is gone', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.keys(leg, '5');
    desk.records = false;
    desk.keys(leg, '8');
    changes(desk, allowing('whisper'));
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1', 'm1>a1']);
    desk.recorded(desk.session(leg).serial);
    expect(desk.requests).toEqual([]);
  });

  test('goes on where it is still allowed', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.keys(leg, '6');
    const before = desk.facts.length;
    changes(desk, allowing('barge'));
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1', 'm1>a1', 'm1>b1']);
    expect(desk.facts).toHaveLength(before);
  });
});

describe('a notice', () => {
  function listening(other: Notice) {
    const desk = new MonitoringDesk(withProfile({ notice: { member: none, other } }));
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    const party = call.callee.leg;
    const hear = () => {
      for (const { id } of desk.playbacksTo(party)) desk.happens({ type: 'playbackEnded', leg: party, playback: id });
    };
    hear();
    expect(desk.edges).toHaveLength(2);
    return {
      desk,
      leg,
      hear,
      party,
      now: (notice: Notice) => changes(desk, withProfile({ notice: { member: none, other: notice } })),
    };
  }
  const tolds = (desk: MonitoringDesk) => desk.facts.flatMap((fact) => (fact.type === 'told' ? [fact.notice] : []));

  test.each([
    [none, tone],
    [none, announcement],
    [tone, announcement],
    [none, every],
    [tone, every],
    [announcement, every],
  ])('that is raised from %o to %o is heard before anything more is', (before, after) => {
    const { desk, hear, party, now } = listening(before);
    const already = tolds(desk).length;
    desk.passes(3000);
    now(after);
    expect(desk.edges).toEqual([]);
    expect(desk.playbacksTo(party)).toHaveLength(1);
    expect(tolds(desk)).toHaveLength(already);
    hear();
    expect(desk.edges).toHaveLength(2);
    expect(tolds(desk)).toHaveLength(already + 1);
    desk.passes(0);
    expect(tolds(desk)).toHaveLength(already + 1);
  });

  test('raised to tones at intervals goes on at intervals', () => {
    const { desk, hear, party, now } = listening(announcement);
    now(every);
    hear();
    desk.passes(10_000);
    expect(desk.playbacksTo(party)).toHaveLength(1);
  });

  test('raised while the party holds is played once it can be heard', () => {
    const { desk, hear, party, now } = listening(tone);
    const held = { ...call, callee: { ...call.callee, held: true } };
    desk.callsAre(held);
    now(announcement);
    expect(desk.playbacksTo(party)).toEqual([]);
    expect(desk.edges).toEqual(['a1>m1']);
    desk.callsAre(call);
    expect(desk.edges).toEqual([]);
    hear();
    expect(desk.edges).toHaveLength(2);
  });

  test('holds up taking over until it has been heard', () => {
    const { desk, leg, hear, now } = listening(none);
    now(announcement);
    desk.keys(leg, '8');
    expect(desk.requests).toEqual([]);
    hear();
    expect(desk.requests).toHaveLength(1);
  });

  test.each([
    [announcement, none],
    [announcement, tone],
    [every, tone],
    [every, none],
  ])('that is lowered from %o to %o changes nothing', (before, after) => {
    const { desk, now } = listening(before);
    const [edges, facts] = [desk.edges, desk.facts.length];
    now(after);
    expect([desk.edges, desk.facts.length]).toEqual([edges, facts]);
  });

  test('that is lowered before it was heard must still be heard', () => {
    const desk = new MonitoringDesk(withProfile({ notice: { member: none, other: announcement } }));
    desk.callsAre(call);
    desk.monitoring('101');
    changes(desk, openPolicy);
    expect(desk.edges).toEqual([]);
    expect(desk.playbacksTo(call.callee.leg)).toHaveLength(1);
  });

  test('with tones at intervals keeps them until the end of the monitor, and the next one has none', () => {
    const { desk, leg, hear, party, now } = listening(every);
    now(none);
    desk.passes(10_000);
    expect(desk.playbacksTo(party)).toHaveLength(1);
    hear();
    desk.keys(leg, '##101#');
    desk.passes(20_000);
    expect(desk.playbacksTo(party)).toEqual([]);
    expect(desk.edges).toHaveLength(2);
  });
});

test('lockouts and quotas outlive a profile and an extension that are removed and come back', () => {
  const desk = new MonitoringDesk();
  desk.callsAre(call);
  const leg = desk.monitoring('101');
  desk.keys(leg, '##');
  const before = desk.state.records;
  changes(desk, { ...without(anna), profiles: new Map() });
  changes(desk, openPolicy);
  expect(desk.state.records).toEqual(before);
});
