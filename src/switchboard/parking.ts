import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { releasing, withCall } from './calls.js';
import type { ParkingPlace } from './feature-codes.js';
import { recalled } from './recall.js';
import type { ParkedCall, Party, RingingCall, SwitchboardOutcome, SwitchboardState, TalkingCall } from './state.js';

/** After so long the telephone that parked the call rings, in milliseconds: nobody is to wait for somebody who has forgotten them. */
const patienceMs = 120_000;

/** The call that waits at this place, or comes back from it at the moment. */
export function parkedAt({ calls }: SwitchboardState, place: ParkingPlace): ParkedCall | RingingCall | undefined {
  return [...calls.values()]
    .filter((call) => call.kind !== 'talking')
    .find((call) => (call.kind === 'parked' ? call.place : call.transfer?.place) === place);
}

/** The other end waits at the place, and the one on `leg`, who parks it, leaves. */
export function parked(
  state: SwitchboardState,
  call: TalkingCall,
  { who, by, leg }: { readonly who: Party; readonly by: ExtensionNumber; readonly leg: LegId },
  place: ParkingPlace,
  now: Instant,
): SwitchboardOutcome {
  const waits = waiting({ ...call, caller: who }, by, place, now);
  return {
    state: releasing(withCall(state, waits), [leg], 'normal'),
    notes: [{ type: 'callParked', call: call.id, by, place }],
    signals: [{ kind: 'reportTransfer', leg, progress: 'done' }],
  };
}

/** The telephone that parked the call rings; where it cannot, the call waits on. */
export function recalledFromParking(state: SwitchboardState, call: ParkedCall, now: Instant): SwitchboardOutcome {
  const { caller: who, by, place } = call;
  const { back, notes } = recalled(state, { call, who, by, place }, now);
  return back ?? { state: withCall(state, { ...call, until: now + patienceMs }), notes, signals: [] };
}

/** A call that has come back from its place, and that nobody has answered, waits there again. Undefined for any other. */
export function parkedAgain(state: SwitchboardState, call: RingingCall, now: Instant): SwitchboardOutcome | undefined {
  if (call.transfer === null || call.transfer.place === null) return undefined;
  const { by, place } = call.transfer;
  return {
    state: withCall(state, waiting(call, by, place, now)),
    notes: [{ type: 'callParked', call: call.id, by, place }],
    signals: [],
  };
}

const waiting = (
  { id, caller, route, startedAt }: Pick<ParkedCall, 'id' | 'caller' | 'route' | 'startedAt'>,
  by: ExtensionNumber,
  place: ParkingPlace,
  now: Instant,
): ParkedCall => ({ kind: 'parked', id, route, startedAt, caller, place, by, until: now + patienceMs });
