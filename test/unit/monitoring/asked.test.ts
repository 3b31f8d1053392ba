import { describe, expect, test } from 'vitest';
import { desiredLegs } from '../../../src/monitoring/desired.js';
import { callId, legId, profileId } from '../../../src/primitives/ids.js';
import { anna, ben, cara, inside, mona, supportProfile } from '../switchboard/office.js';
import { asks, at, desk1, desk2, dialogue } from './asked.js';
import { MonitoringDesk, members, moderators, openPolicy, openProfile, talking, withProfile } from './desk.js';

const legs = (desk: MonitoringDesk) => Object.fromEntries(desiredLegs(desk.state));
const release = { kind: 'release', cause: 'answeredElsewhere' };

function inACall(policy = openPolicy): MonitoringDesk {
  const desk = new MonitoringDesk(policy);
  desk.callsAre(talking(1, anna, '0301'));
  return desk;
}

describe('a moderator who asks to be called', () => {
  test('is called at every telephone, which show what for and the way back', () => {
    const desk = inACall();
    desk.happens(asks());
    const callerId = { number: '*90', name: 'Listening 101' };
    expect(legs(desk)).toEqual({
      [desk1]: { kind: 'dial', to: at(1), callerId, caller: dialogue },
      [desk2]: { kind: 'dial', to: at(2), callerId, caller: dialogue },
    });
    expect(desk.edges).toEqual([]);
    expect(desk.facts).toMatchObject([
      { type: 'attempt', on: 'phone', by: 'mona', caller: mona },
      { type: 'identified', moderator: mona },
    ]);
  });

  test('listens from the moment in which one is picked up, and the others fall silent', () => {
    const desk = inACall();
    desk.happens(asks(), { type: 'answered', leg: desk2 });
    expect(legs(desk)).toEqual({ [desk1]: release, [desk2]: { kind: 'stay' } });
    expect(desk.edges).toEqual(['a1>asked-2', 'b1>asked-2']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', session: 1, moderator: mona, member: anna });
    desk.happens({ type: 'released', leg: desk1, cause: 'cancelled' });
    expect(legs(desk)).toEqual({ [desk2]: { kind: 'stay' } });
  });

  test('has the same dialogue from then on, and may go to another member', () => {
    const desk = inACall();
    desk.callsAre(talking(1, anna, '0301'), talking(2, ben, '0302'));
    desk.happens(asks(), { type: 'answered', leg: desk1 });
    desk.keys(desk1, '5');
    expect(desk.edges).toContain('asked-1>a1');
    desk.keys(desk1, '##102#');
    expect(desk.edges).toEqual(['a2>asked-1', 'b2>asked-1']);
    desk.happens({ type: 'released', leg: desk1, cause: 'normal' });
    expect(desk.facts.at(-1)).toMatchObject({ type: 'dialogueEnded', moderator: mona });
    expect(desk.state.sessions.size).toBe(0);
  });

  test('takes over as a party that was called', () => {
    const desk = inACall();
    desk.happens(asks(), { type: 'answered', leg: desk1 });
    desk.keys(desk1, '8');
    expect(desk.requests).toMatchObject([{ type: 'takeOver', arriving: { leg: desk1, direction: 'outgoing' } }]);
  });

  test('gets the very call that was asked for', () => {
    const desk = inACall();
    desk.callsAre(talking(1, anna, '0301'), talking(2, anna, '0302'));
    desk.happens(asks({ wanted: { member: null, call: callId(1) } }), { type: 'answered', leg: desk1 });
    expect(desk.edges).toEqual(['a1>asked-1', 'b1>asked-1']);
  });

  test('is asked for a member by voice where the call has ended meanwhile', () => {
    const desk = inACall();
    desk.happens(asks());
    desk.callsAre();
    desk.happens({ type: 'answered', leg: desk1 });
    expect(desk.told(desk1)).toEqual(['refuse', 'member-has-no-call', 'enter-member']);
    expect(desk.stage(desk1)).toBe('member');
  });

  test('goes on to another call without being called again, and stays where the other one may not be heard', () => {
    const desk = inACall();
    desk.callsAre(talking(1, anna, '0301'), talking(2, ben, '0302'));
    desk.happens(asks(), { type: 'answered', leg: desk1 }, { type: 'released', leg: desk2, cause: 'cancelled' });
    const again = legId('again');
    desk.happens(asks({ leg: again, wanted: { member: null, call: callId(2) } }));
    expect([desk.edges, Object.keys(legs(desk))]).toEqual([['a2>asked-1', 'b2>asked-1'], [desk1]]);
    expect(desk.facts.slice(-2)).toMatchObject([{ type: 'ended', reason: 'moderatorSwitched' }, { member: ben }]);
    desk.happens(asks({ leg: again, wanted: { member: cara, call: null } }));
    expect([desk.refusal, desk.edges]).toEqual(['notInGroup', ['a2>asked-1', 'b2>asked-1']]);
  });

  test('is not called twice at the same time', () => {
    const desk = inACall();
    desk.happens(asks(), asks({ leg: legId('again') }));
    expect(desk.refusal).toBe('alreadyAsked');
    expect(desk.state.sessions.size).toBe(1);
  });
});

describe('the PIN', () => {
  const typed = asks({ pin: '1234' });

  test('is compared before any telephone rings', () => {
    const desk = inACall();
    desk.happens(typed);
    expect([desk.pinChecks, legs(desk)]).toEqual([[{ leg: dialogue, check: 0, pin: '1234' }], {}]);
    desk.pinIsOf(dialogue, mona);
    expect(Object.keys(legs(desk))).toEqual([desk1, desk2]);
  });

  test.each([null, cara])(
    'that is wrong, or of somebody else, counts as at the telephone and ends it (%s)',
    (whose) => {
      const desk = inACall();
      desk.happens(typed);
      desk.pinIsOf(dialogue, whose);
      expect(desk.facts.slice(1)).toMatchObject([
        { type: 'refused', reason: 'wrongPin', moderator: null },
        { type: 'dialogueEnded', moderator: null },
      ]);
      expect(Object.keys(desk.state.records.lockouts)).toEqual(['caller:201', 'moderator:201']);
      expect(desk.state.sessions.size).toBe(0);
    },
  );

  test('is locked after wrong ones, at the telephone too, and for those who have shown it before', () => {
    const desk = inACall();
    for (let tries = 0; tries < 3; tries += 1) {
      desk.happens(typed);
      desk.pinIsOf(dialogue, null);
    }
    expect(desk.refusal).toBe('lockedOut');
    const facts = desk.facts.length;
    desk.happens(asks());
    expect(desk.facts.slice(facts)).toMatchObject([
      { type: 'attempt' },
      { reason: 'lockedOut' },
      { type: 'dialogueEnded' },
    ]);
    const leg = desk.dialsIn(inside(mona));
    expect(desk.told(leg)).toContain('locked-out');
  });
});

describe('nobody is called', () => {
  test.each([
    ['the profile is off', withProfile({ enabled: false }), {}, 'profileOff'],
    ['the hours are others', withProfile({ windows: [{ weekdays: [1], from: 0, to: 1440 }] }), {}, 'outsideHours'],
    ['they do not moderate', openPolicy, { moderator: cara }, 'notModerator'],
    ['the member is in another group', openPolicy, { wanted: { member: cara, call: null } }, 'notInGroup'],
    ['the member does not talk', openPolicy, { wanted: { member: ben, call: null } }, 'memberHasNoCall'],
    ['the call is over', openPolicy, { wanted: { member: null, call: callId(9) } }, 'noLiveCall'],
    ['the quota is used up', withProfile({ quota: 0 }), {}, 'quotaUsedUp'],
    ['the other is excluded', excluding('0301'), {}, 'excluded'],
    ['no telephone is registered', openPolicy, { phones: [] }, 'noPhone'],
  ] as const)('where %s', (_, policy, change, reason) => {
    const desk = inACall(policy);
    desk.happens(asks(change));
    expect(desk.refusal).toBe(reason);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'dialogueEnded' });
    expect([legs(desk), desk.state.sessions.size]).toEqual([{}, 0]);
  });

  test('while monitoring is closed', () => {
    const desk = inACall();
    desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }, asks());
    expect([desk.refusal, legs(desk)]).toEqual(['endedByButton', {}]);
  });
});

