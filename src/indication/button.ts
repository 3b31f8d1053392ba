import type { Instant } from '../primitives/time.js';
import type { Lamps } from './lamps.js';

/** What a press of the button asks for. */
export type ButtonAction = 'endMonitors' | 'reportState' | 'resetAdminPassword';

/** The button's contact as the panel reports it, and its debounced state. */
export interface ButtonState {
  readonly isClosed: boolean;
  /** Since when the contact has been in its state. */
  readonly since: Instant;
  /** When the press began; null while the button is up. */
  readonly pressedAt: Instant | null;
}

export interface ButtonOutcome {
  readonly state: ButtonState;
  readonly action: ButtonAction | null;
}

/** A contact counts once it has kept its state for this long, in milliseconds. */
const debounceMs = 30;
const reportAfterMs = 3000;
const resetAfterMs = 10_000;
/** Something that leans against the button is not a person who wants something. */
const stuckAfterMs = 60_000;

export const buttonUp: ButtonState = { isClosed: false, since: 0, pressedAt: null };

/** The contact has closed or opened. */
export function contactChanged(state: ButtonState, isClosed: boolean, now: Instant): ButtonOutcome {
  const before = timePassed(state, now);
  if (before.state.isClosed === isClosed) return before;
  return { ...before, state: { ...before.state, isClosed, since: now } };
}

/** Accepts the contact's state once it has settled; the action comes with the release, so that the lamps can show beforehand what it will be. */
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

/** When time alone changes something: a contact settles, or a longer press means something else. */
export function nextDeadline(state: ButtonState, now: Instant): Instant | undefined {
  if (state.isClosed !== (state.pressedAt !== null)) return state.since + debounceMs;
  const { pressedAt } = state;
  if (pressedAt === null) return undefined;
  return [reportAfterMs, resetAfterMs, stuckAfterMs].map((ms) => pressedAt + ms).find((instant) => instant > now);
}

/** While the button is held, the lamps show what releasing it will do; what they show otherwise is passed in. */
export function lampsWhileHeld(state: ButtonState, lamps: Lamps, now: Instant): Lamps {
  const heldMs = state.pressedAt === null ? 0 : now - state.pressedAt;
  if (heldMs < reportAfterMs || heldMs >= stuckAfterMs) return lamps;
  return heldMs >= resetAfterMs ? { monitor: 'fastBlink', status: 'fastBlink' } : { ...lamps, status: 'fastBlink' };
}
