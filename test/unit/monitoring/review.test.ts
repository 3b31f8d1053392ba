import { describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/monitoring/profile.js';
import type { LegId } from '../../../src/primitives/ids.js';
import { profileId } from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { anna, ben, cara, city, mona, outside, supportProfile } from '../switchboard/office.js';
import { MonitoringDesk, noon, openPolicy, openProfile, talking, withProfile } from './desk.js';

const first = talking(1, anna, '0301');
const second = talking(2, anna, '0302');

function monaListens(keys = '', ...calls: readonly TalkingCall[]): { desk: MonitoringDesk; leg: LegId } {
  const desk = new MonitoringDesk();
  desk.callsAre(first, ...calls);
  const leg = desk.monitoring('101');
  desk.keys(leg, keys);
  return { desk, leg };
}

describe('when the call is over', () => {
  test('the moderator is asked for another member', () => {
    const { desk, leg } = monaListens();
    desk.callsAre();
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['call-ended', 'enter-member']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'ended', reason: 'callEnded', member: anna, call: 1 });
  });

  test('or when the member is no longer in it', () => {
    const { desk, leg } = monaListens();
    desk.callsAre(talking(1, cara, '0301'));
    expect(desk.stage(leg)).toBe('member');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'ended', reason: 'callEnded' });
  });

  test('every moderator in it is notified', () => {
    const { desk, leg } = monaListens();
    const other = desk.monitoring('101');
    desk.callsAre();
    expect([desk.stage(leg), desk.stage(other)]).toEqual(['member', 'member']);
    expect(desk.facts.filter(({ type }) => type === 'ended')).toHaveLength(2);
  });
});

describe('hold', () => {
  test('changes nothing: who listens goes on hearing both, who whispers goes on being heard', () => {
    const { desk } = monaListens('5');
    const before = desk.edges;
    desk.callsAre({ ...first, caller: { ...first.caller, held: true } });
    expect(desk.edges).toEqual(before);
    desk.callsAre({ ...first, callee: { ...first.callee, held: true } });
    expect(desk.edges).toEqual(before);
  });
});

describe('a party who turns out to be excluded', () => {
  test('is not listened to any longer, and the record says why', () => {
    const desk = new MonitoringDesk({ ...openPolicy, exclusions: { extensions: new Set(), numbers: ['089555111'] } });
    desk.callsAre(first);
    const leg = desk.monitoring('101');
    expect(desk.edges).toHaveLength(2);
    desk.callsAre({ ...first, callee: { ...first.callee, known: ['0301', '+4989555111'] } });
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'excluded', 'enter-member']);
    expect(desk.facts.filter(({ type }) => type === 'ended')).toMatchObject([{ reason: 'excluded', member: anna }]);
  });
});