describe('the telephones fall silent', () => {
  test.each([
    ['nobody picks up', (desk: MonitoringDesk) => desk.passes(30_000), 'notAnswered'],
    [
      'the button is pressed',
      (desk: MonitoringDesk) => desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true }),
      'endedByButton',
    ],
    [
      'all are busy',
      (desk: MonitoringDesk) =>
        desk.happens(
          { type: 'released', leg: desk1, cause: 'busy' },
          { type: 'released', leg: desk2, cause: 'declined' },
        ),
      'notAnswered',
    ],
    [
      'the moderator moderates no more',
      (desk: MonitoringDesk) => {
        const groups = new Map([
          [moderators, []],
          [members, [anna]],
        ]);
        desk.happens({ type: 'policyChanged', policy: { ...openPolicy, groups } });
      },
      'notModerator',
    ],
  ])('where %s', (_, happens, reason) => {
    const desk = inACall();
    desk.happens(asks());
    happens(desk);
    expect(desk.refusal).toBe(reason);
    expect([desk.facts.at(-1)?.type, legs(desk), desk.state.sessions.size]).toEqual(['dialogueEnded', {}, 0]);
  });

  test('where the moderator wants no more', () => {
    const desk = inACall();
    desk.happens(asks(), { type: 'monitorEnded', session: 1, reason: 'moderatorLeft' });
    expect([desk.facts.at(-1)?.type, legs(desk)]).toEqual(['dialogueEnded', {}]);
    desk.happens({ type: 'released', leg: desk1, cause: 'cancelled' });
    expect(desk.state.sessions.size).toBe(0);
  });
});

