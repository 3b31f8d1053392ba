import { describe, expect, test } from 'vitest';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { anna, ben, cara, city, inside, mona, outside } from '../switchboard/office.js';
import { MonitoringDesk, openPolicy, talking, withProfile } from './desk.js';

const patienceMs = 20_000;

/** A desk with one live call, and Mona on the line. */
function monaDialsIn(desk = new MonitoringDesk()) {
  desk.callsAre(talking(1, anna, '03012345678'));
  return { desk, leg: desk.dialsIn() };
}

const keyed = (desk: MonitoringDesk) => desk.pinChecks.map(({ pin }) => pin);

describe('the first words', () => {
  test('ask for the PIN, in the moderator’s own language on the own phone', () => {
    const { desk, leg } = monaDialsIn();
    expect(desk.told(leg)).toEqual(['enter-pin']);
    expect(desk.playbacksTo(leg)).toMatchObject([{ language: 'de', loop: false }]);
    expect(desk.facts).toEqual([{ session: 1, profile: 'support', caller: '201', type: 'attempt' }]);
  });

  test('are otherwise in the language of the box, until the PIN identifies the moderator', () => {
    const desk = new MonitoringDesk();
    const leg = desk.dialsIn(outside(city), '0170555');
    expect(desk.playbacksTo(leg)).toMatchObject([{ language: 'en' }]);
    desk.keys(leg, '1234#');
    desk.pinIsOf(leg, mona);
    expect(desk.playbacksTo(leg)).toMatchObject([{ language: 'de' }]);
    expect(desk.facts.map(({ caller }) => caller)).toEqual(['city/0170555', 'city/0170555']);
  });

  test.each([
    ['profile-off', withProfile({ enabled: false }), 'profileOff'],
    ['outside-hours', withProfile({ windows: [{ weekdays: [1], from: 0, to: 1440 }] }), 'outsideHours'],
  ] as const)('are a refusal (%s) and good-bye where the profile is closed', (prompt, policy, reason) => {
    const { desk, leg } = monaDialsIn(new MonitoringDesk(policy));
    expect(desk.told(leg)).toEqual(['refuse', prompt, 'goodbye']);
    expect(desk.refusal).toBe(reason);
    desk.speechEnds(leg);
    expect(desk.stage(leg)).toBe('releasing');
  });
});

describe('the PIN', () => {
  test('is checked once # is pressed, and leads to the question for the member', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234');
    expect(desk.pinChecks).toEqual([]);
    desk.keys(leg, '#');
    expect(keyed(desk)).toEqual(['1234']);
    desk.pinIsOf(leg, mona);
    expect(desk.told(leg)).toEqual(['enter-member']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'identified', moderator: mona });
  });

  test('starts over with *', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '99*1234#');
    expect(keyed(desk)).toEqual(['1234']);
  });

  test('that is too long stays wrong, however it goes on', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234567890123#');
    expect(keyed(desk)).toEqual(['12345678901']);
  });

  test('that is empty asks again and counts for nothing', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '####');
    expect(desk.pinChecks).toEqual([]);
    expect(desk.told(leg)).toEqual(['enter-pin']);
    expect(desk.state.records.lockouts).toEqual({});
  });

  test('prompt falls silent with the first key', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1');
    expect(desk.told(leg)).toEqual([]);
  });

  test('never stands in a fact', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '73519#');
    desk.pinIsOf(leg, null);
    expect(JSON.stringify(desk.facts)).not.toContain('73519');
  });

  test('answer to an older check, or on no dialogue, changes nothing', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1111#');
    const [first] = desk.pinChecks;
    desk.pinIsOf(leg, null);
    desk.keys(leg, '2222#');
    const before = desk.state;
    desk.happens({ type: 'pinChecked', leg, check: first?.check ?? 0, moderator: mona });
    expect(desk.state).toEqual(before);
    desk.happens({ type: 'released', leg, cause: 'normal' });
    const gone = desk.state;
    desk.happens({ type: 'pinChecked', leg, check: 1, moderator: mona });
    expect(desk.state).toEqual(gone);
  });
});

describe('keys pressed during the PIN check', () => {
  test('are not lost: a fast moderator is listening at once', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234#101#');
    desk.pinIsOf(leg, mona);
    expect(desk.stage(leg)).toBe('monitoring');
    expect(desk.told(leg)).toEqual(['confirm', 'extension', '101']);
  });

  test('may go on into the monitor', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234##5');
    desk.pinIsOf(leg, mona);
    expect(desk.session(leg).stage).toMatchObject({
      monitor: { target: { audio: { kind: 'settled', mode: 'whisper' } } },
    });
  });

  test('are dropped after a wrong PIN, so that they do not count as further attempts', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1111#2222#3333#');
    desk.pinIsOf(leg, null);
    expect(desk.pinChecks).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'wrong-pin', 'enter-pin']);
    expect(desk.state.records.lockouts['caller:201']?.failures).toBe(1);
  });
});

