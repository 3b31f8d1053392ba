import { describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/monitoring/profile.js';
import type { Party, TalkingCall } from '../../../src/switchboard/state.js';
import { anna, ben, cara } from '../switchboard/office.js';
import { MonitoringDesk, talking, withProfile } from './desk.js';

const call = talking(1, anna, '0301');
const memberLeg = call.caller.leg;
const otherLeg = call.callee.leg;
const none: Notice = { kind: 'none' };
const announcement: Notice = { kind: 'announcement' };
const tone: Notice = { kind: 'toneAtStart' };
const every: Notice = { kind: 'toneEvery', seconds: 10 };

type Change = Partial<Pick<Party, 'held' | 'confirmed'>>;

/** The call with its two ends as they are now: the member, then the other party. */
const withEnds = (member: Change, other: Change): TalkingCall => ({
  ...call,
  caller: { ...call.caller, ...member },
  callee: { ...call.callee, ...other },
});
const hold = { held: true };
const talk = {};

function listening(member: Notice, other: Notice, now = call) {
  const desk = new MonitoringDesk(withProfile({ notice: { member, other } }));
  desk.callsAre(now);
  const leg = desk.monitoring();
  const hearEnd = (party: typeof otherLeg) => {
    for (const { id } of desk.playbacksTo(party)) desk.happens({ type: 'playbackEnded', leg: party, playback: id });
  };
  return { desk, leg, hearEnd, plays: (party: typeof otherLeg) => desk.playbacksTo(party).map(({ id }) => id) };
}

const told = (desk: MonitoringDesk) =>
  desk.facts.flatMap((fact) => (fact.type === 'told' ? [`${fact.party}: ${fact.notice}`] : []));

describe('a party that must get a notice', () => {
  test.each([tone, announcement, every])('is heard once %o has been heard in full', (other) => {
    const { desk, hearEnd } = listening(none, other);
    expect(desk.edges).toEqual([]);
    expect(told(desk)).toEqual([]);
    hearEnd(otherLeg);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(told(desk)).toHaveLength(1);
  });

  test('is heard at once where no notice is required, and the record mentions none', () => {
    const { desk } = listening(none, none);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(told(desk)).toEqual([]);
  });

  test('a party that holds during the notice hears it again from the start, and is not heard before', () => {
    const { desk, hearEnd, plays } = listening(none, announcement);
    const before = plays(otherLeg);
    desk.callsAre(withEnds(talk, hold));
    expect(plays(otherLeg)).toEqual([]);
    for (const id of before) desk.happens({ type: 'playbackEnded', leg: otherLeg, playback: id });
    expect(told(desk)).toEqual([]);
    desk.callsAre(call);
    expect(plays(otherLeg)).toHaveLength(1);
    expect(plays(otherLeg)).not.toEqual(before);
    expect(desk.edges).toEqual([]);
    hearEnd(otherLeg);
    expect(told(desk)).toEqual(['other: announcement']);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
  });

  test('a party on hold before the moderator joined gets the notice when it resumes', () => {
    const { desk, hearEnd, plays } = listening(none, announcement, withEnds(talk, hold));
    expect(plays(otherLeg)).toEqual([]);
    desk.callsAre(call);
    hearEnd(otherLeg);
    expect(told(desk)).toEqual(['other: announcement']);
  });

  test('a party that has not yet confirmed the call gets the notice once it has', () => {
    const { desk, plays } = listening(none, announcement, withEnds(talk, { confirmed: false }));
    expect([plays(otherLeg), desk.edges]).toEqual([[], []]);
    desk.callsAre(call);
    expect(plays(otherLeg)).toHaveLength(1);
  });

  test('a party waiting on hold can hear, and gets the notice', () => {
    const { desk, hearEnd } = listening(none, announcement, withEnds(hold, talk));
    hearEnd(otherLeg);
    expect(told(desk)).toEqual(['other: announcement']);
  });

  test('keeps the moderator from hearing the other end too while the two talk, and only then', () => {
    const { desk } = listening(none, announcement, withEnds(talk, hold));
    expect(desk.edges).toEqual(['a1>m1']);
    desk.callsAre(call);
    expect(desk.edges).toEqual([]);
  });

  test('need not hear the notice again after a later hold', () => {
    const { desk, hearEnd, plays } = listening(none, announcement);
    hearEnd(otherLeg);
    desk.callsAre(withEnds(talk, hold));
    desk.callsAre(call);
    expect(plays(otherLeg)).toEqual([]);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
  });

  test('by a tone every few seconds hears one when it ends its hold, where one was due meanwhile', () => {
    const { desk, hearEnd, plays } = listening(none, every);
    hearEnd(otherLeg);
    desk.callsAre(withEnds(talk, hold));
    desk.passes(30_000);
    expect([plays(otherLeg), desk.edges]).toEqual([[], ['a1>m1']]);
    desk.callsAre(call);
    expect(plays(otherLeg)).toHaveLength(1);
    expect(desk.edges).toEqual([]);
    hearEnd(otherLeg);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(told(desk)).toHaveLength(1);
  });

  test('goes on being heard while the tones come in time', () => {
    const { desk, hearEnd } = listening(every, every);
    hearEnd(memberLeg);
    hearEnd(otherLeg);
    desk.passes(10_000);
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
  });

  test('is given again when a sound has failed', () => {
    const { desk, plays } = listening(none, announcement);
    const before = plays(otherLeg);
    const { deadline = 0 } = desk;
    desk.passes(deadline - desk.now);
    expect(plays(otherLeg)).not.toEqual(before);
    expect(plays(otherLeg)).toHaveLength(1);
  });

  test('after a transfer is somebody else, and gets a notice before being heard', () => {
    const { desk, hearEnd } = listening(none, announcement);
    hearEnd(otherLeg);
    const onward: TalkingCall = { ...talking(2, cara, ben), callee: call.caller };
    desk.callsAre(onward);
    expect(desk.edges).toEqual([]);
    hearEnd(onward.caller.leg);
    expect(desk.edges).toEqual(['a1>m1', 'a2>m1']);
    expect(told(desk)).toHaveLength(2);
  });

  test('is recorded as told for each moderator who hears it', () => {
    const { desk, hearEnd } = listening(announcement, none);
    hearEnd(memberLeg);
    const second = desk.monitoring('101');
    expect(desk.edges).toContain(`a1>${second}`);
    expect(told(desk)).toEqual(['member: announcement', 'member: announcement']);
  });
});

describe('taking over from the member', () => {
  test.each([tone, announcement, every])('waits until the other party has heard %o in full', (other) => {
    const { desk, leg, hearEnd } = listening(none, other);
    desk.keys(leg, '8');
    expect(desk.requests).toEqual([]);
    expect(desk.edges).toEqual([]);
    hearEnd(otherLeg);
    expect(told(desk)).toHaveLength(1);
    expect(desk.requests.map(({ type }) => type)).toEqual(['takeOver']);
    expect(desk.facts.slice(-2)).toMatchObject([{ reason: 'tookOver' }, { type: 'dialogueEnded' }]);
  });

  test('waits also where it is asked for before the record has the start', () => {
    const desk = new MonitoringDesk(withProfile({ notice: { member: none, other: announcement } }));
    desk.callsAre(call);
    desk.records = false;
    const leg = desk.monitoring();
    desk.keys(leg, '8');
    desk.records = true;
    desk.recorded(1);
    expect(desk.requests).toEqual([]);
    for (const { id } of desk.playbacksTo(otherLeg))
      desk.happens({ type: 'playbackEnded', leg: otherLeg, playback: id });
    expect(told(desk)).toEqual(['other: announcement']);
    expect(desk.requests).toHaveLength(1);
  });

  test('is noted once however often it is asked for, and given up by another mode', () => {
    const { desk, leg, hearEnd } = listening(none, announcement);
    desk.keys(leg, '88');
    expect(desk.facts.filter(({ type }) => type === 'takingOver')).toHaveLength(1);
    desk.keys(leg, '5');
    hearEnd(otherLeg);
    expect(desk.requests).toEqual([]);
  });

  describe('is not for the call that the member is transferred to, and the moderator hears so', () => {
    const onward: TalkingCall = { ...talking(2, cara, ben), callee: call.caller };
    const takingOver = () => {
      const { desk, leg } = listening(none, announcement);
      desk.keys(leg, '8');
      return { desk, leg };
    };

    test('where the new party is there at once', () => {
      const { desk, leg } = takingOver();
      desk.callsAre(onward);
      expect(desk.requests).toEqual([]);
      expect(desk.told(leg)).toEqual(['refuse', 'mode-take-over', 'confirm', 'extension', '101']);
    });

    test('where the new party has to answer first', () => {
      const { desk, leg } = takingOver();
      desk.inTransfer = new Set([memberLeg]);
      desk.callsAre();
      expect(desk.told(leg)).toEqual(['refuse', 'mode-take-over', 'waiting-for-call']);
      desk.inTransfer = new Set();
      desk.callsAre(onward);
      expect(desk.told(leg)).toEqual(['confirm', 'extension', '101']);
    });
  });

  test('does not wait for what the member is to hear, who leaves', () => {
    const { desk, leg } = listening(announcement, none);
    desk.keys(leg, '8');
    expect(desk.requests).toHaveLength(1);
  });

  test('does not happen by itself when the member hangs up before the other party was told', () => {
    const { desk, leg, hearEnd } = listening(none, announcement);
    desk.keys(leg, '6');
    const early = listening(none, announcement);
    early.desk.keys(early.leg, '6');
    early.desk.happens({ type: 'released', leg: memberLeg, cause: 'normal' });
    expect(early.desk.requests).toEqual([]);
    hearEnd(otherLeg);
    desk.happens({ type: 'released', leg: memberLeg, cause: 'normal' });
    expect(desk.requests).toHaveLength(1);
  });
});
