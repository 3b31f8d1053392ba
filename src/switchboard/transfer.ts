import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { callOn, endedNote, historyOf, releasing, replaceParty, withCall, withoutCall } from './calls.js';
import { isCallRoute, route } from './dial-plan.js';
import { isEmergencyCall } from './emergency-call.js';
import type { TransferEvent } from './events.js';
import type { ParkingPlace } from './feature-codes.js';
import { forwardNotes } from './handling/forwarding.js';
import type { Signal, TransferProgress } from './leg-commands.js';
import { parked, parkedAgain, parkedAt } from './parking.js';
import { isPrivateCall, isPrivatelyDialled, keptPrivateBy } from './private-calls.js';
import type { Recall } from './recall.js';
import { recalled, sameCall, withRoute } from './recall.js';
import type { ReleaseCause } from './release-cause.js';
import { placeCall } from './ringing.js';
import type { Call, CallNote, Party, RingingCall, SwitchboardOutcome, SwitchboardState, TalkingCall } from './state.js';
import { otherParty, partyOn, transferor } from './state.js';

type Event<Type extends TransferEvent['type']> = Extract<TransferEvent, { type: Type }>;

/**
 * Attended transfer: the other end of the first call takes the phone's place in the second. If that is still ringing, they wait for
 * the answer. Nothing changes unless both are calls of the same extension; but a telephone that has been hung up is rung then, for the
 * party on hold would be lost otherwise.
 */
export function transfer(
  state: SwitchboardState,
  { held, to, isHungUp = false }: Event<'transfer'>,
  now: Instant,
): SwitchboardOutcome {
  const first = ownCall(state, held);
  const second = callOn(state, to);
  const own = second && placeOf(second, to);
  if (
    !first ||
    !second ||
    second.kind === 'parked' ||
    !own ||
    first.call.id === second.id ||
    extensionOf(own) !== first.by
  )
    return isHungUp && first ? rungBack(state, first, held, now) : notDone(state, held);
  const joined = <C extends Call>(call: C, who: Party): C => withRoute(replaceParty(call, to, who), first.call.route);
  const left = releasing(withoutCall(state, first.call.id), [to], 'normal');
  const notes: readonly CallNote[] = [
    { type: 'callTransferred', call: second.id, by: first.by, who: first.who.number, to: calledNumber(second, to) },
    endedNote(first.call, 'normal', now),
  ];
  if (second.kind === 'talking')
    return {
      state: releasing(withCall(left, joined(second, keptPrivateBy(own, first.who))), [held], 'normal'),
      notes,
      signals: [report(held, 'done')],
    };
  const before = { ...first.call, answeredAt: now };
  const isPrivate = isPrivateCall(second);
  const inTransfer: RingingCall = {
    ...joined(second, first.who),
    connectedAt: now,
    transfer: { by: first.by, way: 'out', before, isPrivate, parking: null },
  };
  // The phone may itself have been transferred: whoever did that is done with it.
  const earlier = completed(left, second);
  return {
    state: withCall(earlier.state, inTransfer),
    notes,
    signals: [...earlier.signals, ...ringingReport(inTransfer)],
  };
}

/** Blind transfer: the other end, already in a call, waits while the number rings. If nothing can ring, it is only noted. */
export function transferTo(
  state: SwitchboardState,
  { leg, number }: Event<'transferTo'>,
  now: Instant,
): SwitchboardOutcome {
  const own = ownCall(state, leg);
  if (!own) return notDone(state, leg);
  const { call, by, who } = own;
  const target = route(state.directory, { kind: 'extension', number: by }, number);
  if (target.kind === 'feature' && target.feature.kind === 'parking')
    return parkedAt(state, target.feature.place) || isEmergencyCall(state.directory.country, call)
      ? notTransferred(state, own, { leg, number, cause: 'busy' })
      : parked(state, call, { who, by, leg }, target.feature.place, now);
  if (!isCallRoute(target)) {
    const cause = target.kind === 'none' ? target.cause : 'forbidden';
    return notTransferred(state, own, { leg, number, cause });
  }
  const placed = placeCall(state, who, target, now);
  const forwards = forwardNotes(call.id, placed.forwards);
  if (placed.kind !== 'call') {
    const refused = notTransferred(state, own, { leg, number, cause: placed.cause });
    return { ...refused, notes: [...forwards, ...refused.notes] };
  }
  const isPrivate = isPrivatelyDialled(state.directory, number);
  const transfer = { by, way: 'out', before: call, isPrivate, parking: null } as const;
  const onward: RingingCall = { ...sameCall(call, placed.call), transfer };
  return {
    state: withCall(placed.state, onward),
    notes: [{ type: 'callTransferred', call: call.id, by, who: who.number, to: number }, ...forwards],
    signals: [],
  };
}

