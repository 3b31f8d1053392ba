import type { ExtensionNumber, GroupId, TrunkId } from '../primitives/ids.js';
import { legId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { CallRoute } from './dial-plan.js';
import type { Group, RingStrategy } from './directory.js';
import { handlingOf, wantsGroupCalls } from './handling/call-handling.js';
import type { Way } from './handling/forward-target.js';
import { comesRound, onwardTarget } from './handling/forward-target.js';
import { calledIdentity } from './identified.js';
import { longestIdle } from './idle-time.js';
import type { Destination } from './leg-commands.js';
import type { ReleaseCause } from './release-cause.js';
import type { Branch, Hunt, RingingCall, SwitchboardState } from './state.js';

/** Providers play announcements before they answer: outside calls ring longer than the phones of the house, in milliseconds. */
export const outsideRingMs = 180_000;

/** An extension or a group that has sent the caller on; with a cause, nothing came of it. */
export interface Forwarded {
  readonly by: string;
  readonly to: string;
  readonly cause: ReleaseCause | null;
}

/** What a route leads a caller to. */
export interface Reached extends Pick<RingingCall, 'branches' | 'until' | 'forwardedBy' | 'hunt'> {
  readonly state: SwitchboardState;
  /** In this order, on the way there. */
  readonly forwards: readonly Forwarded[];
  /** Why nothing rings; null where something does. */
  readonly cause: ReleaseCause | null;
  /** Whether that is the end, so that whoever has sent the caller here is not rung in place of it. */
  readonly isFinal: boolean;
}

type OutsideRoute = Extract<CallRoute, { kind: 'trunk' | 'emergency' }>;

/** The destinations of the route, each on a leg of its own, after what the extensions that it leads to want to happen with their calls. */
export function reach(state: SwitchboardState, way: Way, route: CallRoute, now: Instant): Reached {
  switch (route.kind) {
    case 'extension':
      return extensionReached(state, way, route.number, now);
    case 'group':
      return groupReached(state, way, route.group, now);
    case 'trunk':
      return comesRound(state.calls, way, route.number)
        ? nobody(state, way, 'forbidden', now)
        : trunkReached(state, way, route, now);
    case 'emergency':
      return trunkReached(state, way, route, now);
  }
}

function trunkReached(state: SwitchboardState, way: Way, route: OutsideRoute, now: Instant): Reached {
  const [first, ...untried] = trunksToTry(state, route);
  if (first === undefined) return nobody(state, way, 'congestion', now);
  const to = { kind: 'trunk', trunk: first, number: route.number } as const;
  const { branches, ...reached } = rung(state, way, [to], now);
  return { ...reached, branches: branches.map((branch) => ({ ...branch, untried })), until: now + outsideRingMs };
}

/** Always goes before do not disturb, which counts as busy; a person without a phone that can be reached counts as one who does not answer. */
function extensionReached(state: SwitchboardState, way: Way, number: ExtensionNumber, now: Instant): Reached {
  const { always, busy, noAnswer, doNotDisturb } = handlingOf(state.handlings, number);
  const first = always === null ? null : sentOnward(state, way, { by: number, name: number, to: always }, now);
  if (first && (first.cause === null || first.isFinal)) return first;
  const own = doNotDisturb ? nobody(state, way, 'busy', now) : reachPhones(state, way, number, now);
  const next = doNotDisturb ? busy : noAnswer;
  const last =
    own.cause === null || next === null ? own : sentOnward(state, way, { by: number, name: number, to: next }, now);
  const forwards = [...(first?.forwards ?? []), ...last.forwards];
  return last.cause === null ? { ...last, forwards } : { ...own, forwards };
}

/** The telephones of an extension itself. */
export const reachPhones = (state: SwitchboardState, way: Way, number: ExtensionNumber, now: Instant): Reached =>
  rung(state, way, phonesOf(state, [number]), now, true);

/** The members who ring first; where none can, the call overflows at once. */
function groupReached(state: SwitchboardState, way: Way, id: GroupId, now: Instant): Reached {
  const group = state.directory.groups.get(id);
  if (!group) return nobody(state, way, 'unavailable', now);
  const { overflow, memberMs, strategy } = group;
  const present = wantingCalls(state, way, group.members);
  const members = inOrder(state, strategy, present);
  const turn = strategy === 'all' ? { ring: members, waiting: [] } : firstWithPhone(state, members);
  const first = rung(state, way, phonesOf(state, turn.ring), now);
  if (first.cause !== null) {
    const nobodyThere = members.length < present.length ? nobody(state, way, 'busy', now) : first;
    return overflowedAtOnce(state, way, group, nobodyThere, now);
  }
  const turnEnds = strategy === 'all' ? null : now + memberMs;
  const hunt: Hunt = {
    ...{ name: nameOf(group), strategy, memberMs, turnEnds, waiting: turn.waiting, hops: way.hops, next: null },
    overflow: overflow && { to: overflow.to, at: now + overflow.afterMs },
  };
  return { ...first, hunt, until: Math.max(first.until, turnEnds ?? 0, hunt.overflow?.at ?? 0) };
}

function overflowedAtOnce(state: SwitchboardState, way: Way, group: Group, otherwise: Reached, now: Instant): Reached {
  if (group.overflow === null) return otherwise;
  const last = sentOnward(state, way, { by: null, name: nameOf(group), to: group.overflow.to }, now);
  return last.cause === null ? last : { ...otherwise, forwards: last.forwards };
}

/** As the log and the records name it. */
const nameOf = ({ number, id }: Group): string => number ?? id;

/** Of these the one whose turn it is, by what they want and do at this moment. */
export const nextInTurn = (
  state: SwitchboardState,
  way: Way,
  { strategy, waiting }: Hunt,
): ReturnType<typeof firstWithPhone> =>
  firstWithPhone(state, inOrder(state, strategy, wantingCalls(state, way, waiting)));

/** Of these the first who has a phone. */
function firstWithPhone(state: SwitchboardState, members: readonly ExtensionNumber[]) {
  const index = members.findIndex((member) => phonesOf(state, [member]).length > 0);
  return index < 0
    ? { ring: [], waiting: [] }
    : { ring: members.slice(index, index + 1), waiting: members.slice(index + 1) };
}

interface Onward {
  /** Null for a group. */
  readonly by: ExtensionNumber | null;
  readonly name: string;
  readonly to: string;
}

function sentOnward(state: SwitchboardState, way: Way, { by, name, to }: Onward, now: Instant): Reached {
  const target = onwardTarget(state.directory, way, by, to);
  if ('cause' in target) {
    const { cause, isEndless } = target;
    return { ...nobody(state, way, cause, now), forwards: [{ by: name, to, cause }], isFinal: isEndless };
  }
  const forwardedBy = by === null ? way.forwardedBy : [...way.forwardedBy, by];
  const reached = reach(state, { ...way, forwardedBy, hops: way.hops + 1 }, target, now);
  return { ...reached, forwards: [{ by: name, to, cause: reached.cause }, ...reached.forwards] };
}

/** What rings at these destinations; nobody where there are none. */
export function rung(
  state: SwitchboardState,
  way: Way,
  destinations: readonly Destination[],
  now: Instant,
  isPersonal = false,
): Reached {
  const none = nobody(state, way, 'unavailable', now);
  if (destinations.length === 0) return none;
  const { hops } = way;
  const branches = destinations.map((to, index) => ({
    ...newBranch(state.nextLeg + index, to, now),
    hops,
    isPersonal,
  }));
  return { ...none, state: { ...state, nextLeg: state.nextLeg + branches.length }, branches, cause: null };
}

/** Nothing rings, for this cause. */
const nobody = (state: SwitchboardState, { forwardedBy }: Way, cause: ReleaseCause, now: Instant): Reached => ({
  state,
  branches: [],
  until: now + state.directory.ringSeconds * 1000,
  forwardedBy,
  hunt: null,
  forwards: [],
  cause,
  isFinal: cause === 'busy',
});

/** Neither a member who calls their own group is rung, nor one who has sent the caller here, nor one whose calls never ring at their own phones. */
function wantingCalls(
  state: SwitchboardState,
  { caller, forwardedBy }: Way,
  members: readonly ExtensionNumber[],
): readonly ExtensionNumber[] {
  const own = caller.line.kind === 'extension' ? caller.line.number : undefined;
  const isRung = (member: ExtensionNumber): boolean =>
    member !== own && !forwardedBy.includes(member) && wantsGroupCalls(handlingOf(state.handlings, member));
  return members.filter(isRung);
}

const inOrder = (
  state: SwitchboardState,
  strategy: RingStrategy,
  members: readonly ExtensionNumber[],
): readonly ExtensionNumber[] => (strategy === 'longestIdle' ? longestIdle(state, members) : members);

/** Unresponsive phones are rung only when there are no others. */
export function phonesOf(
  state: Pick<SwitchboardState, 'contacts' | 'unresponsiveContacts'>,
  extensions: readonly ExtensionNumber[],
): readonly Destination[] {
  const phones = extensions.flatMap((extension) =>
    (state.contacts.get(extension) ?? []).map((contact) => ({ kind: 'contact', extension, contact }) as const),
  );
  const answering = phones.filter(({ contact }) => !state.unresponsiveContacts.has(contact));
  return answering.length > 0 ? answering : phones;
}

/** Emergency calls try even trunks that seem to be down, but last. */
function trunksToTry(state: SwitchboardState, route: OutsideRoute): readonly TrunkId[] {
  const up = route.trunks.filter((trunk) => !state.trunksDown.has(trunk));
  const down = route.trunks.filter((trunk) => state.trunksDown.has(trunk));
  return route.kind === 'emergency' ? [...up, ...down] : up;
}

export const newBranch = (serial: number, to: Destination, now: Instant): Branch => ({
  leg: legId(`out-${serial}`),
  to,
  untried: [],
  called: calledIdentity(to),
  since: now,
  progress: 'trying',
  held: false,
  isProceeding: false,
  rings: false,
  isEarlyMediaHeard: false,
  hops: 0,
  isPersonal: false,
  isBusyElsewhere: false,
});