describe('a transfer', () => {
  const annas = first.caller;
  const toCara: TalkingCall = { ...talking(2, cara, ben), callee: annas };
  const started = (desk: MonitoringDesk) => desk.facts.filter(({ type }) => type === 'started');

  /** Anna has been transferred and waits for the answer. */
  function inTransfer(desk: MonitoringDesk): void {
    desk.inTransfer = new Set([annas.leg]);
    desk.callsAre();
  }

  test('is followed with the member, who talks to somebody else now: as a listener, recorded anew', () => {
    const { desk, leg } = monaListens('6');
    desk.callsAre(toCara);
    expect(desk.edges).toEqual(['a1>m1', 'a2>m1']);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'transferred', other: 'city/0301', call: 1 },
      { type: 'started', member: anna, other: '103', call: 2 },
    ]);
    expect(desk.told(leg)).toEqual(['confirm', 'extension', '101']);
  });

  test('is waited for while nobody has answered, and joined when somebody does', () => {
    const { desk, leg } = monaListens();
    inTransfer(desk);
    expect(desk.told(leg)).toEqual(['waiting-for-call']);
    expect(desk.edges).toEqual([]);
    desk.callsAre(talking(7, anna, '0309'));
    expect(desk.edges).toEqual([]);
    desk.inTransfer = new Set();
    desk.callsAre(talking(7, anna, '0309'), toCara);
    expect(desk.edges).toEqual(['a1>m1', 'a2>m1']);
    expect(started(desk)).toHaveLength(2);
  });

  test('that fails ends the call', () => {
    const { desk, leg } = monaListens();
    inTransfer(desk);
    desk.inTransfer = new Set();
    desk.callsAre();
    expect(desk.told(leg)).toEqual(['call-ended', 'enter-member']);
    expect(desk.facts.filter(({ type }) => type === 'ended')).toHaveLength(1);
  });

  test.each([
    ['somebody excluded', { exclusions: { extensions: new Set([cara]), numbers: [] } }, 'excluded'],
    [
      'somebody who did not agree',
      {
        persons: new Map(
          [...openPolicy.persons].map(([number, one]) => [number, { ...one, consents: number !== cara }]),
        ),
      },
      'noConsent',
    ],
  ] as const)('to %s is not listened to', (_, change, reason) => {
    const desk = new MonitoringDesk({ ...openPolicy, ...change });
    desk.callsAre(first);
    const leg = desk.monitoring('101');
    desk.callsAre(toCara);
    expect(desk.edges).toEqual([]);
    expect(desk.refusal).toBe(reason);
    expect(desk.stage(leg)).toBe('member');
    desk.keys(leg, '101#');
    expect(desk.edges).toEqual([]);
  });

  test('where monitoring is closed meanwhile ends the dialogue', () => {
    const { desk, leg } = monaListens();
    desk.happens({ type: 'closed', closure: 'licenceExpired', endsRunning: false });
    desk.callsAre(toCara);
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'licence-expired', 'goodbye']);
  });

  test('goes on waiting with a follower where the new call is closed', () => {
    const desk = new MonitoringDesk({ ...openPolicy, exclusions: { extensions: new Set([cara]), numbers: [] } });
    desk.callsAre(first);
    const leg = desk.monitoring('101');
    desk.keys(leg, '7');
    desk.callsAre(toCara);
    expect(desk.stage(leg)).toBe('monitoring');
    desk.callsAre(second);
    expect(desk.edges).toEqual(['a2>m1', 'b2>m1']);
  });

  test('uses no quota again', () => {
    const desk = new MonitoringDesk(withProfile({ quota: 1 }));
    desk.callsAre(first);
    desk.monitoring('101');
    inTransfer(desk);
    desk.inTransfer = new Set();
    desk.callsAre(toCara);
    expect(desk.edges).toHaveLength(2);
    expect(desk.state.records.quotas.used).toEqual({ 'support/101': 1 });
  });

  test('by the member ends it: who stays in the call is somebody else', () => {
    const { desk, leg } = monaListens();
    desk.callsAre({ ...first, caller: toCara.caller });
    expect(desk.stage(leg)).toBe('member');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'ended', reason: 'callEnded' });
  });
});

describe('a profile that closes', () => {
  const window = { weekdays: [3], from: 0, to: 1020 };
  const before = { ...noon, minute: 1019 };
  const after = { ...noon, minute: 1020 };

  function inTheWindow(): { desk: MonitoringDesk; leg: LegId } {
    const desk = new MonitoringDesk(withProfile({ windows: [window] }));
    desk.local = before;
    desk.callsAre(first);
    return { desk, leg: desk.identified() };
  }

  function closes(desk: MonitoringDesk): void {
    desk.local = after;
    desk.passes(60_000);
  }

  test('ends all listening, with the reason, and lets nobody begin', () => {
    const { desk, leg } = inTheWindow();
    desk.keys(leg, '#6');
    closes(desk);
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'outside-hours', 'goodbye']);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'outsideHours', moderator: mona, member: anna },
      { type: 'refused', reason: 'outsideHours', moderator: mona },
    ]);
  });

  test('ends who waits for the member’s next call, and who is still being asked', () => {
    const { desk, leg } = inTheWindow();
    const asked = desk.dialsIn();
    desk.keys(leg, '#7');
    desk.callsAre();
    closes(desk);
    expect([desk.stage(leg), desk.stage(asked)]).toEqual(['parting', 'parting']);
    desk.callsAre(second);
    expect(desk.edges).toEqual([]);
  });

  test('is noticed by the key that comes before the clock', () => {
    for (const keys of ['', '101']) {
      const { desk, leg } = inTheWindow();
      desk.keys(leg, keys);
      desk.local = after;
      desk.keys(leg, '#');
      expect(desk.told(leg)).toEqual(['refuse', 'outside-hours', 'goodbye']);
      expect(desk.factTypes).not.toContain('started');
    }
  });

  test('wakes the box at the full minute, and only if there are windows', () => {
    const { desk } = inTheWindow();
    expect(desk.deadline).toBe(1_020_000);
    expect(desk.now).toBe(1_000_000);
    const always = new MonitoringDesk();
    always.callsAre(first);
    always.monitoring();
    expect(always.deadline).toBeUndefined();
  });

  test.each([
    ['switched off', new Map([[supportProfile, { ...openProfile, enabled: false }]])],
    ['removed', new Map()],
  ])('because it was %s ends them likewise', (_, profiles) => {
    const { desk, leg } = monaListens();
    desk.state = { ...desk.state, policy: { ...desk.state.policy, profiles } };
    desk.passes(0);
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'profile-off', 'goodbye']);
    expect(desk.facts.at(-2)).toMatchObject({ type: 'ended', reason: 'profileOff' });
  });
});

