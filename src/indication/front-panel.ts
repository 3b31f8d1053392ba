import type { ClosureEvent } from '../monitoring/monitoring-event.js';
import { earliest, type Instant } from '../primitives/time.js';
import type { TickEvent } from '../switchboard/events.js';
import type { ButtonAction, ButtonOutcome, ButtonState } from './button.js';
import { buttonUp, contactChanged, nextDeadline as nextButtonDeadline, timePassed } from './button.js';

/** The button, and the privacy it has given. */
export interface FrontPanelState {
  readonly button: ButtonState;
  /** Until when the button keeps monitoring closed; null if it does not. */
  readonly blockedUntil: Instant | null;
  /** How long a short press keeps monitoring closed, in milliseconds. */
  readonly blockMs: number;
  readonly isDiskSound: boolean;
}

/** The box has looked how its disk is. */
export interface DiskSeenEvent {
  readonly type: 'diskSeen';
  readonly isSound: boolean;
}

export type FrontPanelEvent =
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** The button can no longer be watched: nobody will learn how long it was held. */
  | { readonly type: 'buttonLost' }
  | DiskSeenEvent
  | TickEvent;

export interface FrontPanelOutcome {
  readonly state: FrontPanelState;
  readonly action: ButtonAction | null;
  readonly closures: readonly ClosureEvent[];
}

export function untouchedPanel(blockMs: number): FrontPanelState {
  return { button: buttonUp, blockedUntil: null, blockMs, isDiskSound: true };
}

/** The panel after an event of the button or the clock, and what that closes or reopens. */
export function transition(state: FrontPanelState, event: FrontPanelEvent, now: Instant): FrontPanelOutcome {
  if (event.type === 'diskSeen') return { state: { ...state, isDiskSound: event.isSound }, action: null, closures: [] };
  const { state: button, action } = buttonStep(state.button, event, now);
  const pressed: FrontPanelState = { ...state, button };
  if (action === 'endMonitors') return block(pressed, now);
  const isOver = state.blockedUntil !== null && state.blockedUntil <= now;
  return isOver
    ? { state: { ...pressed, blockedUntil: null }, action, closures: [{ type: 'reopened', closure: 'endedByButton' }] }
    : { state: pressed, action, closures: [] };
}

function buttonStep(button: ButtonState, event: Exclude<FrontPanelEvent, DiskSeenEvent>, now: Instant): ButtonOutcome {
  if (event.type === 'buttonLost') return { state: buttonUp, action: null };
  return event.type === 'button' ? contactChanged(button, event.isClosed, now) : timePassed(button, now);
}

/** Another press starts the time over. */
function block(state: FrontPanelState, now: Instant): FrontPanelOutcome {
  return {
    state: { ...state, blockedUntil: now + state.blockMs },
    action: 'endMonitors',
    closures: [{ type: 'closed', closure: 'endedByButton', endsRunning: true }],
  };
}

export function nextDeadline(state: FrontPanelState, now: Instant): Instant | undefined {
  return earliest([nextButtonDeadline(state.button, now), state.blockedUntil]);
}
