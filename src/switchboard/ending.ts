import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { endedNote, legsOf, releasing, withoutCall } from './calls.js';
import { isEmergencyCall } from './emergency-call.js';
import type { HangUpEvent } from './events.js';
import type { ReleaseCause } from './release-cause.js';
import type { Call, SwitchboardOutcome, SwitchboardState } from './state.js';
import { failureReport } from './transfer.js';

/** The cause with which the call ends, one of whose parties is gone. */
export function endOf(call: Call, cause: ReleaseCause): ReleaseCause {
  if (isLoss(call, cause)) return cause;
  return call.kind === 'ringing' ? 'cancelled' : 'normal';
}

/** Whether a party did not leave, but was lost: nobody hangs up by a line that breaks. */
const isLoss = ({ kind }: Call, cause: ReleaseCause): boolean =>
  cause === 'peerSilent' || (cause === 'failure' && kind !== 'ringing');

/** Ends a call and releases these legs. */
export function endCall(
  state: SwitchboardState,
  call: Call,
  legs: readonly LegId[],
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome {
  const left = withoutCall(state, call.id);
  return {
    // For the other end, a lost peer is an ordinary end.
    state: releasing(left, legs, isLoss(call, cause) ? 'normal' : cause),
    notes: [endedNote(call, cause, now)],
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
