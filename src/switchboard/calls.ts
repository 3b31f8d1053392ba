import type { CallId, LegId } from './ids.js';
import type { ReleaseCause } from './release-cause.js';
import type { Call, Party, SwitchboardState } from './state.js';
import { parties } from './state.js';

export function callOn(state: SwitchboardState, leg: LegId): Call | undefined {
  return [...state.calls.values()].find((call) => legsOf(call).includes(leg));
}

export function legsOf(call: Call): readonly LegId[] {
  return call.kind === 'talking'
    ? parties(call).map((party) => party.leg)
    : [call.caller.leg, ...call.branches.map((branch) => branch.leg)];
}

export function withCall(state: SwitchboardState, call: Call): SwitchboardState {
  return { ...state, calls: new Map(state.calls).set(call.id, call), nextCall: Math.max(state.nextCall, call.id + 1) };
}

export function withoutCall(state: SwitchboardState, id: CallId): SwitchboardState {
  return { ...state, calls: withoutKey(state.calls, id) };
}

/** The call with another party in the place of the one on `leg`. */
export function replaceParty<C extends Call>(call: C, leg: LegId, party: Party): C {
  return call.caller.leg === leg || call.kind === 'ringing' ? { ...call, caller: party } : { ...call, callee: party };
}

/** The legs are to end; they belong to no call any more. */
export function releasing(state: SwitchboardState, legs: readonly LegId[], cause: ReleaseCause): SwitchboardState {
  return { ...state, releasing: new Map([...state.releasing, ...legs.map((leg) => [leg, cause] as const)]) };
}

export function withoutKey<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return new Map([...map].filter(([other]) => other !== key));
}
