import { isDigit } from '../../primitives/keys.js';
import type { Instant } from '../../primitives/time.js';
import type { FxsEvent } from '../line-events.js';

/** What the current in the loop has told of a telephone so far. */
export interface HookSwitch {
  readonly isOffHook: boolean;
  /** Whether current flows, and since when. */
  readonly isClosed: boolean;
  readonly since: Instant;
  /** Whether the loop was found open when a dial pulse would have been over. */
  readonly isLong: boolean;
  /** Dial pulses of a digit that has not ended. */
  readonly pulses: number;
}

interface Outcome {
  readonly hook: HookSwitch;
  readonly events: readonly FxsEvent[];
}

/** The times of PROTOCOL.md, 5, in milliseconds, so that a telephone acts alike on every board. */
const shortestPulse = 20;
const shortestFlash = 88;
const onHookAfter = 400;
const offHookAfter = 30;
const digitEndsAfter = 200;
/** While it rings, its alternating current passes the detector: only what outlasts a whole period at 20 Hz is a lifted handset. */
const ringTripAfter = 60;
/** Ten pulses are the digit 0; more are none. */
const mostPulses = 10;

export const restingHook: HookSwitch = { isOffHook: false, isClosed: false, since: 0, isLong: false, pulses: 0 };

/** Current begins or ceases to flow. */
export function loopChanged(hook: HookSwitch, isClosed: boolean, now: Instant): Outcome {
  if (isClosed === hook.isClosed) return { hook, events: [] };
  const changed = { ...hook, isClosed, since: now, isLong: false };
  return isClosed && hook.isOffHook ? closedAgain(changed, hook, now) : { hook: changed, events: [] };
}

/** @param isRinging whether the telephone is rung. @returns when something follows from time alone; undefined if nothing does. */
export function nextDeadline(
  { isOffHook, isClosed, since, isLong, pulses }: HookSwitch,
  isRinging: boolean,
): Instant | undefined {
  if (isOffHook && !isClosed) return since + (isLong ? onHookAfter : shortestFlash);
  if (isOffHook) return pulses > 0 ? since + digitEndsAfter : undefined;
  return isClosed ? since + (isRinging ? ringTripAfter : offHookAfter) : undefined;
}

/** Time has passed, and the loop is as it was. */
export function timePassed(hook: HookSwitch, now: Instant, isRinging: boolean): Outcome {
  const due = nextDeadline(hook, isRinging);
  if (due === undefined || now < due) return { hook, events: [] };
  if (hook.isOffHook && !hook.isClosed && !hook.isLong) return { hook: { ...hook, isLong: true }, events: [] };
  const rested = { ...hook, isLong: false, pulses: 0 };
  if (!hook.isOffHook) return { hook: { ...rested, isOffHook: true }, events: [{ type: 'offHook' }] };
  if (!hook.isClosed) return { hook: { ...rested, isOffHook: false }, events: [{ type: 'onHook' }] };
  return { hook: rested, events: dialled(hook.pulses) };
}

/**
 * The loop of a lifted telephone was open. Whether that was a pulse is decided by how the loop was found when a pulse would have been over,
 * not by a clock: a program that stood still meanwhile would take a pulse for a flash.
 */
function closedAgain(hook: HookSwitch, before: HookSwitch, now: Instant): Outcome {
  if (before.isLong) return { hook, events: [{ type: 'flash' }] };
  return { hook: now - before.since < shortestPulse ? hook : { ...hook, pulses: hook.pulses + 1 }, events: [] };
}

function dialled(pulses: number): readonly FxsEvent[] {
  const digit = String(pulses % mostPulses);
  return pulses <= mostPulses && isDigit(digit) ? [{ type: 'digit', digit, how: 'pulse' }] : [];
}