describe('wrong PINs', () => {
  function fail(desk: MonitoringDesk, leg: ReturnType<MonitoringDesk['dialsIn']>, times: number): void {
    for (let time = 0; time < times; time += 1) {
      desk.keys(leg, '0000#');
      desk.pinIsOf(leg, null);
    }
  }

  test('lock out with the third, and the dialogue ends', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 3);
    expect(desk.told(leg)).toEqual(['refuse', 'locked-out', 'goodbye']);
    const reasons = desk.facts.flatMap((fact) => (fact.type === 'refused' ? [fact.reason] : []));
    expect(reasons).toEqual(['wrongPin', 'wrongPin', 'wrongPin', 'lockedOut']);
  });

  test('count across calls, and a restart', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 2);
    desk.happens({ type: 'released', leg, cause: 'normal' });
    const restarted = new MonitoringDesk(openPolicy, desk.state.records);
    const again = restarted.dialsIn();
    fail(restarted, again, 1);
    expect(restarted.told(again)).toEqual(['refuse', 'locked-out', 'goodbye']);
  });

  test('keep the caller out until the time is over; then each further one locks twice as long', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 3);
    desk.now += 29_999;
    expect(desk.told(desk.dialsIn())).toEqual(['refuse', 'locked-out', 'goodbye']);
    desk.now += 1;
    const later = desk.dialsIn();
    expect(desk.told(later)).toEqual(['enter-pin']);
    fail(desk, later, 1);
    desk.now += 59_999;
    expect(desk.told(desk.dialsIn())).toEqual(['refuse', 'locked-out', 'goodbye']);
  });

  test('on the moderator’s own phone lock the moderator out everywhere, even with the correct PIN', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 3);
    const elsewhere = desk.dialsIn(inside(cara));
    expect(desk.told(elsewhere)).toEqual(['enter-pin']);
    desk.keys(elsewhere, '1234#');
    desk.pinIsOf(elsewhere, mona);
    expect(desk.told(elsewhere)).toEqual(['refuse', 'locked-out', 'goodbye']);
  });

  test('on somebody else’s phone lock that phone, not the moderator', () => {
    const desk = new MonitoringDesk();
    fail(desk, desk.dialsIn(inside(cara)), 3);
    expect(desk.told(desk.dialsIn(inside(cara)))).toEqual(['refuse', 'locked-out', 'goodbye']);
    expect(desk.told(desk.identified())).toEqual(['enter-member']);
  });

  test('of several calls at once add up: a correct PIN in a late one no longer helps', () => {
    const desk = new MonitoringDesk();
    const legs = [1, 2, 3, 4].map(() => desk.dialsIn(outside(city), '0170555'));
    for (const leg of legs) desk.keys(leg, '0000#');
    for (const leg of legs.slice(0, 3)) desk.pinIsOf(leg, null);
    const last = legs[3];
    if (!last) throw new Error('there is no fourth leg');
    expect(desk.pinChecks).toEqual([]);
    expect(desk.told(last)).toEqual(['refuse', 'locked-out', 'goodbye']);
  });

  test('of the moderator are cleared by a correct one, those of the phone are not', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 2);
    desk.keys(leg, '1234#');
    desk.pinIsOf(leg, mona);
    expect(Object.keys(desk.state.records.lockouts)).toEqual(['caller:201']);
    expect(desk.state.records.lockouts['caller:201']?.failures).toBe(2);
  });

  test('are not compared while locked: neither counted nor distinguished from correct ones', () => {
    const desk = new MonitoringDesk();
    const legs = [1, 2, 3, 4].map(() => desk.dialsIn(outside(city), '0170555'));
    for (const leg of legs) desk.keys(leg, '0000#');
    for (const leg of legs.slice(0, 3)) desk.pinIsOf(leg, null);
    expect(desk.state.records.lockouts['trunk:city/0170555']?.failures).toBe(3);
    expect(legs.map((leg) => desk.told(leg)).at(-1)).toEqual(['refuse', 'locked-out', 'goodbye']);
  });

  test('are not cleared by the PIN of somebody who is not a moderator', () => {
    const { desk, leg } = monaDialsIn();
    fail(desk, leg, 2);
    desk.keys(leg, '1234#');
    desk.pinIsOf(leg, cara);
    expect(desk.state.records.lockouts['caller:201']?.failures).toBe(2);
  });
});