/** The other end of the call that is on hold on `leg` waits at the place, which is free; undefined where there is none, or it may not wait. */
export function parkedFromHold(
  state: SwitchboardState,
  leg: LegId,
  place: ParkingPlace,
  now: Instant,
): SwitchboardOutcome | undefined {
  const own = ownCall(state, leg);
  if (!own || isEmergencyCall(state.directory.country, own.call)) return undefined;
  // No transfer was asked for, so none is reported.
  return { ...parked(state, own.call, { ...own, leg }, place, now), signals: [] };
}

function notTransferred(
  state: SwitchboardState,
  { by }: OwnCall,
  { leg, number, cause }: { readonly leg: LegId; readonly number: string; readonly cause: ReleaseCause },
): SwitchboardOutcome {
  return { state, notes: [{ type: 'transferRefused', by, to: number, cause }], signals: [report(leg, cause)] };
}

/** The target has answered: the transferor leaves. */
export function completed(state: SwitchboardState, call: RingingCall): SwitchboardOutcome {
  const own = transferor(call);
  if (!own) return { state, notes: [], signals: [] };
  return { state: releasing(state, [own.leg], 'normal'), notes: [], signals: [report(own.leg, 'done')] };
}

/**
 * A transferee whom nobody has answered goes back to the transferor: into their conversation if the transferor is still on the line,
 * otherwise by ringing there; and one who has come back may wait at a parking place. `back` is undefined for any other caller.
 */
export function returned(state: SwitchboardState, call: RingingCall, cause: ReleaseCause, now: Instant): Recall {
  const { transfer, caller: who } = call;
  if (transfer?.way !== 'out') return { back: parkedAgain(state, call, cause, now), notes: [] };
  const { by, before } = transfer;
  return before
    ? { back: resumed(state, call, before, by, cause), notes: [] }
    : recalled(state, { call, by, who, parking: null }, now);
}

function resumed(
  state: SwitchboardState,
  call: RingingCall,
  before: TalkingCall,
  by: ExtensionNumber,
  cause: ReleaseCause,
): SwitchboardOutcome {
  const { id, caller } = call;
  const back = replaceParty({ ...before, ...historyOf(call) }, caller.leg, caller);
  return {
    state: withCall(state, back),
    notes: [{ type: 'transferFailed', call: id, by, cause }],
    signals: failureReport(call, cause),
  };
}

/** The telephones of a transferor that was hung up in its call on `leg` ring for the one who is left. */
function rungBack(state: SwitchboardState, own: OwnCall, leg: LegId, now: Instant): SwitchboardOutcome {
  const { back, notes } = recalled(state, { ...own, parking: null }, now);
  return back ? { ...back, state: releasing(back.state, [leg], 'normal') } : { ...notDone(state, leg), notes };
}

/** Nothing changes, and the transferor learns that. */
const notDone = (state: SwitchboardState, leg: LegId): SwitchboardOutcome => ({
  state,
  notes: [],
  signals: [report(leg, 'forbidden')],
});

/** The transferor has hung up, so nothing more is reported there; a call that was private by their wish stays so. */
export function withoutTransferor(call: RingingCall): RingingCall {
  const own = transferor(call);
  if (!own || !call.transfer) return call;
  return { ...call, caller: keptPrivateBy(own, call.caller), transfer: { ...call.transfer, before: null } };
}

/** Reports to the transferor that the target rings, if it does. */
export function ringingReport(call: RingingCall): readonly Signal[] {
  const own = transferor(call);
  return own && call.branches.some(({ progress }) => progress !== 'trying') ? [report(own.leg, 'ringing')] : [];
}

/** Reports to the transferor that nothing came of it. */
export function failureReport(call: RingingCall, cause: ReleaseCause): readonly Signal[] {
  const own = transferor(call);
  return own ? [report(own.leg, cause)] : [];
}

const report = (leg: LegId, progress: TransferProgress): Signal => ({ kind: 'reportTransfer', leg, progress });

/** A call of an extension as seen from its leg. */
interface OwnCall {
  readonly call: TalkingCall;
  readonly by: ExtensionNumber;
  /** The other end. */
  readonly who: Party;
}

function ownCall(state: SwitchboardState, leg: LegId): OwnCall | undefined {
  const call = callOn(state, leg);
  if (call?.kind !== 'talking') return undefined;
  const own = partyOn(call, leg);
  const by = own && extensionOf(own);
  const who = otherParty(call, leg);
  return by && who && { call, by, who: keptPrivateBy(own, who) };
}

/** The party on this leg; branches that are still ringing are not parties yet. */
function placeOf(call: Call, leg: LegId): Party | undefined {
  if (call.kind === 'talking') return partyOn(call, leg);
  return call.caller.leg === leg ? call.caller : undefined;
}

function extensionOf({ line }: Party): ExtensionNumber | undefined {
  return line.kind === 'extension' ? line.number : undefined;
}

function calledNumber(call: Call, leg: LegId): string {
  if (call.kind === 'talking') return otherParty(call, leg)?.number ?? '';
  return 'number' in call.route ? call.route.number : call.route.group;
}
