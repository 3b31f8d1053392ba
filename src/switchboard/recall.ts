import type { ExtensionNumber } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { historyOf, withCall } from './calls.js';
import type { CallRoute } from './dial-plan.js';
import { forwardNotes } from './handling/forwarding.js';
import { placeBack } from './ringing.js';
import type { Call, CallNote, Parking, Party, RingingCall, SwitchboardOutcome, SwitchboardState } from './state.js';

interface Returning {
  readonly call: Call;
  readonly who: Party;
  /** Where they return to. */
  readonly by: ExtensionNumber;
  /** Where they return from; null where they do from a transfer. */
  readonly parking: Parking | null;
}

/** What comes of that: `back` is undefined where no telephone can be rung, and then `notes` say what was tried. */
export interface Recall {
  readonly back: SwitchboardOutcome | undefined;
  readonly notes: readonly CallNote[];
}

/** The telephones of an extension ring for somebody who returns to it from a transfer or from parking. */
export function recalled(state: SwitchboardState, { call, who, by, parking }: Returning, now: Instant): Recall {
  const placed = placeBack(state, who, by, now);
  const forwards = forwardNotes(call.id, placed.forwards);
  if (placed.kind !== 'call') return { back: undefined, notes: forwards };
  const transfer = { by, way: 'back', before: null, isPrivate: false, parking } as const;
  const back: RingingCall = { ...sameCall(call, placed.call), transfer };
  const notes = [{ type: 'transferRecalled', call: call.id, to: by } as const, ...forwards];
  return { back: { state: withCall(placed.state, back), notes, signals: [] }, notes: [] };
}

/** The caller's call keeps its serial. */
export function sameCall(before: Call, placed: RingingCall): RingingCall {
  return withRoute({ ...placed, ...historyOf(before) }, before.route);
}

/** Once an emergency call, always one: nobody may listen to it, wherever it is transferred. */
export function withRoute<C extends Call>(call: C, before: CallRoute): C {
  return before.kind === 'emergency' ? { ...call, route: before } : call;
}
