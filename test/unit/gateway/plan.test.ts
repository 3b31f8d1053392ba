import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/gateway/command.js';
import type { Desired } from '../../../src/gateway/desired.js';
import type { Actual } from '../../../src/gateway/plan.js';
import { nothing, plan, withLeg, withoutLeg, withoutPlayback } from '../../../src/gateway/plan.js';
import type { LegId, PortId } from '../../../src/primitives/ids.js';
import { contactId, extensionNumber, legId, playbackId } from '../../../src/primitives/ids.js';
import type { Edge, Playback } from '../../../src/switchboard/audio.js';
import type { DesiredLeg } from '../../../src/switchboard/leg-commands.js';

const a = legId('a');
const b = legId('b');
const dark = { monitor: 'dark', status: 'steady' } as const;
const to = { kind: 'contact', extension: extensionNumber('102'), contact: contactId('102-1') } as const;
const dial: DesiredLeg = { kind: 'dial', to, callerId: { number: '101', name: 'Anna' }, caller: legId('a') };
const release: DesiredLeg = { kind: 'release', cause: 'busy' };

const edge = (from: LegId, towards: LegId, gain = 0, levelled = false): Edge => ({
  from,
  to: towards,
  gain,
  levelled,
  side: 'both',
});
const playback = (id: string, leg: LegId): Playback => ({
  id: playbackId(id),
  leg,
  language: 'de',
  items: [],
  loop: false,
});

function wanted(
  change: Partial<Omit<Desired, 'legs'>> & { readonly legs?: Readonly<Record<string, DesiredLeg>> },
): Desired {
  const legs = new Map(Object.entries(change.legs ?? {}).map(([leg, wanted]) => [legId(leg), wanted]));
  const ofPorts = { channels: new Map(), rings: new Map(), seized: new Set<PortId>() };
  return {
    ...ofPorts,
    edges: [],
    playbacks: [],
    pinChecks: [],
    probes: [],
    lamps: dark,
    busyLamps: new Map(),
    ...change,
    legs,
  };
}

const stay: DesiredLeg = { kind: 'stay' };
const upAndRunning = { a: stay, b: stay };

/** What is actual once all of this was brought about. */
const broughtAbout = (...all: readonly Desired[]): Actual =>
  all.reduce<Actual>((actual, desired) => plan(actual, desired).actual, withLeg(withLeg(nothing, a), b));

const commands = (actual: Actual, desired: Desired): readonly Command[] => plan(actual, desired).commands;
const calm = broughtAbout(wanted({ legs: upAndRunning }));

describe('legs', () => {
  test.each<readonly [DesiredLeg, DesiredLeg, readonly Command[]]>([
    [stay, { kind: 'ring' }, [{ kind: 'ring', leg: a }]],
    [stay, { kind: 'openEarlyMedia' }, [{ kind: 'openEarlyMedia', leg: a }]],
    [{ kind: 'ring' }, { kind: 'answer' }, [{ kind: 'answer', leg: a }]],
    [{ kind: 'answer' }, release, [{ kind: 'release', leg: a, cause: 'busy' }]],
    [{ kind: 'answer' }, { kind: 'answer' }, []],
    [dial, stay, []],
    [dial, dial, []],
    [release, release, []],
    [release, { kind: 'answer' }, []],
  ])('from %o to %o', (before, after, expected) => {
    const legs = { a: before, b: stay };
    expect(commands(broughtAbout(wanted({ legs })), wanted({ legs: { ...legs, a: after } }))).toEqual(expected);
  });

  test('a new one is dialled', () => {
    const legs = { ...upAndRunning, c: dial };
    expect(commands(calm, wanted({ legs }))).toEqual([
      { kind: 'dial', leg: 'c', to, callerId: { number: '101', name: 'Anna' }, caller: 'a' },
    ]);
  });

  test('one that no rule mentions is released, once', () => {
    const first = plan(calm, wanted({ legs: { a: stay } }));
    expect(first.commands).toEqual([{ kind: 'release', leg: b, cause: 'normal' }]);
    expect(plan(first.actual, wanted({ legs: { a: stay } })).commands).toEqual([]);
  });

  test('one that has ended is no longer mentioned', () => {
    expect(commands(withoutLeg(calm, b), wanted({ legs: { a: stay } }))).toEqual([]);
  });
});

