import type { CallId, ExtensionNumber } from '../../primitives/ids.js';
import type { CallRoute } from '../dial-plan.js';
import { ownNumber, routeInside } from '../dial-plan.js';
import type { Directory } from '../directory.js';
import { leadsToEmergency } from '../numbering.js';
import { isPrivatelyDialled } from '../private-calls.js';
import type { ReleaseCause } from '../release-cause.js';
import type { Call, Party } from '../state.js';
import type { Handlings } from './call-handling.js';
import { handlingOf } from './call-handling.js';

/** Longer chains of extensions that send the caller on are a mistake. */
const mostHops = 5;

/** So many calls of the same caller are forwarded to one number outside at a time until somebody answers there. */
const mostAlike = 3;

/** The same for all callers together who withhold their numbers even from the box; only three of them, while it rings for none. */
const mostUnknown = 6;

/** How a caller came to the extension that sends them on. */
export interface Way {
  readonly caller: Party;
  /** The extensions that have sent the caller on: they are not rung again. */
  readonly forwardedBy: readonly ExtensionNumber[];
  /** How many of them one after the other. */
  readonly hops: number;
}

export interface ForwardRefused {
  readonly cause: ReleaseCause;
  /** Whether the caller has gone in a circle, or through too many extensions. */
  readonly isEndless: boolean;
}

const refused = (cause: ReleaseCause, isEndless = false): ForwardRefused => ({ cause, isEndless });

/**
 * Where an extension, or a group that overflows, sends its callers by this number, which can be dialled in the house. Only a person may dial a code or start an
 * emergency call: no forwarding may turn another call into one.
 */
export function forwardTarget(
  directory: Directory,
  by: ExtensionNumber | null,
  number: string,
): CallRoute | ForwardRefused {
  if (isPrivatelyDialled(directory, number)) return refused('forbidden');
  const target = routeInside(directory, number);
  if (target.kind === 'none') return refused(target.cause);
  if (target.kind === 'service' || target.kind === 'feature' || target.kind === 'emergency')
    return refused('forbidden');
  if (target.kind === 'trunk' && leadsToEmergency(directory.country, target.number)) return refused('forbidden');
  const isBack = by === null ? overflowsBack(directory, target, number) : onlyExtension(directory, target) === by;
  return isBack ? refused('forbidden', true) : target;
}

/** Whether the number leads out and in again, to a group that overflows to it. */
function overflowsBack(directory: Directory, to: CallRoute, number: string): boolean {
  const own = to.kind === 'trunk' ? ownNumber(directory, to.number) : undefined;
  return own?.kind === 'group' && directory.groups.get(own.group)?.overflow?.to === number;
}

/** The same for a caller who has come this way: not back to themselves, nor in a circle, nor for ever. */
export function onwardTarget(
  directory: Directory,
  { caller, forwardedBy, hops }: Way,
  by: ExtensionNumber | null,
  number: string,
): CallRoute | ForwardRefused {
  if (hops >= mostHops) return refused('forbidden', true);
  const target = forwardTarget(directory, by, number);
  const reached = onlyExtension(directory, target);
  if (reached === null) return target;
  if (forwardedBy.includes(reached)) return refused('forbidden', true);
  const isCaller = caller.line.kind === 'extension' && caller.line.number === reached;
  return isCaller ? refused('forbidden') : target;
}

/**
 * Whether so many calls of the same caller ring outside at this number already that it probably brings them in again: as a number of the
 * box's own that it does not know, or forwarded by the provider. Each round would take two channels, until none is free. Callers without
 * any number are alike only as long as the number has not rung for them: what goes round never rings.
 */
export function comesRound(calls: ReadonlyMap<CallId, Call>, { caller, hops }: Way, number: string): boolean {
  if (hops === 0) return false;
  const alike = [...calls.values()].flatMap((call) =>
    call.kind === 'ringing' && numberOf(call.caller) === numberOf(caller)
      ? call.branches.filter(({ to }) => to.kind === 'trunk' && to.number === number)
      : [],
  );
  if (numberOf(caller) !== '') return alike.length >= mostAlike;
  const unheard = alike.filter(({ progress }) => progress === 'trying');
  return unheard.length >= mostAlike || alike.length >= mostUnknown;
}

/** Also of a caller who withholds it, where the provider tells it. */
const numberOf = ({ number, known }: Party): string => known[0] ?? number;

/** Whether an extension that always forwards to this route would get its own callers back, by whatever others forward always. */
export function comesBack(handlings: Handlings, directory: Directory, by: ExtensionNumber, to: CallRoute): boolean {
  const passed = new Set([by]);
  let next = onlyExtension(directory, to);
  while (next !== null) {
    if (passed.has(next)) return true;
    passed.add(next);
    const { always } = handlingOf(handlings, next);
    next = always === null ? null : onlyExtension(directory, forwardTarget(directory, next, always));
  }
  return false;
}

/** The one extension that a route leads to, even if by a number of its own outside, over which the call would come in again. */
function onlyExtension(directory: Directory, to: CallRoute | ForwardRefused): ExtensionNumber | null {
  if ('cause' in to) return null;
  const inside = to.kind === 'trunk' ? ownNumber(directory, to.number) : to;
  return inside?.kind === 'extension' ? inside.number : null;
}
