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
  /** The backup that was asked for by holding the button: while it is made, and for a while after it has failed. */
  readonly backup: { readonly stage: 'making' } | { readonly stage: 'failed'; readonly until: Instant } | null;
}

/** The box has looked how its disk is. */
export interface DiskSeenEvent {
  readonly type: 'diskSeen';
  readonly isSound: boolean;
}

/** How it stands with a backup that was asked for by holding the button. */
export interface ButtonBackupEvent {
  readonly type: 'buttonBackup';
  readonly stage: 'making' | 'made' | 'failed';
}

export type FrontPanelEvent =
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** The button can no longer be watched: nobody will learn how long it was held. */
  | { readonly type: 'buttonLost' }
  | DiskSeenEvent
  | ButtonBackupEvent
  | TickEvent;

export interface FrontPanelOutcome {
  readonly state: FrontPanelState;
  readonly action: ButtonAction | null;
  readonly closures: readonly ClosureEvent[];
}

export function untouchedPanel(blockMs: number): FrontPanelState {
  return { button: buttonUp, blockedUntil: null, blockMs, isDiskSound: true, backup: null };
}

/** For so long the lamp says that a backup has failed, in milliseconds. */
const failureShownMs = 60_000;

/** The panel after an event of the button, the clock, the disk or a backup, and what that closes or reopens. */
export function transition(before: FrontPanelState, event: FrontPanelEvent, now: Instant): FrontPanelOutcome {
  const state = withoutOldFailure(before, now);
  switch (event.type) {
    case 'diskSeen':
      return { state: { ...state, isDiskSound: event.isSound }, action: null, closures: [] };
    case 'buttonBackup':
      return { state: { ...state, backup: backupAt(event.stage, now) }, action: null, closures: [] };
    default:
      return pressed(state, event, now);
  }
}

const withoutOldFailure = (state: FrontPanelState, now: Instant): FrontPanelState =>
  state.backup?.stage === 'failed' && state.backup.until <= now ? { ...state, backup: null } : state;

function backupAt(stage: ButtonBackupEvent['stage'], now: Instant): FrontPanelState['backup'] {
  if (stage === 'made') return null;
  return stage === 'making' ? { stage } : { stage, until: now + failureShownMs };
}

type ButtonEvent = Exclude<FrontPanelEvent, DiskSeenEvent | ButtonBackupEvent>;

function pressed(before: FrontPanelState, event: ButtonEvent, now: Instant): FrontPanelOutcome {
  const { state: button, action } = buttonStep(before.button, event, now);
  const state: FrontPanelState = { ...before, button };
  if (action === 'endMonitors') return block(state, now);
  const isOver = state.blockedUntil !== null && state.blockedUntil <= now;
  return isOver
    ? { state: { ...state, blockedUntil: null }, action, closures: [{ type: 'reopened', closure: 'endedByButton' }] }
    : { state, action, closures: [] };
}

function buttonStep(button: ButtonState, event: ButtonEvent, now: Instant): ButtonOutcome {
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
  const failedUntil = state.backup?.stage === 'failed' ? state.backup.until : undefined;
  return earliest([nextButtonDeadline(state.button, now), state.blockedUntil, failedUntil]);
}