describe('following', () => {
  test('is said and noted, on and off', () => {
    const { desk, leg } = monaListens('7');
    expect(desk.told(leg)).toEqual(['follow-on']);
    desk.keys(leg, '7');
    expect(desk.told(leg)).toEqual(['follow-off']);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'followChanged', follow: true, moderator: mona, member: anna },
      { type: 'followChanged', follow: false },
    ]);
  });

  test('waits between calls and joins the next one, as a listener', () => {
    const { desk, leg } = monaListens('76');
    desk.callsAre();
    expect(desk.told(leg)).toEqual(['call-ended', 'waiting-for-call']);
    expect(desk.edges).toEqual([]);
    desk.passes(3_600_000);
    desk.callsAre(talking(7, ben, '0309'));
    expect(desk.edges).toEqual([]);
    desk.callsAre(second);
    expect(desk.edges).toEqual(['a2>m1', 'b2>m1']);
    expect(desk.facts.at(-1)).toMatchObject({ type: 'started', member: anna, call: 2 });
    expect(desk.told(leg)).toEqual(['confirm', 'extension', '101']);
  });

  test('moves to another call of the member at once', () => {
    const { desk } = monaListens('7');
    desk.callsAre(first, second);
    desk.callsAre(second);
    expect(desk.edges).toEqual(['a2>m1', 'b2>m1']);
  });

  test('goes on through several calls', () => {
    const { desk } = monaListens('7');
    for (const serial of [2, 3, 4]) {
      desk.callsAre();
      desk.callsAre(talking(serial, anna, '0301'));
    }
    expect(desk.edges).toEqual(['a4>m1', 'b4>m1']);
    expect(desk.facts.filter(({ type }) => type === 'started')).toHaveLength(4);
    expect(desk.facts.filter(({ type }) => type === 'ended')).toHaveLength(3);
  });

  test('skips closed calls silently', () => {
    const { desk, leg } = monaListens('7');
    desk.callsAre();
    const before = desk.facts.length;
    desk.callsAre(talking(2, anna, mona));
    expect(desk.edges).toEqual([]);
    expect(desk.facts).toHaveLength(before);
    expect(desk.stage(leg)).toBe('monitoring');
  });

  test.each(['4', '5', '6', '8'])('has nobody to hear or speak to while it waits: %s', (key) => {
    const { desk, leg } = monaListens('7');
    desk.callsAre();
    const before = desk.facts.length;
    desk.keys(leg, key);
    expect(desk.told(leg)).toEqual(['waiting-for-call']);
    expect(desk.facts).toHaveLength(before);
    expect(desk.requests).toEqual([]);
  });

  test('says that it is waiting when 9 is pressed', () => {
    const { desk, leg } = monaListens('7');
    desk.callsAre();
    desk.keys(leg, '9');
    expect(desk.told(leg)).toEqual(['waiting-for-call']);
  });

  test('that ends while it waits leads back to the question for the member', () => {
    const { desk, leg } = monaListens('7');
    desk.callsAre();
    desk.keys(leg, '7');
    expect(desk.told(leg)).toEqual(['follow-off', 'enter-member']);
    desk.callsAre(second);
    expect(desk.edges).toEqual([]);
  });

  test('can be left while it waits, and nothing is noted as ended twice', () => {
    const { desk, leg } = monaListens('7');
    desk.callsAre();
    desk.keys(leg, '##');
    expect(desk.stage(leg)).toBe('member');
    desk.happens({ type: 'released', leg, cause: 'normal' });
    expect(desk.facts.filter(({ type }) => type === 'ended')).toHaveLength(1);
  });
});

