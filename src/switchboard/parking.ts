import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { historyOf, releasing, withCall } from './calls.js';
import { isEmergencyCall } from './emergency-call.js';
import type { ParkingPlace } from './feature-codes.js';
import { parkingPlaces } from './feature-codes.js';
import type { Recall } from './recall.js';
import { recalled } from './recall.js';
import type { ReleaseCause } from './release-cause.js';
import type {
  Call,
  ParkedCall,
  Parking,
  Party,
  RingingCall,
  SwitchboardOutcome,
  SwitchboardState,
  TalkingCall,
} from './state.js';

/** After so long the telephone that parked the call rings, in milliseconds: nobody is to wait for somebody who has forgotten them. */
const patienceMs = 120_000;

/** The same where it was busy just now. */
const busyMs = 30_000;

/** Whoever has waited for so long is let go, in milliseconds: nobody is left in the house, and a machine would keep a channel of the trunk for ever. */
const longestMs = 900_000;

/** The call that waits at this place, or comes back from it at the moment. */
export function parkedAt({ calls }: SwitchboardState, place: ParkingPlace): ParkedCall | RingingCall | undefined {
  return [...calls.values()]
    .filter((call) => call.kind !== 'talking')
    .find((call) => (call.kind === 'parked' ? call.place : call.transfer?.parking?.place) === place);
}

/** The other end waits at the place, and the one on `leg`, who parks it, leaves. */
export function parked(
  state: SwitchboardState,
  call: TalkingCall,
  { who, by, leg }: { readonly who: Party; readonly by: ExtensionNumber; readonly leg: LegId },
  place: ParkingPlace,
  now: Instant,
): SwitchboardOutcome {
  const waits = waiting({ ...call, caller: who }, by, { place, since: now }, now + patienceMs);
  return {
    state: releasing(withCall(state, waits), [leg], 'normal'),
    notes: [{ type: 'callParked', call: call.id, by, place }],
    signals: [{ kind: 'reportTransfer', leg, progress: 'done' }],
  };
}

/** The telephone that parked the call rings; where it cannot, the call waits on. `back` is undefined for who has waited long enough. */
export function recalledFromParking(state: SwitchboardState, call: ParkedCall, now: Instant): Recall {
  const { caller: who, by, place, since } = call;
  const { back, notes } = recalled(state, { call, who, by, parking: { place, since } }, now);
  if (back || isLetGo(state, call, call, now)) return { back, notes };
  return { back: { state: withCall(state, { ...call, until: now + patienceMs }), notes, signals: [] }, notes: [] };
}

/**
 * Somebody who has come back, and whom nobody has answered, waits again: at their place, or at any that is free if they come from a
 * transfer and the transferor is busy. Undefined for any other, and for who has waited long enough.
 */
export function parkedAgain(
  state: SwitchboardState,
  call: RingingCall,
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome | undefined {
  if (call.transfer?.way !== 'back') return undefined;
  const { by } = call.transfer;
  const isBusy = cause === 'busy';
  const parking = call.transfer.parking ?? (isBusy ? freeParking(state, now) : undefined);
  if (parking === undefined || isLetGo(state, call, parking, now)) return undefined;
  return {
    state: withCall(state, waiting(call, by, parking, now + (isBusy ? busyMs : patienceMs))),
    notes: [{ type: 'callParked', call: call.id, by, place: parking.place }],
    signals: [],
  };
}

/** A call to the emergency services goes on whatever happens. */
const isLetGo = ({ directory }: SwitchboardState, call: Call, { since }: Parking, now: Instant): boolean =>
  since + longestMs <= now && !isEmergencyCall(directory.country, call);

function freeParking(state: SwitchboardState, now: Instant): Parking | undefined {
  const place = parkingPlaces.find((each) => !parkedAt(state, each));
  return place && { place, since: now };
}

const waiting = (
  call: Pick<Call, 'id' | 'caller' | 'route' | 'startedAt' | 'connectedAt'>,
  by: ExtensionNumber,
  { place, since }: Parking,
  until: Instant,
): ParkedCall => {
  const { caller, route } = call;
  return { kind: 'parked', ...historyOf(call), caller, route, place, since, by, until };
};
