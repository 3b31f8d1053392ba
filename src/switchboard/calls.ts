import type { CallId, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { ReleaseCause } from './release-cause.js';
import type { Call, CallNote, Party, SwitchboardState } from './state.js';
import { parties, transferor } from './state.js';

export function callOn(state: SwitchboardState, leg: LegId): Call | undefined {
  return [...state.calls.values()].find((call) => legsOf(call).includes(leg));
}

export function legsOf(call: Call): readonly LegId[] {
  if (call.kind === 'talking') return parties(call).map((party) => party.leg);
  if (call.kind === 'parked') return [call.caller.leg];
  const transferring = transferor(call);
  return [call.caller, ...call.branches, ...(transferring ? [transferring] : [])].map(({ leg }) => leg);
}

export function withCall(state: SwitchboardState, call: Call): SwitchboardState {
  return { ...state, calls: new Map(state.calls).set(call.id, call), nextCall: Math.max(state.nextCall, call.id + 1) };
}

export function withoutCall(state: SwitchboardState, id: CallId): SwitchboardState {
  return { ...state, calls: withoutKey(state.calls, id) };
}

/** The call with another party in place of the one on `leg`; a transferor is a party of the conversation before. */
export function replaceParty<C extends Call>(call: C, leg: LegId, party: Party): C {
  if (call.caller.leg === leg) return { ...call, caller: party };
  if (call.kind === 'talking') return { ...call, callee: party };
  if (call.kind === 'parked') return call;
  const { transfer } = call;
  return transfer?.before
    ? { ...call, transfer: { ...transfer, before: replaceParty(transfer.before, leg, party) } }
    : call;
}

/** The legs are to end, and no longer belong to a call. */
export function releasing(state: SwitchboardState, legs: readonly LegId[], cause: ReleaseCause): SwitchboardState {
  return { ...state, releasing: new Map([...state.releasing, ...legs.map((leg) => [leg, cause] as const)]) };
}

export function withoutKey<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return new Map([...map].filter(([other]) => other !== key));
}

/** What is noted of a call that ends. */
export const endedNote = (call: Call, cause: ReleaseCause, now: Instant): CallNote => ({
  type: 'callEnded',
  call: call.id,
  cause,
  talkedMs: talkedMs(call, now),
});

/** For how long the caller has been connected. */
export const talkedMs = ({ connectedAt }: Pick<Call, 'connectedAt'>, now: Instant): number =>
  connectedAt === null ? 0 : Math.round(now - connectedAt);

/** What a call keeps, wherever its caller is sent. */
export const historyOf = ({ id, startedAt, connectedAt }: Pick<Call, 'id' | 'startedAt' | 'connectedAt'>) => ({
  id,
  startedAt,
  connectedAt,
});
