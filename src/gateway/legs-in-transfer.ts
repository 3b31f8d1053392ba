import type { LegId } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { SwitchboardState } from '../switchboard/state.js';
import { transferor } from '../switchboard/state.js';

/** The legs of transferees and transferors whose call is interrupted until the target answers. */
export const legsInTransfer = remembered(({ calls }: SwitchboardState): ReadonlySet<LegId> => {
  const waiting = new Set<LegId>();
  for (const call of calls.values()) {
    if (call.kind !== 'ringing' || call.transfer === null) continue;
    for (const { leg } of [call.caller, transferor(call) ?? []].flat()) waiting.add(leg);
  }
  return waiting;
});
