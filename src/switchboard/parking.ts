import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { releasing, withCall } from './calls.js';
import type { ParkingPlace } from './feature-codes.js';
import { placeCall } from './ringing.js';
import type { ParkedCall, Party, SwitchboardOutcome, SwitchboardState, TalkingCall } from './state.js';

/** After so long the telephone that parked the call rings, in milliseconds: nobody is to wait for somebody who has forgotten them. */
const patienceMs = 120_000;

/** The call that waits at this place. */
export function parkedAt(state: SwitchboardState, place: ParkingPlace): ParkedCall | undefined {
  return [...state.calls.values()].find((call) => call.kind === 'parked' && call.place === place) as
    | ParkedCall
    | undefined;
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

/** Whoever dials the place talks to the one who waits there. */
export function retrieved(state: SwitchboardState, call: ParkedCall, party: Party, now: Instant): SwitchboardOutcome {
  const { id, caller, route, startedAt } = call;
  const talking: TalkingCall = { kind: 'talking', id, caller, route, startedAt, callee: party, answeredAt: now };
  const afterMs = Math.round(now - startedAt);
  return {
    state: withCall(state, talking),
    notes: [{ type: 'callAnswered', call: id, by: party.number, afterMs }],
    signals: [],
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
    notes: [{ type: 'transferRecalled', call: id, to: by }],
    signals: [],
  };
}
