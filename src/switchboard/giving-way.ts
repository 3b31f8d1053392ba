import type { TrunkId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { legsOf, withCall } from './calls.js';
import { endCall, endOf, isEmergencyCall } from './ending.js';
import type { ReleaseCause } from './release-cause.js';
import { overTrunk } from './ringing.js';
import type { Call, RingingCall, SwitchboardOutcome, SwitchboardState } from './state.js';
import { parties } from './state.js';

interface InTheWay {
  readonly call: Call;
  readonly trunk: TrunkId;
}

/**
 * An emergency call that found no room on any trunk, over one of which another call gives way: the one begun last. Undefined where
 * that would not help. Once is enough: what a provider refuses then is not for want of room.
 */
export function overFreedTrunk(
  state: SwitchboardState,
  call: RingingCall,
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome | undefined {
  const { route } = call;
  const failures = [...call.failures, cause];
  if (route.kind !== 'emergency' || failures.length !== route.trunks.length || !failures.includes('congestion'))
    return undefined;
  const inTheWay = givesWay(state, route.trunks);
  if (!inTheWay) return undefined;
  const { call: other, trunk } = inTheWay;
  const ended = endCall(state, other, legsOf(other), endOf(other, 'normal'), now);
  const { state: after, call: goesOn } = overTrunk(
    ended.state,
    { ...call, failures },
    { kind: 'trunk', trunk, number: route.number },
    now,
  );
  return {
    ...ended,
    state: withCall(after, goesOn),
    notes: [{ type: 'callGaveWay', call: other.id, to: call.id, trunk }, ...ended.notes],
  };
}

function givesWay(state: SwitchboardState, trunks: readonly TrunkId[]): InTheWay | undefined {
  const ordinary = [...state.calls.values()].filter((call) => !isEmergencyCall(state.directory.country, call));
  return ordinary
    .flatMap((call) => trunksOf(call).flatMap((trunk) => (trunks.includes(trunk) ? [{ call, trunk }] : [])))
    .reduce<InTheWay | undefined>(
      (last, each) => (last && last.call.startedAt >= each.call.startedAt ? last : each),
      undefined,
    );
}

/** The trunks that a call has room on which ending it sets free. A line that rings cannot be kept from it. */
function trunksOf(call: Call): readonly TrunkId[] {
  if (call.kind === 'talking') return parties(call).flatMap(({ line }) => (line.kind === 'trunk' ? [line.trunk] : []));
  return call.branches.flatMap(({ to }) => (to.kind === 'trunk' ? [to.trunk] : []));
}
