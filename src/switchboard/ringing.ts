import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { callId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { releasing } from './calls.js';
import type { CallRoute } from './dial-plan.js';
import { busyElsewhere, phoneFailed } from './handling/handled-call.js';
import type { Destination } from './leg-commands.js';
import type { Forwarded, Reached } from './reach.js';
import { newBranch, outsideRingMs, reach, reachPhones } from './reach.js';
import type { ReleaseCause } from './release-cause.js';
import { weightiest } from './release-cause.js';
import { groupGoesOn } from './ring-group.js';
import type { Branch, CallNote, Party, RingingCall, SwitchboardState } from './state.js';

/** In milliseconds. */
const patienceMs = {
  /** By then an INVITE has been sent four times (RFC 3261, 17.1.1.2). */
  silent: 4_000,
  /** A trunk that has received the call may have to dial it digit by digit on another line. */
  proceedingTrunk: 20_000,
} as const;

export type Placement =
  | {
      readonly kind: 'call';
      readonly state: SwitchboardState;
      readonly call: RingingCall;
      readonly forwards: readonly Forwarded[];
    }
  | { readonly kind: 'refused'; readonly cause: ReleaseCause; readonly forwards: readonly Forwarded[] };

/** Begins to ring the destinations of the route; refused when none can ring. */
export function placeCall(state: SwitchboardState, caller: Party, route: CallRoute, now: Instant): Placement {
  return placed(caller, route, reach(state, { caller, forwardedBy: [], hops: 0 }, route, now), now);
}

/**
 * The same for somebody who comes back to whoever has sent them on or parked them: that person's telephones ring whatever they want of
 * other callers, because it is their own call.
 */
export function placeBack(state: SwitchboardState, caller: Party, by: ExtensionNumber, now: Instant): Placement {
  const route = { kind: 'extension', number: by } as const;
  const own = reachPhones(state, { caller, forwardedBy: [], hops: 0 }, by, now);
  return own.cause === null ? placed(caller, route, own, now) : placeCall(state, caller, route, now);
}

function placed(caller: Party, route: CallRoute, reached: Reached, now: Instant): Placement {
  const { state, branches, until, forwardedBy, hunt, forwards, cause } = reached;
  if (cause !== null) return { kind: 'refused', cause, forwards };
  const call: RingingCall = {
    kind: 'ringing',
    transfer: null,
    id: callId(state.nextCall),
    caller,
    route,
    startedAt: now,
    connectedAt: null,
    failures: [],
    ...{ branches, until, forwardedBy, hunt },
  };
  return { kind: 'call', state, call, forwards };
}

const isOutside = (route: CallRoute): boolean => route.kind === 'trunk' || route.kind === 'emergency';

/** Whoever has picked up the phone on `leg`; undefined when that leg is not one of the call's branches. */
export function calleeOn(state: SwitchboardState, call: RingingCall, leg: LegId): Party | undefined {
  const branch = call.branches.find((candidate) => candidate.leg === leg);
  return branch && calledParty(state, branch);
}

function calledParty(state: SwitchboardState, { leg, to, held, called }: Branch): Party {
  const answering = { ...called, leg, direction: 'outgoing', held, confirmed: true } as const;
  if (to.kind === 'trunk') return { ...answering, line: { kind: 'trunk', trunk: to.trunk } };
  const name = state.directory.extensions.get(to.extension)?.name ?? '';
  return { ...answering, line: { kind: 'extension', number: to.extension }, name };
}

export type BranchOutcome =
  | {
      readonly kind: 'ringsOn';
      readonly state: SwitchboardState;
      readonly call: RingingCall;
      readonly notes: readonly CallNote[];
    }
  | { readonly kind: 'over'; readonly cause: ReleaseCause; readonly notes: readonly CallNote[] };

/** The outcome for a ringing call when one of its branches has ended without an answer. */
export function branchFailed(
  state: SwitchboardState,
  call: RingingCall,
  leg: LegId,
  cause: ReleaseCause,
  now: Instant,
): BranchOutcome {
  const failed = call.branches.find((branch) => branch.leg === leg);
  if (!failed) return { kind: 'ringsOn', state, call, notes: [] };
  const handled = phoneFailed(state, call, failed, cause, now);
  if (handled && !handled.call.branches.some((branch) => branch.leg === leg)) return { kind: 'ringsOn', ...handled };
  const left = handled?.call ?? busyElsewhere(call, failed, cause);
  const alone = cause === 'declined' ? declinedByUser(state, left, failed) : { state, call: left };
  const outcome = withoutBranch(alone.state, alone.call, failed, cause, now);
  const followed = outcome.kind === 'over' ? inGroup(alone.state, alone.call, leg, outcome, now) : outcome;
  return { ...followed, notes: [...(handled?.notes ?? []), ...followed.notes] };
}

/** A phone that declines does so for its whole user (RFC 3261, 21.6): the user's other phones stop. */
function declinedByUser(state: SwitchboardState, call: RingingCall, declining: Branch) {
  const isOther = ({ leg, to }: Branch): boolean => leg !== declining.leg && isPhoneOf(declining.to, to);
  const silenced = call.branches.filter(isOther).map(({ leg }) => leg);
  const branches = call.branches.filter((branch) => !isOther(branch));
  return { state: releasing(state, silenced, 'declined'), call: { ...call, branches } };
}

const isPhoneOf = (one: Destination, other: Destination): boolean =>
  one.kind === 'contact' && other.kind === 'contact' && one.extension === other.extension;

/** When the last phone that rang in a group has ended, the group may go on. */
function inGroup(
  state: SwitchboardState,
  call: RingingCall,
  leg: LegId,
  end: Extract<BranchOutcome, { kind: 'over' }>,
  now: Instant,
): BranchOutcome {
  const branches = call.branches.filter((branch) => branch.leg !== leg);
  const next = groupGoesOn(state, { ...call, branches, failures: [...call.failures, end.cause] }, true, now);
  if (!next) return end;
  if (next.call.branches.length > 0) return { kind: 'ringsOn', ...next };
  // Its overflow leads nowhere; another group may follow.
  const further = inGroup(next.state, next.call, leg, end, now);
  return { ...further, notes: [...next.notes, ...further.notes] };
}

function withoutBranch(
  state: SwitchboardState,
  call: RingingCall,
  failed: Branch,
  cause: ReleaseCause,
  now: Instant,
): BranchOutcome {
  const branches = call.branches.filter(({ leg }) => leg !== failed.leg);
  const failures = [...call.failures, cause];
  // Whoever was called declines also for those to whom their other phones have sent the caller.
  if (cause === 'declined' && isCalled(call, failed)) return over(cause);
  const overNext = overNextTrunk(state, call, failed, cause, now);
  if (overNext) return overNext;
  if (branches.length > 0) {
    const others: RingingCall = { ...call, branches, failures };
    // This failure may shorten the wait for the others to a time that has passed already.
    return patienceEnd(others) <= now
      ? unanswered(state, others, now)
      : { kind: 'ringsOn', state, call: others, notes: [] };
  }
  return over(reported(call.route, failures));
}

const isCalled = ({ route, hunt }: RingingCall, { to }: Branch): boolean =>
  route.kind === 'extension' && to.kind === 'contact' && to.extension === route.number && hunt === null;

const over = (cause: ReleaseCause): BranchOutcome => ({ kind: 'over', cause, notes: [] });

/**
 * When to stop waiting for an answer. An emergency call soon leaves a trunk that says nothing if there is another, and nobody waits
 * long for phones that say nothing while another one is busy: they are still registered, but gone.
 */
export function patienceEnd(call: RingingCall): Instant {
  const ends = call.branches.map((branch) => branchPatience(call, branch) ?? call.until);
  return Math.min(call.until, Math.max(...ends));
}

function branchPatience({ route, failures }: RingingCall, branch: Branch): Instant | undefined {
  if (branch.progress !== 'trying') return undefined;
  if (route.kind === 'emergency' && branch.untried.length > 0)
    return branch.since + (branch.isProceeding ? patienceMs.proceedingTrunk : patienceMs.silent);
  return failures.includes('busy') && !branch.isProceeding ? branch.since + patienceMs.silent : undefined;
}

/** The outcome for a call that nobody has answered in time; an emergency call goes on over the next trunk. */
export function unanswered(state: SwitchboardState, call: RingingCall, now: Instant): BranchOutcome {
  const [last] = call.branches;
  return (
    (last && overNextTrunk(state, call, last, 'noAnswer', now)) ?? over(weightiest([...call.failures, 'noAnswer']))
  );
}

/** The call with this branch over its next trunk; undefined when that would not help, or none is left. */
function overNextTrunk(
  state: SwitchboardState,
  call: RingingCall,
  { leg, to, untried: [next, ...untried], hops }: Branch,
  cause: ReleaseCause,
  now: Instant,
): BranchOutcome | undefined {
  if (next === undefined || to.kind !== 'trunk' || !isWorthAnotherTrunk(call.route, cause)) return undefined;
  const branch: Branch = { ...newBranch(state.nextLeg, { ...to, trunk: next }, now), untried, hops };
  const branches = [...call.branches.filter((other) => other.leg !== leg), branch];
  return {
    kind: 'ringsOn',
    state: { ...state, nextLeg: state.nextLeg + 1 },
    call: { ...call, branches, failures: [...call.failures, cause], until: Math.max(call.until, now + outsideRingMs) },
    notes: [{ type: 'trunkFailed', call: call.id, trunk: to.trunk, cause }],
  };
}

/** The call over this trunk and nowhere else. */
export function overTrunk(
  state: SwitchboardState,
  call: RingingCall,
  to: Extract<Destination, { kind: 'trunk' }>,
  now: Instant,
): { readonly state: SwitchboardState; readonly call: RingingCall } {
  const branch = newBranch(state.nextLeg, to, now);
  return {
    state: { ...state, nextLeg: state.nextLeg + 1 },
    call: { ...call, branches: [branch], until: now + outsideRingMs },
  };
}

/** An emergency call tries the next trunk whatever went wrong: this trunk may be full or barred. */
function isWorthAnotherTrunk(route: CallRoute, cause: ReleaseCause): boolean {
  return cause === 'failure' || cause === 'congestion' || route.kind === 'emergency';
}

/** To the caller, a phone that cannot be reached is simply unavailable. */
function reported(route: CallRoute, failures: readonly ReleaseCause[]): ReleaseCause {
  const cause = weightiest(failures);
  return cause === 'failure' && !isOutside(route) ? 'unavailable' : cause;
}