describe('the question for the member', () => {
  function asked(...calls: readonly TalkingCall[]) {
    const desk = new MonitoringDesk();
    desk.callsAre(...calls);
    return { desk, leg: desk.identified() };
  }

  const member = (desk: MonitoringDesk, leg: ReturnType<MonitoringDesk['dialsIn']>) => {
    const { stage } = desk.session(leg);
    return stage.kind === 'monitoring' ? stage.monitor.member : undefined;
  };

  test('is answered with an extension', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'), talking(2, ben, '0302'));
    desk.keys(leg, '101#');
    expect(member(desk, leg)).toBe(anna);
    expect(desk.facts.at(-1)).toEqual({
      session: 1,
      profile: 'support',
      caller: '201',
      type: 'started',
      moderator: mona,
      member: anna,
      call: 1,
      other: 'city/0301',
      noticeMember: 'none',
      noticeOther: 'none',
    });
  });

  test('has an outside party recorded with the trunk where its number could be that of an extension', () => {
    const recordedOther = (number: string) => {
      const { desk, leg } = asked(talking(1, anna, number));
      desk.keys(leg, '#');
      return Object(desk.facts.at(-1)).other;
    };
    expect(recordedOther('102')).toBe('102');
    expect(recordedOther('0302')).toBe('city/0302');
    expect(recordedOther('03012345678')).toBe('03012345678');
  });

  test('is answered with # alone for the newest call', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'), talking(2, '0302', ben));
    desk.keys(leg, '#');
    expect(member(desk, leg)).toBe(ben);
  });

  test('skips newer calls that are closed', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'), talking(2, ben, mona));
    desk.keys(leg, '#');
    expect(member(desk, leg)).toBe(anna);
  });

  test('leads to the newest of several calls of that member', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'), talking(2, anna, '0302'));
    desk.keys(leg, '101#');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', call: 2 });
  });

  test('is asked again after a refusal', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'));
    desk.keys(leg, '102#');
    expect(desk.told(leg)).toEqual(['refuse', 'member-has-no-call', 'enter-member']);
    desk.keys(leg, '9999*101#');
    expect(member(desk, leg)).toBe(anna);
  });

  test('takes no number that is too long for an extension', () => {
    const { desk, leg } = asked(talking(1, anna, '0301'));
    desk.keys(leg, '10100000000#');
    expect(desk.refusal).toBe('noSuchMember');
    expect(desk.facts.at(-1)).toMatchObject({ member: '101000000' });
  });

  test('says why there is nothing to hear', () => {
    const { desk, leg } = asked();
    desk.keys(leg, '#');
    expect(desk.told(leg)).toEqual(['refuse', 'no-live-call', 'enter-member']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'refused', reason: 'noLiveCall', moderator: mona, member: null });
  });
});

describe('patience', () => {
  test.each([
    ['enter-pin', (desk: MonitoringDesk) => desk.dialsIn()],
    ['enter-member', (desk: MonitoringDesk) => desk.identified()],
  ] as const)('asks once more (%s), then says good-bye', (question, begin) => {
    const desk = new MonitoringDesk();
    const leg = begin(desk);
    desk.keys(leg, '12');
    desk.passes(patienceMs - 1);
    expect(desk.told(leg)).toEqual([]);
    desk.passes(1);
    expect(desk.told(leg)).toEqual([question]);
    expect(desk.session(leg).stage).toMatchObject({ digits: '' });
    desk.passes(patienceMs);
    expect(desk.told(leg)).toEqual(['goodbye']);
    desk.speechEnds(leg);
    expect(desk.stage(leg)).toBe('releasing');
  });

  test('starts over with every key', () => {
    const desk = new MonitoringDesk();
    const leg = desk.dialsIn();
    for (let time = 0; time < 5; time += 1) {
      desk.passes(patienceMs - 1);
      desk.keys(leg, '1');
    }
    expect(desk.told(leg)).toEqual([]);
  });

  test('does not run out during the PIN check, nor while monitoring', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, anna, '0301'));
    const leg = desk.dialsIn();
    desk.keys(leg, '1234#');
    desk.passes(10 * patienceMs);
    desk.pinIsOf(leg, mona);
    desk.keys(leg, '#');
    desk.passes(1000 * patienceMs);
    expect(desk.stage(leg)).toBe('monitoring');
  });
});

