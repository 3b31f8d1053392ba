import type { TrunkId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { legsOf, withCall } from './calls.js';
import { isEmergencyCall } from './emergency-call.js';
import { endCall, endOf } from './ending.js';
import type { ReleaseCause } from './release-cause.js';
import { overTrunk } from './ringing.js';
import type { Call, RingingCall, SwitchboardOutcome, SwitchboardState } from './state.js';
import { parties } from './state.js';

interface InTheWay {
  readonly call: Call;
  readonly trunk: TrunkId;
}

/**
 * An emergency call that found no room on any trunk, over one of which another call gives way: one that still rings, or else the one begun
 * last. Where there is none, a line may ring for nobody here, and is freed. Undefined where that would not help. Once is enough: what a
 * provider refuses then is not for want of room.
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
  const trunk = inTheWay?.trunk ?? lineIn(state, route.trunks);
  if (trunk === undefined) return undefined;
  const freed = inTheWay ? given(state, inTheWay, call, now) : { state, notes: [], signals: [] };
  const to = { kind: 'trunk', trunk, number: route.number, frees: true } as const;
  const { state: after, call: goesOn } = overTrunk(freed.state, { ...call, failures }, to, now);
  return { ...freed, state: withCall(after, goesOn) };
}

function given(state: SwitchboardState, { call, trunk }: InTheWay, to: Call, now: Instant): SwitchboardOutcome {
  const ended = endCall(state, call, legsOf(call), endOf(call, 'normal'), now);
  return { ...ended, notes: [{ type: 'callGaveWay', call: call.id, to: to.id, trunk }, ...ended.notes] };
}

const lineIn = ({ directory, trunksDown }: SwitchboardState, trunks: readonly TrunkId[]): TrunkId | undefined =>
  directory.trunks.find(({ id, isLine }) => isLine && trunks.includes(id) && !trunksDown.has(id))?.id;

function givesWay(state: SwitchboardState, trunks: readonly TrunkId[]): InTheWay | undefined {
  const ordinary = [...state.calls.values()].filter((call) => !isEmergencyCall(state.directory.country, call));
  const [first] = ordinary
    .flatMap((call) => trunksOf(call).flatMap((trunk) => (trunks.includes(trunk) ? [{ call, trunk }] : [])))
    .toSorted(({ call: one }, { call: other }) => talks(one) - talks(other) || other.startedAt - one.startedAt);
  return first;
}

const talks = ({ kind }: Call): number => (kind === 'talking' ? 1 : 0);

/** The trunks that a call has room on which ending it sets free. */
function trunksOf(call: Call): readonly TrunkId[] {
  const lines = call.kind === 'talking' ? parties(call).map(({ line }) => line) : [call.caller.line];
  const dialled =
    call.kind !== 'ringing' ? [] : call.branches.flatMap(({ to }) => (to.kind === 'trunk' ? [to.trunk] : []));
  return [...lines.flatMap((line) => (line.kind === 'trunk' ? [line.trunk] : [])), ...dialled];
}
