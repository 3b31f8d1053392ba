import { describe, expect, it } from 'vitest';
import { type FrontPanelEvent, nextDeadline, transition, untouchedPanel } from '../../../src/indication/front-panel.js';

const blockMs = 900_000;
const pressed: FrontPanelEvent = { type: 'button', isClosed: true };
const released: FrontPanelEvent = { type: 'button', isClosed: false };
const tick: FrontPanelEvent = { type: 'tick' };

/** Plays events at their times. */
function play(...events: readonly (readonly [at: number, event: FrontPanelEvent])[]) {
  let state = untouchedPanel(blockMs);
  const steps = events.map(([at, event]) => {
    const step = transition(state, event, at);
    state = step.state;
    return step;
  });
  return {
    state,
    actions: steps.flatMap(({ action }) => action ?? []),
    closures: steps.flatMap(({ closures }) => closures),
  };
}

const shortPress = [
  [1000, pressed],
  [1200, released],
  [1230, tick],
] as const;

describe('the privacy button', () => {
  it('ends every monitor and keeps monitoring closed for its time', () => {
    const { state, closures } = play(...shortPress);
    expect(closures).toEqual([{ type: 'closed', closure: 'endedByButton', endsRunning: true }]);
    expect(state.blockedUntil).toBe(1230 + blockMs);
    expect(nextDeadline(state, 1230)).toBe(1230 + blockMs);
    expect(transition(state, tick, 1229 + blockMs).closures).toEqual([]);
    const reopened = transition(state, tick, 1230 + blockMs);
    expect(reopened.closures).toEqual([{ type: 'reopened', closure: 'endedByButton' }]);
    expect(nextDeadline(reopened.state, 1230 + blockMs)).toBeUndefined();
  });

  it('starts the time over when it is pressed again', () => {
    const { state } = play(...shortPress, [60_000, pressed], [60_100, released], [60_130, tick]);
    expect(state.blockedUntil).toBe(60_130 + blockMs);
  });

  it('opens and closes nothing when it is held', () => {
    const { actions, closures } = play([1000, pressed], [1030, tick], [4500, released], [4530, tick]);
    expect([actions, closures]).toEqual([['reportState'], []]);
  });

  it('asks for nothing if it is lost while pressed, however long it stays away', () => {
    const lost: FrontPanelEvent = { type: 'buttonLost' };
    const { actions, closures } = play(
      [1000, pressed],
      [1030, tick],
      [5000, lost],
      [12_000, pressed],
      [12_010, released],
    );
    expect([actions, closures]).toEqual([[], []]);
    const again = play(
      [1000, pressed],
      [1030, tick],
      [5000, lost],
      [12_000, pressed],
      [12_030, tick],
      [12_200, released],
      [12_230, tick],
    );
    expect(again.actions).toEqual(['endMonitors']);
  });
});

describe('a backup that was asked for by the button', () => {
  it('is shown while it is made, and for a minute if it has failed', () => {
    const making: FrontPanelEvent = { type: 'buttonBackup', stage: 'making' };
    const failed: FrontPanelEvent = { type: 'buttonBackup', stage: 'failed' };
    expect(play([1000, making], [90_000, tick]).state.backup).toEqual({ stage: 'making' });
    expect(play([1000, making], [2000, { type: 'buttonBackup', stage: 'made' }]).state.backup).toBeNull();
    const { state } = play([1000, making], [2000, failed]);
    expect([state.backup, nextDeadline(state, 2000)]).toEqual([{ stage: 'failed', until: 62_000 }, 62_000]);
    expect(transition(state, tick, 61_999).state.backup).not.toBeNull();
    const after = transition(state, tick, 62_000).state;
    expect([after.backup, nextDeadline(after, 62_000)]).toEqual([null, undefined]);
  });
});
