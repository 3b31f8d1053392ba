import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ButtonAction,
  type ButtonState,
  buttonUp,
  contactChanged,
  lampsWhileHeld,
  nextDeadline,
  timePassed,
} from '../../../src/indication/button.js';

const lamps = { monitor: 'steady', status: 'steady' } as const;
const start = 1_000_000;

/** Plays contacts, each so many ms after the one before, and looks whenever the button wants to be looked at. */
function play(contacts: readonly (readonly [afterMs: number, isClosed: boolean])[]) {
  let state: ButtonState = buttonUp;
  let now = start;
  const actions: ButtonAction[] = [];
  const take = (step: { state: ButtonState; action: ButtonAction | null }) => {
    state = step.state;
    if (step.action) actions.push(step.action);
  };
  const runTo = (end: number) => {
    for (let due = nextDeadline(state, now); due !== undefined && due <= end; due = nextDeadline(state, now)) {
      now = due;
      take(timePassed(state, now));
    }
    now = end;
  };
  for (const [afterMs, isClosed] of contacts) {
    runTo(now + afterMs);
    take(contactChanged(state, isClosed, now));
  }
  runTo(now + 1000);
  return { actions, state };
}

const press = (ms: number) =>
  play([
    [0, true],
    [ms, false],
  ]).actions;

describe('the button', () => {
  it.each<[number, ButtonAction | null]>([
    [29, null],
    [30, 'endMonitors'],
    [2999, 'endMonitors'],
    [3000, 'reportState'],
    [9999, 'reportState'],
    [10_000, 'resetAdminPassword'],
    [59_999, 'resetAdminPassword'],
    [60_000, null],
    [3_600_000, null],
  ])('held for %i ms asks for %s', (ms, action) => {
    expect(press(ms)).toEqual(action === null ? [] : [action]);
  });

  it('counts one press, however its contact bounces', () => {
    const bounce = (last: boolean) =>
      [
        [3, !last],
        [2, last],
        [5, !last],
        [1, last],
      ] as const;
    const held = play([[0, true], ...bounce(true), [3100, false], ...bounce(false)]);
    expect(held.actions).toEqual(['reportState']);
  });

  it('asks for one thing per press at most, and for nothing while it is held', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 12 }), (times) => {
        const contacts = times.map((ms, index) => [ms, index % 2 === 0] as const);
        const { actions, state } = play(contacts);
        expect(actions.length).toBeLessThanOrEqual(Math.ceil(times.length / 2));
        expect(state.isClosed).toBe(times.length % 2 === 1);
        const rested = times.every((ms) => ms >= 30);
        const meant = times.filter((ms, index) => index % 2 === 1 && ms < 60_000);
        if (rested) expect(actions).toHaveLength(meant.length);
      }),
    );
  });

  it('shows by the lamps what releasing it will do', () => {
    const heldFor = (ms: number) =>
      lampsWhileHeld({ isClosed: true, since: start, pressedAt: start }, lamps, start + ms);
    expect(heldFor(2999)).toEqual(lamps);
    expect(heldFor(3000)).toEqual({ monitor: 'steady', status: 'fastBlink' });
    expect(heldFor(10_000)).toEqual({ monitor: 'fastBlink', status: 'fastBlink' });
    expect(heldFor(60_000)).toEqual(lamps);
    expect(lampsWhileHeld(buttonUp, lamps, start)).toEqual(lamps);
  });
});
