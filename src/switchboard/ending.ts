import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { legsOf, releasing, withoutCall } from './calls.js';
import { isEmergencyCall } from './emergency-call.js';
import type { HangUpEvent } from './events.js';
import type { ReleaseCause } from './release-cause.js';
import type { Call, SwitchboardOutcome, SwitchboardState } from './state.js';
import { failureReport } from './transfer.js';

/** The cause with which the call ends for the remaining parties. */
export function endOf(call: Call, cause: ReleaseCause): ReleaseCause {
  if (cause === 'peerSilent') return cause;
  return call.kind === 'ringing' ? 'cancelled' : 'normal';
}

/** Ends a call and releases these legs. */
export function endCall(
  state: SwitchboardState,
  call: Call,
  legs: readonly LegId[],
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome {
  const talkedMs = call.kind === 'talking' ? Math.round(now - call.answeredAt) : 0;
  const left = withoutCall(state, call.id);
  return {
    // For the other end, a lost peer is an ordinary end.
    state: releasing(left, legs, cause === 'peerSilent' ? 'normal' : cause),
    notes: [{ type: 'callEnded', call: call.id, cause, talkedMs }],
    signals: call.kind === 'ringing' ? failureReport(call, cause) : [],
  };
}

/** Somebody who may has ended the call from outside. Undefined where it cannot be ended so: a call to the emergency services goes on whatever happens. */
export function hungUp(
  state: SwitchboardState,
  { call: id, by }: HangUpEvent,
  now: Instant,
): SwitchboardOutcome | undefined {
  const call = state.calls.get(id);
  if (!call || isEmergencyCall(state.directory.country, call)) return undefined;
  const ended = endCall(state, call, legsOf(call), endOf(call, 'normal'), now);
  return { ...ended, notes: [{ type: 'callHungUp', call: id, by }, ...ended.notes] };
}
