import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { callOn, withCall } from './calls.js';
import type { CallRoute } from './dial-plan.js';
import { route } from './dial-plan.js';
import type { LegEvent } from './events.js';
import type { Destination } from './leg-commands.js';
import type { ReleaseCause } from './release-cause.js';
import { branchesTo } from './ringing.js';
import type { Branch, RingingCall, SwitchboardOutcome, SwitchboardState } from './state.js';

/** Longer chains of forwarding phones are a mistake. */
const mostHops = 5;

type Redirected = Extract<LegEvent, { type: 'redirected' }>;

interface ForwardingRefused {
  readonly cause: ReleaseCause;
}

/** A phone's branch of a ringing call. */
interface Forwarding {
  readonly call: RingingCall;
  readonly branch: Branch;
  readonly by: ExtensionNumber;
}

/**
 * A phone has forwarded its caller to another number (302), which rings in its place as if the phone had dialled it. A number that the
 * phone may not dial, or that would lead in a circle, is only noted; the leg then ends like that of a phone that cannot be reached.
 * Only our own phones may forward: a provider reports progress, and does not choose whom we call.
 */
export function redirected(state: SwitchboardState, event: Redirected, now: Instant): SwitchboardOutcome {
  const forwarding = forwardingOn(state, event.leg);
  if (!forwarding) return { state, notes: [], signals: [] };
  const { call, by } = forwarding;
  const to = event.number ?? '';
  const onward = followed(state, forwarding, event.number, now);
  return 'cause' in onward
    ? { state, notes: [{ type: 'forwardRefused', call: call.id, by, to, cause: onward.cause }], signals: [] }
    : { state: onward, notes: [{ type: 'callForwarded', call: call.id, by, to }], signals: [] };
}

function followed(
  state: SwitchboardState,
  forwarding: Forwarding,
  number: string | null,
  now: Instant,
): SwitchboardState | ForwardingRefused {
  const { call, branch, by } = forwarding;
  const target = targetOf(state, forwarding, number);
  if ('cause' in target) return target;
  const placed = branchesTo(state, call.caller, target, now);
  const forwardedBy = [...call.forwardedBy, by];
  const added = placed.branches.filter(({ to }) => isNew(to, call, forwardedBy));
  if (added.length === 0) return { cause: 'unavailable' };
  const onward: RingingCall = {
    ...call,
    branches: [
      ...call.branches.filter(({ leg }) => leg !== branch.leg),
      ...added.map((next) => ({ ...next, hops: branch.hops + 1 })),
    ],
    forwardedBy,
    untried: placed.untried,
    until: Math.max(call.until, placed.until),
  };
  return withCall(placed.state, onward);
}

/** Whether this phone neither rings already nor belongs to somebody who has forwarded the caller. */
function isNew(to: Destination, call: RingingCall, forwardedBy: readonly ExtensionNumber[]): boolean {
  if (to.kind === 'trunk') return true;
  const rings = call.branches.some((other) => other.to.kind === 'contact' && other.to.contact === to.contact);
  return !rings && !forwardedBy.includes(to.extension);
}

function forwardingOn(state: SwitchboardState, leg: LegId): Forwarding | undefined {
  const call = callOn(state, leg);
  const branch = call?.kind === 'ringing' ? call.branches.find((candidate) => candidate.leg === leg) : undefined;
  if (call?.kind !== 'ringing' || branch?.to.kind !== 'contact') return undefined;
  return { call, branch, by: branch.to.extension };
}

function targetOf(
  state: SwitchboardState,
  { call, branch, by }: Forwarding,
  number: string | null,
): CallRoute | ForwardingRefused {
  if (number === null || branch.hops >= mostHops) return { cause: 'forbidden' };
  const target = route(state.directory, { kind: 'extension', number: by }, number);
  if (target.kind === 'none') return { cause: target.cause };
  // Only a person may dial a code or start an emergency call; a phone must not turn another call into one.
  if (target.kind === 'service' || target.kind === 'feature' || target.kind === 'emergency')
    return { cause: 'forbidden' };
  const { line } = call.caller;
  const passed = [...call.forwardedBy, by, ...(line.kind === 'extension' ? [line.number] : [])];
  return target.kind === 'extension' && passed.includes(target.number) ? { cause: 'forbidden' } : target;
}
