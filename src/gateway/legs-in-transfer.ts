import type { LegId } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { SwitchboardState } from '../switchboard/state.js';
import { transferor } from '../switchboard/state.js';

/** The legs of those whose call is interrupted: transferees and transferors until the target answers, and callers who are parked. */
export const legsInTransfer = remembered(({ calls }: SwitchboardState): ReadonlySet<LegId> => {
  const waiting = new Set<LegId>();
  for (const call of calls.values()) {
    if (call.kind === 'parked') waiting.add(call.caller.leg);
    if (call.kind !== 'ringing' || call.transfer === null) continue;
    for (const { leg } of [call.caller, transferor(call) ?? []].flat()) waiting.add(leg);
  }
  return waiting;
});
