import { earliest, type Instant } from '../primitives/time.js';
import { releasing } from './calls.js';
import type { SentOn } from './handling/forwarding.js';
import { sentOn } from './handling/forwarding.js';
import { nextInTurn, phonesOf, rung } from './reach.js';
import type { Hunt, RingingCall, SwitchboardState } from './state.js';

/** When the call of a group goes on to its next member, or overflows. */
export const groupDeadline = ({ hunt }: RingingCall): Instant | undefined =>
  hunt ? earliest([hunt.turnEnds, hunt.overflow?.at]) : undefined;

/**
 * The call of a group that goes on: over to its overflow number once it is time for that or nobody is left to be rung, else to the next
 * member whose turn it is, or to a group to which a member has sent the caller. Undefined where it goes on as it is. `isOver`: nothing else that rings is waited for.
 */
export function groupGoesOn(
  state: SwitchboardState,
  call: RingingCall,
  isOver: boolean,
  now: Instant,
): SentOn | undefined {
  const { hunt } = call;
  if (!hunt) return undefined;
  const isOverdue = hunt.overflow !== null && hunt.overflow.at <= now;
  const turnIsOver = hunt.turnEnds !== null && hunt.turnEnds <= now;
  if (isOverdue) return overflowed(state, call, hunt, now);
  if (!isOver && !turnIsOver) return undefined;
  const next =
    nextMember(state, call, hunt, now) ?? overflowed(state, call, hunt, now) ?? followed(state, call, hunt, now);
  return next ?? (isOver ? undefined : ringsOn(state, call, hunt));
}

/** Nobody's turn follows, and the call goes nowhere else: whoever rings is waited for as at any telephone. */
const ringsOn = (state: SwitchboardState, call: RingingCall, hunt: Hunt): SentOn => ({
  state,
  call: { ...call, hunt: { ...hunt, turnEnds: null } },
  notes: [],
});

/** The next member of the group who has a phone rings in place of the one before. */
function nextMember(state: SwitchboardState, call: RingingCall, hunt: Hunt, now: Instant): SentOn | undefined {
  if (hunt.turnEnds === null) return undefined;
  const way = { caller: call.caller, forwardedBy: call.forwardedBy, hops: hunt.hops };
  const { ring, waiting } = nextInTurn(state, way, hunt);
  const { branches, cause, ...rang } = rung(state, way, phonesOf(state, ring), now);
  if (cause !== null) return undefined;
  const turnEnds = now + hunt.memberMs;
  return {
    state: silenced(rang.state, call, { branches }),
    call: { ...call, branches, hunt: { ...hunt, waiting, turnEnds }, until: Math.max(call.until, turnEnds) },
    notes: [],
  };
}

/** The call goes on in the group to which a member's phone has sent the caller. */
const followed = (state: SwitchboardState, call: RingingCall, { next }: Hunt, now: Instant): SentOn | undefined =>
  next ? groupGoesOn(state, { ...call, hunt: next }, true, now) : undefined;

/** The caller goes on to the number that the group has for it. Where that cannot be, the phones ring on, and it is not tried again. */
function overflowed(state: SwitchboardState, call: RingingCall, hunt: Hunt, now: Instant): SentOn | undefined {
  const { overflow, hops, name } = hunt;
  if (!overflow) return undefined;
  const { to } = overflow;
  const own = call.branches.map(({ leg }) => leg);
  const sent = sentOn(state, { ...call, hunt: null }, { by: null, name, hops, legs: own }, to, now);
  if (!sent.call) return { state, call: { ...call, hunt: { ...hunt, overflow: null } }, notes: sent.notes };
  return { ...sent, state: silenced(sent.state, call, sent.call) };
}

/** The phones that ring no more are told so. */
function silenced(
  state: SwitchboardState,
  before: Pick<RingingCall, 'branches'>,
  after: Pick<RingingCall, 'branches'>,
): SwitchboardState {
  const ringing = new Set(after.branches.map(({ leg }) => leg));
  const legs = before.branches.flatMap(({ leg }) => (ringing.has(leg) ? [] : [leg]));
  return releasing(state, legs, 'noAnswer');
}
