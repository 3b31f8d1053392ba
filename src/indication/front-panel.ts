import type { ClosureEvent } from '../monitoring/monitoring.js';
import type { Instant } from '../primitives/time.js';
import type { TickEvent } from '../switchboard/events.js';
import type { ButtonAction, ButtonOutcome, ButtonState } from './button.js';
import { buttonUp, contactChanged, nextDeadline as nextButtonDeadline, timePassed } from './button.js';

/** The button, and the privacy it gave. */
export interface FrontPanelState {
  readonly button: ButtonState;
  /** Until when the button keeps monitoring closed; null when it does not. */
  readonly blockedUntil: Instant | null;
  /** For how long a short press keeps monitoring closed, in milliseconds. */
  readonly blockMs: number;
}

export type FrontPanelEvent =
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** The button cannot be watched any more: nobody will learn how long it was held. */
  | { readonly type: 'buttonLost' }
  | TickEvent;

export interface FrontPanelOutcome {
  readonly state: FrontPanelState;
  readonly action: ButtonAction | null;
  readonly closures: readonly ClosureEvent[];
}

export function untouchedPanel(blockMs: number): FrontPanelState {
  return { button: buttonUp, blockedUntil: null, blockMs };
}

/** What the button and time make of the panel, and what that closes or reopens. */
export function transition(state: FrontPanelState, event: FrontPanelEvent, now: Instant): FrontPanelOutcome {
  const { state: button, action } = buttonStep(state.button, event, now);
  const pressed: FrontPanelState = { ...state, button };
  if (action === 'endMonitors') return block(pressed, now);
  const isOver = state.blockedUntil !== null && state.blockedUntil <= now;
  return isOver
    ? { state: { ...pressed, blockedUntil: null }, action, closures: [{ type: 'reopened', closure: 'endedByButton' }] }
    : { state: pressed, action, closures: [] };
}

function buttonStep(button: ButtonState, event: FrontPanelEvent, now: Instant): ButtonOutcome {
  if (event.type === 'buttonLost') return { state: buttonUp, action: null };
  return event.type === 'button' ? contactChanged(button, event.isClosed, now) : timePassed(button, now);
}

/** A further press begins the time anew. */
function block(state: FrontPanelState, now: Instant): FrontPanelOutcome {
  return {
    state: { ...state, blockedUntil: now + state.blockMs },
    action: 'endMonitors',
    closures: [{ type: 'closed', closure: 'endedByButton', endsRunning: true }],
  };
}

export function nextDeadline(state: FrontPanelState, now: Instant): Instant | undefined {
  const deadlines = [nextButtonDeadline(state.button, now), state.blockedUntil ?? undefined];
  const due = deadlines.filter((instant) => instant !== undefined);
  return due.length === 0 ? undefined : Math.min(...due);
}
