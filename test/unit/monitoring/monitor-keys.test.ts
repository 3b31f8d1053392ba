import { describe, expect, test } from 'vitest';
import type { Intervention, Mode } from '../../../src/monitoring/profile.js';
import type { LegId } from '../../../src/primitives/ids.js';
import type { TalkingCall } from '../../../src/switchboard/state.js';
import { anna, ben, cara, inside, mona } from '../switchboard/office.js';
import { MonitoringDesk, talking, withProfile } from './desk.js';

/** Mona listens to Anna, who talks to somebody outside: Anna's leg is a1, the other's b1, Mona's m1. */
function monaListens(interventions: readonly Intervention[] = ['whisper', 'barge', 'takeOver']) {
  const desk = new MonitoringDesk(withProfile({ interventions: new Set(interventions) }));
  desk.callsAre(talking(1, anna, '0301'));
  return { desk, leg: desk.monitoring() };
}

function monitorOf(desk: MonitoringDesk, leg: LegId) {
  const { stage } = desk.session(leg);
  if (stage.kind !== 'monitoring') throw new Error(`${leg} does not monitor but is in ${stage.kind}`);
  return stage.monitor;
}

const hears = ['a1>m1', 'b1>m1'];
const edgesOf: Record<Mode, readonly string[]> = {
  listen: hears,
  whisper: [...hears, 'm1>a1'],
  barge: [...hears, 'm1>a1', 'm1>b1'],
};
const keyOf: Record<Mode, string> = { listen: '4', whisper: '5', barge: '6' };
const modes: readonly Mode[] = ['listen', 'whisper', 'barge'];
const pairs = modes.flatMap((from) => modes.map((to) => [from, to] as const));

describe('who hears whom', () => {
  test('is listen at first', () => {
    expect(monaListens().desk.edges).toEqual(edgesOf.listen);
  });

  test.each(pairs)('changes from %s to %s', (from, to) => {
    const { desk, leg } = monaListens();
    desk.keys(leg, keyOf[from]);
    expect(desk.edges).toEqual(edgesOf[from]);
    desk.keys(leg, keyOf[to]);
    expect(desk.edges).toEqual(edgesOf[to]);
    expect(desk.told(leg)).toEqual(['confirm', `mode-${to}`]);
  });

  test.each(pairs)('is noted when it changes from %s to %s, and not otherwise', (from, to) => {
    const { desk, leg } = monaListens();
    desk.keys(leg, keyOf[from]);
    const before = desk.facts.length;
    desk.keys(leg, keyOf[to]);
    const noted = { type: 'modeChanged', mode: to, moderator: mona, member: anna, call: 1, other: 'city/0301' };
    expect(desk.facts.slice(before)).toMatchObject(from === to ? [] : [noted]);
  });

  test('is right from whichever end the member speaks', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, '0301', anna));
    desk.keys(desk.monitoring(), '5');
    expect(desk.edges).toEqual(['b1>m1', 'a1>m1', 'm1>b1']);
  });

  test('is each moderator’s own affair', () => {
    const desk = new MonitoringDesk();
    desk.callsAre(talking(1, anna, '0301'));
    const first = desk.monitoring();
    desk.monitoring('', mona, inside(cara));
    desk.keys(first, '6');
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1', 'm1>a1', 'm1>b1', 'a1>m2', 'b1>m2']);
  });
});

describe('what the profile does not allow', () => {
  test.each<readonly [string, Intervention]>([
    ['5', 'whisper'],
    ['6', 'barge'],
    ['8', 'takeOver'],
  ])('key %s, %s: is refused, noted, and changes nothing', (key, intervention) => {
    const others = (['whisper', 'barge', 'takeOver'] as const).filter((one) => one !== intervention);
    const { desk, leg } = monaListens(others);
    desk.keys(leg, key);
    expect(desk.edges).toEqual(edgesOf.listen);
    expect(desk.requests).toEqual([]);
    expect(desk.told(leg)).toEqual(['refuse', 'mode-not-allowed']);
    expect(desk.facts.at(-1)).toMatchObject({ reason: 'interventionNotAllowed', moderator: mona, member: anna });
  });

  test('listening is always allowed', () => {
    const { desk, leg } = monaListens([]);
    desk.keys(leg, '4');
    expect(desk.told(leg)).toEqual(['confirm', 'mode-listen']);
  });
});