describe('the notice', () => {
  const onMember = (desk: MonitoringDesk) => desk.playbacksTo(first.caller.leg);
  const onOther = (desk: MonitoringDesk) => desk.playbacksTo(first.callee.leg);

  function listening(notice: Parameters<typeof withProfile>[0]['notice']): { desk: MonitoringDesk; leg: LegId } {
    const desk = new MonitoringDesk(withProfile(notice ? { notice } : {}));
    desk.callsAre(first);
    return { desk, leg: desk.monitoring() };
  }

  function ends(desk: MonitoringDesk, leg: LegId): void {
    for (const { id } of desk.playbacksTo(leg)) desk.happens({ type: 'playbackEnded', leg, playback: id });
  }

  const none = { kind: 'none' } as const;
  const tone = [{ kind: 'tone', name: 'notice' }];

  test('none: the parties hear nothing', () => {
    const { desk } = listening({ member: none, other: none });
    expect([...onMember(desk), ...onOther(desk)]).toEqual([]);
  });

  test.each([
    ['a tone', { kind: 'toneAtStart' }, tone],
    ['an announcement', { kind: 'announcement' }, [{ kind: 'prompt', name: 'notice' }]],
  ] as const)('%s at the start, once, for the member alone', (_, member, items) => {
    const { desk } = listening({ member, other: none });
    expect(onMember(desk)).toMatchObject([{ items, loop: false, language: 'en' }]);
    expect(onOther(desk)).toEqual([]);
    ends(desk, first.caller.leg);
    desk.passes(3_600_000);
    expect(onMember(desk)).toEqual([]);
  });

  test('for the other party alone', () => {
    const { desk } = listening({ member: none, other: { kind: 'toneAtStart' } });
    expect(onMember(desk)).toEqual([]);
    expect(onOther(desk)).toMatchObject([{ items: tone }]);
    expect(desk.facts.at(-1)).toMatchObject({ noticeMember: 'none', noticeOther: 'toneAtStart' });
  });

  test('every n seconds, for each party in its own time', () => {
    const { desk } = listening({
      member: { kind: 'toneEvery', seconds: 10 },
      other: { kind: 'toneEvery', seconds: 15 },
    });
    expect(desk.facts.at(-1)).toMatchObject({ noticeMember: 'toneEvery 10 s', noticeOther: 'toneEvery 15 s' });
    const heard: (readonly [number, number])[] = [];
    for (let second = 0; second <= 30; second += 5) {
      heard.push([onMember(desk).length, onOther(desk).length]);
      ends(desk, first.caller.leg);
      ends(desk, first.callee.leg);
      desk.passes(5000);
    }
    expect(heard).toEqual([
      [1, 1],
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  test('each round is a playback of its own', () => {
    const { desk } = listening({ member: { kind: 'toneEvery', seconds: 10 }, other: none });
    const ids = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      for (const { id } of onMember(desk)) ids.add(id);
      ends(desk, first.caller.leg);
      desk.passes(10_000);
    }
    expect(ids.size).toBe(5);
  });

  test('cannot be switched off by any key of the moderator', () => {
    for (const key of '0123456789*#ABCD') {
      const { desk, leg } = listening({ member: { kind: 'toneAtStart' }, other: { kind: 'announcement' } });
      if (key === '8') continue;
      desk.keys(leg, key);
      expect(onMember(desk), `key ${key}`).toHaveLength(1);
      expect(onOther(desk), `key ${key}`).toHaveLength(1);
    }
  });

  test('is given anew to the parties of the next call, and ends with the monitor', () => {
    const { desk, leg } = listening({ member: { kind: 'toneAtStart' }, other: none });
    ends(desk, first.caller.leg);
    desk.callsAre(first, talking(2, ben, '0302'));
    desk.keys(leg, '*');
    expect(desk.playbacksTo(talking(2, ben, '0302').caller.leg)).toHaveLength(1);
    expect(onMember(desk)).toEqual([]);
    desk.keys(leg, '*');
    expect(onMember(desk)).toHaveLength(1);
    desk.keys(leg, '##');
    expect(onMember(desk)).toEqual([]);
  });

  describe('of several moderators', () => {
    const otherProfile = profileId('sales');

    /** Mona comes by one profile and another moderator by the second; nothing has ended that they brought about. */
    function both(one: Notice, two: Notice): { desk: MonitoringDesk; leg: LegId; join: () => LegId } {
      const notices = (member: Notice) => ({ ...openProfile, notice: { member, other: none } });
      const profiles = new Map([
        [supportProfile, notices(one)],
        [otherProfile, { ...notices(two), id: otherProfile }],
      ]);
      const desk = new MonitoringDesk({ ...openPolicy, profiles });
      desk.callsAre(first);
      const leg = desk.monitoring();
      const join = () => {
        const second = desk.dialsIn(outside(city), '0170', otherProfile);
        desk.keys(second, '1234#');
        desk.pinIsOf(second, mona);
        desk.keys(second, '#');
        return second;
      };
      return { desk, leg, join };
    }

    const heard = (desk: MonitoringDesk) => onMember(desk).flatMap(({ items }) => items.map((item) => item.kind));
    const atStart: Notice = { kind: 'toneAtStart' };
    const announcement: Notice = { kind: 'announcement' };
    const every = (seconds: number): Notice => ({ kind: 'toneEvery', seconds });

    test.each<readonly [Notice, Notice, readonly string[]]>([
      [atStart, atStart, []],
      [atStart, none, []],
      [none, atStart, ['tone']],
      [none, every(9), ['tone']],
      [every(9), atStart, []],
      [announcement, atStart, []],
      [announcement, every(9), []],
      [atStart, announcement, ['prompt']],
      [every(9), announcement, ['prompt']],
    ])('after %o a second one with %o adds %j', (one, two, added) => {
      const { desk, join } = both(one, two);
      ends(desk, first.caller.leg);
      join();
      expect(heard(desk)).toEqual(added);
    });

    test('never sounds twice at once', () => {
      for (const one of [atStart, announcement, every(9)]) {
        for (const two of [atStart, announcement, every(9)]) {
          const { desk, join } = both(one, two);
          join();
          expect(heard(desk)).toHaveLength(1);
        }
      }
    });

    test('comes at the shortest of the intervals, and at the longer one when that moderator has left', () => {
      const { desk, leg, join } = both(every(60), every(10));
      const second = join();
      const roundsWithin = (ms: number) => {
        const ids = new Set<string>();
        for (let passed = 0; passed < ms; passed += 5000) {
          ends(desk, first.caller.leg);
          desk.passes(5000);
          for (const { id } of onMember(desk)) ids.add(id);
        }
        return ids.size;
      };
      expect(roundsWithin(60_000)).toBe(6);
      desk.keys(second, '##');
      expect(roundsWithin(60_000)).toBe(1);
      desk.keys(leg, '##');
      expect(roundsWithin(60_000)).toBe(0);
    });

    test('is not given anew while one of them stays, but is when all had left', () => {
      const { desk, leg, join } = both(atStart, atStart);
      const second = join();
      ends(desk, first.caller.leg);
      desk.keys(leg, '##');
      desk.keys(leg, '#');
      expect(onMember(desk)).toEqual([]);
      desk.keys(leg, '##');
      desk.keys(second, '##');
      desk.keys(leg, '#');
      expect(onMember(desk)).toHaveLength(1);
    });

    test('goes to each party once, whichever member each of them listens to', () => {
      const desk = new MonitoringDesk(withProfile({ notice: { member: atStart, other: atStart } }));
      desk.callsAre(talking(1, anna, ben));
      desk.monitoring('101');
      desk.monitoring('102');
      expect([onMember(desk).length, onOther(desk).length]).toEqual([1, 1]);
    });

    test('does not interrupt an announcement with a tone', () => {
      const { desk, join } = both(announcement, every(1));
      join();
      desk.passes(5000);
      expect(heard(desk)).toEqual(['prompt']);
      ends(desk, first.caller.leg);
      desk.passes(0);
      expect(heard(desk)).toEqual(['tone']);
    });
  });

  test('wakes the box when the next round is due', () => {
    const { desk } = listening({ member: { kind: 'toneEvery', seconds: 10 }, other: none });
    ends(desk, first.caller.leg);
    expect(desk.deadline).toBe(desk.now + 10_000);
  });
});
