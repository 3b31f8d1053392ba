import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { releasing, withCall } from './calls.js';
import type { ParkingPlace } from './feature-codes.js';
import { forwardNotes } from './forwarding.js';
import { placeCall } from './ringing.js';
import type { ParkedCall, Party, SwitchboardOutcome, SwitchboardState, TalkingCall } from './state.js';

/** After so long the telephone that parked the call rings, in milliseconds: nobody is to wait for somebody who has forgotten them. */
const patienceMs = 120_000;

/** The call that waits at this place. */
export function parkedAt(state: SwitchboardState, place: ParkingPlace): ParkedCall | undefined {
  const waiting = [...state.calls.values()].filter((call) => call.kind === 'parked');
  return waiting.find((call) => call.place === place);
}

/** The other end waits at the place, and the one on `leg`, who parks it, leaves. */
export function parked(
  state: SwitchboardState,
  call: TalkingCall,
  { who, by, leg }: { readonly who: Party; readonly by: ExtensionNumber; readonly leg: LegId },
  place: ParkingPlace,
  now: Instant,
): SwitchboardOutcome {
  const { id, route, startedAt } = call;
  const waits: ParkedCall = { kind: 'parked', id, route, startedAt, caller: who, place, by, until: now + patienceMs };
  return {
    state: releasing(withCall(state, waits), [leg], 'normal'),
    notes: [{ type: 'callParked', call: id, by, place }],
    signals: [{ kind: 'reportTransfer', leg, progress: 'done' }],
  };
}

/** The telephone that parked the call rings; where it cannot, the call waits on. */
export function recalledFromParking(state: SwitchboardState, call: ParkedCall, now: Instant): SwitchboardOutcome {
  const { id, caller, route, startedAt, by } = call;
  const placed = placeCall(state, caller, { kind: 'extension', number: by }, now);
  if (placed.kind !== 'call')
    return { state: withCall(state, { ...call, until: now + patienceMs }), notes: [], signals: [] };
  const back = { ...placed.call, id, route, startedAt, transfer: { by, way: 'back', before: null } } as const;
  return {
    state: withCall(placed.state, back),
    notes: [{ type: 'transferRecalled', call: id, to: by }, ...forwardNotes(id, placed.forwards)],
    signals: [],
  };
}
