import type { Instant } from '../primitives/time.js';
import type { Lamps } from './lamps.js';

/** What a press of the button asks for. */
export type ButtonAction = 'endMonitors' | 'reportState' | 'resetAdminPassword';

/** The button's contact as the panel reports it, and as it is taken to be once it no longer bounces. */
export interface ButtonState {
  readonly isClosed: boolean;
  /** Since when the contact is as it is. */
  readonly since: Instant;
  /** When the press began; null while the button is up. */
  readonly pressedAt: Instant | null;
}

export interface ButtonOutcome {
  readonly state: ButtonState;
  readonly action: ButtonAction | null;
}

/** A contact counts once it has kept its state for so long, in milliseconds. */
const debounceMs = 30;
const reportAfterMs = 3000;
const resetAfterMs = 10_000;
/** Whoever leans something against the button wants nothing from it. */
const stuckAfterMs = 60_000;

export const buttonUp: ButtonState = { isClosed: false, since: 0, pressedAt: null };

/** The contact has closed or opened. */
export function contactChanged(state: ButtonState, isClosed: boolean, now: Instant): ButtonOutcome {
  const before = timePassed(state, now);
  if (before.state.isClosed === isClosed) return before;
  return { ...before, state: { ...before.state, isClosed, since: now } };
}

/** Takes the contact for what it is once it has settled; the action comes with letting go, so that holding on shows what it will be. */
export function timePassed(state: ButtonState, now: Instant): ButtonOutcome {
  const isSettled = now - state.since >= debounceMs;
  if (!isSettled || state.isClosed === (state.pressedAt !== null)) return { state, action: null };
  if (state.pressedAt === null) return { state: { ...state, pressedAt: state.since }, action: null };
  return { state: { ...state, pressedAt: null }, action: actionOf(state.since - state.pressedAt) };
}

function actionOf(heldMs: number): ButtonAction | null {
  if (heldMs >= stuckAfterMs) return null;
  if (heldMs >= resetAfterMs) return 'resetAdminPassword';
  return heldMs >= reportAfterMs ? 'reportState' : 'endMonitors';
}

/** When time itself changes something: a contact settles, or holding on means something else. */
export function nextDeadline(state: ButtonState, now: Instant): Instant | undefined {
  if (state.isClosed !== (state.pressedAt !== null)) return state.since + debounceMs;
  const { pressedAt } = state;
  if (pressedAt === null) return undefined;
  return [reportAfterMs, resetAfterMs, stuckAfterMs].map((ms) => pressedAt + ms).find((instant) => instant > now);
}

/** While the button is held the lamps tell what letting go will do; the lamps as they are otherwise come in. */
export function lampsWhileHeld(state: ButtonState, lamps: Lamps, now: Instant): Lamps {
  const heldMs = state.pressedAt === null ? 0 : now - state.pressedAt;
  if (heldMs < reportAfterMs || heldMs >= stuckAfterMs) return lamps;
  return heldMs >= resetAfterMs ? { monitor: 'fastBlink', status: 'fastBlink' } : { ...lamps, status: 'fastBlink' };
}