describe('edges', () => {
  const connected = wanted({ legs: upAndRunning, edges: [edge(a, b), edge(b, a)] });

  test('are connected and disconnected by difference', () => {
    expect(commands(calm, connected)).toEqual([
      { kind: 'connect', edge: edge(a, b) },
      { kind: 'connect', edge: edge(b, a) },
    ]);
    expect(commands(broughtAbout(connected), wanted({ legs: upAndRunning, edges: [edge(b, a)] }))).toEqual([
      { kind: 'disconnect', edge: edge(a, b) },
    ]);
    expect(commands(broughtAbout(connected), connected)).toEqual([]);
  });

  test('change their gain and levelling without a break', () => {
    const louder = wanted({ legs: upAndRunning, edges: [edge(a, b, 6), edge(b, a)] });
    expect(commands(broughtAbout(connected), louder)).toEqual([{ kind: 'setVolume', edge: edge(a, b, 6) }]);
    expect(commands(broughtAbout(connected, louder), louder)).toEqual([]);
    const panned = wanted({ legs: upAndRunning, edges: [{ ...edge(a, b), side: 'left' }, edge(b, a)] });
    expect(commands(broughtAbout(connected), panned)).toEqual([
      { kind: 'setVolume', edge: { ...edge(a, b), side: 'left' } },
    ]);
    const levelled = wanted({ legs: upAndRunning, edges: [edge(a, b, 0, true), edge(b, a)] });
    expect(commands(broughtAbout(connected), levelled)).toEqual([{ kind: 'setVolume', edge: edge(a, b, 0, true) }]);
    expect(commands(broughtAbout(connected, levelled), levelled)).toEqual([]);
  });

  test('to legs that are not there are left out', () => {
    expect(
      commands(calm, wanted({ legs: upAndRunning, edges: [edge(a, legId('gone')), edge(legId('gone'), a)] })),
    ).toEqual([]);
  });

  test('end with their leg: nothing is disconnected that is gone', () => {
    const actual = withoutLeg(broughtAbout(connected), b);
    expect(commands(actual, wanted({ legs: { a: stay } }))).toEqual([]);
  });
});

describe('playbacks', () => {
  const playing = wanted({ legs: upAndRunning, playbacks: [playback('p', a)] });

  test('begin and are stopped by difference', () => {
    expect(commands(calm, playing)).toEqual([{ kind: 'play', playback: playback('p', a) }]);
    expect(commands(broughtAbout(playing), playing)).toEqual([]);
    expect(commands(broughtAbout(playing), wanted({ legs: upAndRunning }))).toEqual([
      { kind: 'stopPlayback', leg: a, playback: 'p' },
    ]);
  });

  test('that have ended by themselves are not stopped', () => {
    expect(commands(withoutPlayback(broughtAbout(playing), playbackId('p')), wanted({ legs: upAndRunning }))).toEqual(
      [],
    );
  });
});

test('PIN checks are asked for once', () => {
  const checking = wanted({ legs: upAndRunning, pinChecks: [{ leg: a, check: 1, pin: '1234' }] });
  const again = wanted({ legs: upAndRunning, pinChecks: [{ leg: a, check: 2, pin: '1234' }] });
  expect(commands(calm, checking)).toEqual([{ kind: 'checkPin', check: { leg: a, check: 1, pin: '1234' } }]);
  expect(commands(broughtAbout(checking), checking)).toEqual([]);
  expect(commands(broughtAbout(checking), again)).toHaveLength(1);
});

test('lamps are shown when they change, and at the beginning', () => {
  const lit = { ...dark, monitor: 'steady' } as const;
  expect(commands(nothing, wanted({}))).toEqual([{ kind: 'show', lamps: dark }]);
  expect(commands(calm, wanted({ legs: upAndRunning }))).toEqual([]);
  expect(commands(calm, wanted({ legs: upAndRunning, lamps: lit }))).toEqual([{ kind: 'show', lamps: lit }]);
});

test('what is no longer wanted goes first, so that no one hears too much', () => {
  const before = broughtAbout(wanted({ legs: upAndRunning, edges: [edge(a, b)], playbacks: [playback('p', a)] }));
  const desired = wanted({ legs: { ...upAndRunning, c: dial }, edges: [edge(b, a)], playbacks: [playback('q', b)] });
  const kinds = commands(before, desired).map(({ kind }) => kind);
  expect(kinds).toEqual(['disconnect', 'stopPlayback', 'dial', 'connect', 'play']);
});