test('the first profile that allows it is gone by, or the one that is named', () => {
  const other = { ...openProfile, id: profileId('night'), windows: [{ weekdays: [1], from: 0, to: 1440 }] };
  const policy = {
    ...openPolicy,
    profiles: new Map([
      [other.id, other],
      [supportProfile, openProfile],
    ]),
  };
  const desk = inACall(policy);
  desk.happens(asks());
  expect(desk.facts[0]).toMatchObject({ profile: supportProfile });
  desk.happens({ type: 'monitorEnded', session: 1, reason: 'moderatorLeft' }, asks({ profile: other.id }));
  expect(desk.refusal).toBe('outsideHours');
});

function excluding(number: string) {
  return { ...openPolicy, exclusions: { extensions: new Set<typeof anna>(), numbers: [number] } };
}

describe('whose right to ask has ended', () => {
  const ends = (desk: MonitoringDesk, right = 'user mona') => desk.happens({ type: 'accessEnded', right });

  test.each(['phone', 'browser'] as const)('listens no more, at the %s', (on) => {
    const desk = inACall();
    desk.happens(asks({ on }), { type: 'answered', leg: desk1 });
    expect(desk.edges).toHaveLength(2);
    ends(desk);
    expect(desk.edges).toEqual([]);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'accessEnded', member: anna, moderator: mona },
      { type: 'refused', reason: 'accessEnded', moderator: mona },
    ]);
    expect(desk.told(desk1)).toEqual(['refuse', 'not-permitted', 'goodbye']);
  });

  test.each([
    ['while the telephones ring', null],
    ['while the PIN is compared', '1234'],
  ])('is not called any more, %s', (_, pin) => {
    const desk = inACall();
    desk.happens(asks({ pin }));
    ends(desk);
    expect(desk.state.sessions.size).toBe(0);
    expect(desk.refusal).toBe('accessEnded');
    if (pin !== null) desk.happens({ type: 'pinChecked', leg: dialogue, check: 0, moderator: mona });
    expect(Object.values(legs(desk))).not.toContainEqual(expect.objectContaining({ kind: 'dial' }));
  });

  test('goes on where it was the right of another, or where they have dialled in by themselves', () => {
    const desk = inACall();
    desk.monitoring('101');
    desk.happens(asks(), { type: 'answered', leg: desk1 });
    ends(desk, 'user max');
    expect(desk.edges).toHaveLength(4);
    ends(desk);
    expect(desk.edges).toHaveLength(2);
  });

  test('listens no more where somebody else has gone on with it as the same moderator', () => {
    const desk = inACall();
    desk.callsAre(talking(1, anna, '0301'), talking(2, ben, '0302'));
    desk.happens(asks(), { type: 'answered', leg: desk1 });
    desk.happens(asks({ leg: legId('asked again'), rights: ['user max'], wanted: { member: ben, call: null } }));
    expect(desk.edges).toEqual(['a2>asked-1', 'b2>asked-1']);
    ends(desk, 'user max');
    expect(desk.edges).toEqual([]);
  });
});