describe('loudness', () => {
  const gains = (desk: MonitoringDesk, leg: LegId) => monitorOf(desk, leg).gain;

  test('goes in steps of 3 dB, from -18 to 12, without a word', () => {
    const { desk, leg } = monaListens();
    desk.keys(leg, '3');
    expect(gains(desk, leg)).toBe(3);
    expect(desk.told(leg)).toEqual([]);
    desk.keys(leg, '3333333');
    expect(gains(desk, leg)).toBe(12);
    desk.keys(leg, '1'.repeat(20));
    expect(gains(desk, leg)).toBe(-18);
  });

  test('stays with the moderator from call to call', () => {
    const { desk, leg } = monaListens();
    desk.keys(leg, '33');
    desk.callsAre(talking(1, anna, '0301'), talking(2, ben, '0302'));
    desk.keys(leg, '*');
    expect(monitorOf(desk, leg)).toMatchObject({ member: ben, gain: 6 });
  });
});

describe('key 9', () => {
  test.each<readonly [TalkingCall, readonly string[]]>([
    [talking(1, anna, '0301'), ['listening-to', 'extension', '101', 'talking-to', 'outside-caller', '0301']],
    [talking(1, anna, ben), ['listening-to', 'extension', '101', 'talking-to', 'extension', '102']],
    [talking(1, '', anna), ['listening-to', 'extension', '101', 'talking-to', 'outside-caller']],
  ])('tells who is being listened to', (call, expected) => {
    const desk = new MonitoringDesk();
    desk.callsAre(call);
    const leg = desk.monitoring('101');
    desk.keys(leg, '9');
    expect(desk.told(leg)).toEqual(expected);
  });
});

describe('leaving', () => {
  test('takes two # within two seconds', () => {
    const { desk, leg } = monaListens();
    desk.keys(leg, '#');
    desk.passes(2001);
    desk.keys(leg, '#');
    expect(desk.stage(leg)).toBe('monitoring');
    desk.passes(2000);
    desk.keys(leg, '#');
    expect(desk.stage(leg)).toBe('member');
    expect(desk.edges).toEqual([]);
    expect(desk.told(leg)).toEqual(['enter-member']);
  });

  test.each([...'0134579ABCD*'])('is disarmed by %s in between', (key) => {
    const { desk, leg } = monaListens();
    desk.keys(leg, `#${key}#`);
    expect(desk.stage(leg)).toBe('monitoring');
  });

  test('notes how long it was, in whole seconds', () => {
    const { desk, leg } = monaListens();
    desk.passes(61_600);
    desk.keys(leg, '##');
    expect(desk.facts.at(-1)).toMatchObject({ type: 'ended', reason: 'moderatorLeft', seconds: 62, member: anna });
  });
});

describe('next and previous', () => {
  /** Three open calls, a closed one in between, and one of no member. */
  const calls = [
    talking(1, anna, '0301'),
    talking(2, cara, '0302'),
    talking(3, ben, mona),
    talking(4, ben, '0304'),
    talking(5, '0305', anna),
  ];

  function cycling(): { desk: MonitoringDesk; leg: LegId; here: () => number | undefined } {
    const desk = new MonitoringDesk();
    desk.callsAre(...calls);
    const leg = desk.monitoring();
    const here = () => {
      const { target } = monitorOf(desk, leg);
      return target.kind === 'call' ? target.call : undefined;
    };
    return { desk, leg, here };
  }

  function visited(keys: string): readonly (number | undefined)[] {
    const { desk, leg, here } = cycling();
    return [...keys].map((key) => {
      desk.keys(leg, key);
      return here();
    });
  }

  test('step through the open calls in the order in which they began, in a circle', () => {
    expect(cycling().here()).toBe(5);
    expect(visited('****')).toEqual([1, 4, 5, 1]);
    expect(visited('0000')).toEqual([4, 1, 5, 4]);
    expect(visited('**00')).toEqual([1, 4, 1, 5]);
  });

  test('begin the next call as a listener, whatever the mode was', () => {
    const { desk, leg } = cycling();
    desk.keys(leg, '6*');
    expect(desk.edges).toEqual(['a1>m1', 'b1>m1']);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'moderatorSwitched', call: 5 },
      { type: 'started', call: 1 },
    ]);
    expect(desk.told(leg)).toEqual(['confirm', 'extension', '101']);
  });

  test('stay, with a word, where there is no other call', () => {
    const { desk, leg } = monaListens();
    desk.keys(leg, '6*');
    expect(desk.told(leg)).toEqual(['refuse', 'no-other-call']);
    expect(desk.edges).toEqual(edgesOf.barge);
    expect(desk.refusal).toBe('noOtherCall');
  });

  test('go on from a call that is no longer open', () => {
    const { desk, leg, here } = cycling();
    const changed = { ...desk.state.policy, exclusions: { extensions: new Set<never>(), numbers: ['0305'] } };
    desk.state = { ...desk.state, policy: changed };
    desk.keys(leg, '*');
    expect(here()).toBe(1);
    desk.keys(leg, '0');
    expect(here()).toBe(4);
  });

  test('begin with the oldest, or newest, while waiting for a call', () => {
    for (const [key, call] of [
      ['*', 1],
      ['0', 4],
    ] as const) {
      const { desk, leg, here } = cycling();
      desk.keys(leg, '7');
      desk.callsAre(...calls.filter(({ id }) => id === 4));
      desk.callsAre(talking(1, ben, '0301'), talking(4, ben, '0304'));
      desk.keys(leg, key);
      expect(here()).toBe(call);
    }
  });
});

