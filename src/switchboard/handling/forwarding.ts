import type { CallId, ExtensionNumber, LegId } from '../../primitives/ids.js';
import type { Instant } from '../../primitives/time.js';
import { callOn, withCall } from '../calls.js';
import type { LegEvent } from '../events.js';
import type { Destination } from '../leg-commands.js';
import type { Forwarded } from '../reach.js';
import { reach } from '../reach.js';
import type { Branch, CallNote, Hunt, RingingCall, SwitchboardOutcome, SwitchboardState } from '../state.js';
import { onwardTarget } from './forward-target.js';

type Redirected = Extract<LegEvent, { type: 'redirected' }>;

/** What the log and the records learn of the extensions that have sent a call on. */
export const forwardNotes = (call: CallId, forwards: readonly Forwarded[]): readonly CallNote[] =>
  forwards.map(({ by, to, cause }) =>
    cause === null ? { type: 'callForwarded', call, by, to } : { type: 'forwardRefused', call, by, to, cause },
  );

/**
 * A phone has forwarded its caller to another number (302), which rings in its place as if the phone had dialled it. A number that the
 * phone may not dial, or that would lead in a circle, is only noted; the leg then ends like that of a phone that cannot be reached.
 * Only our own phones may forward: a provider reports progress, and does not choose whom we call.
 */
export function redirected(state: SwitchboardState, event: Redirected, now: Instant): SwitchboardOutcome {
  const forwarding = phoneOn(state, event.leg);
  if (!forwarding) return { state, notes: [], signals: [] };
  const { call, branch, by } = forwarding;
  const to = event.number;
  const sent =
    to === null
      ? notSent(call, [{ by, to: '', cause: 'forbidden' }])
      : sentOn(state, call, { by, name: by, hops: branch.hops, legs: [event.leg] }, to, now);
  const after = sent.call ? withCall(sent.state, sent.call) : state;
  return { state: after, notes: sent.notes, signals: [] };
}

/** Whoever sends a caller on, from these legs. */
export interface Sender {
  /** Null for a group. */
  readonly by: ExtensionNumber | null;
  /** As the log and the records name it. */
  readonly name: string;
  readonly hops: number;
  readonly legs: readonly LegId[];
}

export interface SentOn {
  readonly state: SwitchboardState;
  readonly call: RingingCall;
  readonly notes: readonly CallNote[];
}

/** Nothing comes of it; the notes say why. */
interface NotSent extends Pick<SentOn, 'notes'> {
  readonly call: null;
}

const notSent = ({ id }: RingingCall, tried: readonly Forwarded[]): NotSent => ({
  call: null,
  notes: forwardNotes(id, tried),
});

/** The call with the number ringing in place of the sender's phones, where that can be. */
export function sentOn(
  state: SwitchboardState,
  call: RingingCall,
  { by, name, hops, legs }: Sender,
  to: string,
  now: Instant,
): SentOn | NotSent {
  const { caller } = call;
  const target = onwardTarget(state.directory, { caller, forwardedBy: call.forwardedBy, hops }, by, to);
  if ('cause' in target) return notSent(call, [{ by: name, to, cause: target.cause }]);
  const passed = by === null ? call.forwardedBy : [...call.forwardedBy, by];
  const reached = reach(state, { caller, forwardedBy: passed, hops: hops + 1 }, target, now);
  const added = reached.branches.filter((branch) => isNew(branch.to, call, passed));
  const others = call.branches.filter(({ leg }) => !legs.includes(leg));
  const staying = call.branches.flatMap((branch) => (legs.includes(branch.leg) ? stays(branch, reached.branches) : []));
  if (added.length + staying.length === 0)
    return notSent(call, [{ by: name, to, cause: reached.cause ?? 'unavailable' }, ...reached.forwards]);
  return {
    state: reached.state,
    call: {
      ...call,
      branches: [...others, ...staying, ...added],
      forwardedBy: reached.forwardedBy,
      hunt: followedBy(call.hunt, reached.hunt),
      until: Math.max(call.until, reached.until),
    },
    notes: forwardNotes(call.id, [{ by: name, to, cause: null }, ...reached.forwards]),
  };
}

/** The group that was called goes on as it is, and the other one after it. */
const followedBy = (hunt: Hunt | null, last: Hunt | null): Hunt | null =>
  hunt && last ? { ...hunt, next: followedBy(hunt.next, last) } : (hunt ?? last);

/** The branch of a sender's phone as it rings on, where the number reaches that phone again. */
function stays(branch: Branch, reached: readonly Branch[]): readonly Branch[] {
  const again = reached.find(({ to }) => isSamePhone(to, branch.to));
  return again ? [{ ...branch, hops: again.hops, isPersonal: again.isPersonal }] : [];
}

const isSamePhone = (one: Destination, other: Destination): boolean =>
  one.kind === 'contact' && other.kind === 'contact' && one.contact === other.contact;

/** Whether this phone neither rings already nor belongs to somebody who has forwarded the caller. */
function isNew(to: Destination, call: RingingCall, forwardedBy: readonly ExtensionNumber[]): boolean {
  if (to.kind === 'trunk') return true;
  const rings = call.branches.some((other) => isSamePhone(other.to, to));
  return !rings && !forwardedBy.includes(to.extension);
}

/** A phone's branch of a ringing call. */
function phoneOn(state: SwitchboardState, leg: LegId) {
  const call = callOn(state, leg);
  const branch =
    call?.kind === 'ringing' ? call.branches.find((candidate: Branch) => candidate.leg === leg) : undefined;
  if (call?.kind !== 'ringing' || branch?.to.kind !== 'contact') return undefined;
  return { call, branch, by: branch.to.extension };
}