describe('the end of the dialogue', () => {
  test('comes with the last word, or any key before it', () => {
    const { desk, leg } = monaDialsIn(new MonitoringDesk(withProfile({ enabled: false })));
    desk.keys(leg, '1');
    expect(desk.stage(leg)).toBe('releasing');
    desk.keys(leg, '1234#');
    expect(desk.stage(leg)).toBe('releasing');
  });

  test('is noted once, with who it was', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234#');
    desk.pinIsOf(leg, mona);
    desk.happens({ type: 'released', leg, cause: 'normal' }, { type: 'released', leg, cause: 'normal' });
    expect(desk.facts.filter(({ type }) => type === 'dialogueEnded')).toMatchObject([{ moderator: mona }]);
    expect(desk.state.sessions.size).toBe(0);
  });
});

describe('closed monitoring', () => {
  test('turns new moderators away, with the reason', () => {
    const desk = new MonitoringDesk();
    desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    const leg = desk.dialsIn();
    expect(desk.told(leg)).toEqual(['refuse', 'licence-expired', 'goodbye']);
    desk.happens({ type: 'reopened', closure: 'licenceExpired' });
    expect(desk.told(desk.dialsIn())).toEqual(['enter-pin']);
  });

  test('stays closed until the last reason is gone', () => {
    const desk = new MonitoringDesk();
    desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true });
    desk.happens({ type: 'reopened', closure: 'endedByButton' });
    expect(desk.told(desk.dialsIn())).toEqual(['refuse', 'licence-expired', 'goodbye']);
  });

  test('leaves running monitors alone, or ends them', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, anna, '0301'));
    const leg = desk.monitoring();
    desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    expect(desk.edges).toHaveLength(2);
    desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true });
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'ended-by-button', 'goodbye']);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'endedByButton' },
      { type: 'refused', reason: 'endedByButton', moderator: mona },
    ]);
  });

  describe('that leaves running monitors alone', () => {
    const closes = (desk: MonitoringDesk) =>
      desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    const first = talking(1, anna, '0301');
    const second = talking(2, anna, '0302');
    const said = ['refuse', 'licence-expired'];

    test.each(['#', '101#'])('lets no open dialogue begin one with %s', (keys) => {
      const desk = new MonitoringDesk();
      desk.callsAre(first);
      const leg = desk.identified();
      closes(desk);
      desk.keys(leg, keys);
      expect(desk.told(leg)).toEqual([...said, 'goodbye']);
      expect(desk.facts.at(-1)).toMatchObject({ type: 'refused', reason: 'licenceExpired', moderator: mona });
      expect(desk.edges).toEqual([]);
    });

    test.each(['*', '0'])('lets none go on to another call with %s, but to the end of its own in any mode', (key) => {
      const desk = new MonitoringDesk();
      desk.callsAre(first, talking(2, ben, '0302'));
      const leg = desk.monitoring('101');
      closes(desk);
      desk.keys(leg, key);
      expect(desk.told(leg)).toEqual(said);
      desk.keys(leg, '5');
      expect(desk.edges).toEqual(['a1>m1', 'b1>m1', 'm1>a1']);
      desk.callsAre();
      desk.keys(leg, '102#');
      expect(desk.told(leg)).toEqual([...said, 'goodbye']);
    });

    test.each([
      ['at once', [second]],
      ['after a while', []],
    ])('lets none follow the member into the next call, which comes %s', (_, meanwhile) => {
      const desk = new MonitoringDesk();
      desk.callsAre(first);
      const leg = desk.monitoring('101');
      desk.keys(leg, '7');
      closes(desk);
      desk.callsAre(...meanwhile);
      desk.callsAre(second);
      expect(desk.edges).toEqual([]);
      expect(desk.told(leg)).toEqual([...said, 'goodbye']);
      expect(desk.stage(leg)).toBe('parting');
    });
  });

  test('ends a dialogue during the PIN check, and the answer comes too late', () => {
    const { desk, leg } = monaDialsIn();
    desk.keys(leg, '1234##');
    const [check] = desk.pinChecks;
    desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true });
    desk.happens({ type: 'pinChecked', leg, check: check?.check ?? 0, moderator: mona });
    expect(desk.stage(leg)).toBe('parting');
    expect(desk.edges).toEqual([]);
  });

  test('ends nobody’s last words twice', () => {
    const desk = new MonitoringDesk();
    const leg = desk.dialsIn();
    desk.happens({ type: 'closed', closure: 'endedByButton', endsRunning: true });
    const before = desk.facts.length;
    desk.happens({ type: 'closed', closure: 'recordUnavailable', endsRunning: true });
    expect(desk.facts).toHaveLength(before);
    expect(desk.told(leg)).toEqual(['refuse', 'ended-by-button', 'goodbye']);
  });
});