describe('taking over', () => {
  test('asks the switchboard to put the moderator in the member’s place, and ends the session', () => {
    const { desk, leg } = monaListens();
    desk.passes(5000);
    desk.keys(leg, '8');
    expect(desk.requests).toEqual([
      {
        type: 'takeOver',
        call: 1,
        leaving: 'a1',
        arriving: { leg: 'm1', line: inside(mona), number: '201', known: ['201'], direction: 'incoming' },
      },
    ]);
    expect(desk.facts.slice(-2)).toMatchObject([
      { type: 'ended', reason: 'tookOver', seconds: 5 },
      { type: 'dialogueEnded', moderator: mona },
    ]);
    expect(desk.state.sessions.size).toBe(0);
    expect(desk.edges).toEqual([]);
  });

  test.each<readonly [string, string, boolean]>([
    ['barge', '6', true],
    ['whisper', '5', false],
    ['listen', '4', false],
  ])('happens by itself in %s when the member hangs up: key %s, %s', (_, key, isTaken) => {
    const { desk, leg } = monaListens();
    desk.keys(leg, key);
    const [call] = desk.calls;
    desk.happens({ type: 'released', leg: call?.caller.leg ?? leg, cause: 'normal' });
    expect(desk.requests.map(({ arriving }) => arriving.leg)).toEqual(isTaken ? ['m1'] : []);
  });

  test('does not happen when the other party hangs up, nor where it is not allowed', () => {
    const { desk, leg } = monaListens();
    desk.keys(leg, '6');
    const [call] = desk.calls;
    desk.happens({ type: 'released', leg: call?.callee.leg ?? leg, cause: 'normal' });
    expect(desk.requests).toEqual([]);
    const strict = monaListens(['whisper', 'barge']);
    strict.desk.keys(strict.leg, '6');
    strict.desk.happens({ type: 'released', leg: call?.caller.leg ?? leg, cause: 'normal' });
    expect(strict.desk.requests).toEqual([]);
  });

  test('falls to the first of several moderators alone', () => {
    const { desk, leg } = monaListens();
    const second = desk.monitoring('', mona, inside(cara));
    desk.keys(leg, '6');
    desk.keys(second, '6');
    const [call] = desk.calls;
    desk.happens({ type: 'released', leg: call?.caller.leg ?? leg, cause: 'normal' });
    expect(desk.requests.map(({ arriving }) => arriving.leg)).toEqual(['m1']);
    expect(desk.facts.filter((fact) => fact.type === 'ended' && fact.reason === 'tookOver')).toHaveLength(1);
  });
});

describe('keys without a meaning', () => {
  test.each([...'2ABCD'])('%s does nothing but silence what is being said', (key) => {
    const { desk, leg } = monaListens();
    const before = desk.facts.length;
    desk.keys(leg, key);
    expect(desk.edges).toEqual(edgesOf.listen);
    expect(desk.facts).toHaveLength(before);
    expect(desk.told(leg)).toEqual([]);
  });
});
