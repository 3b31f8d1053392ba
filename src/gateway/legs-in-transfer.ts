import type { LegId } from '../primitives/ids.js';
import type { SwitchboardState } from '../switchboard/state.js';
import { transferor } from '../switchboard/state.js';

/** The legs of transferees and transferors whose call is interrupted until the target answers. */
export function legsInTransfer({ calls }: SwitchboardState): ReadonlySet<LegId> {
  const waiting = [...calls.values()].flatMap((call) =>
    call.kind === 'ringing' && call.transfer !== null ? [call.caller, transferor(call) ?? []].flat() : [],
  );
  return new Set(waiting.map(({ leg }) => leg));
}
