import { callOn, releasing, replaceParty, withCall, withoutCall } from './calls.js';
import { route } from './dial-plan.js';
import type { TransferEvent } from './events.js';
import type { ExtensionNumber, Instant, LegId } from './ids.js';
import { placeCall } from './ringing.js';
import type {
  Call,
  CallNote,
  CallRoute,
  Handover,
  Party,
  RingingCall,
  SwitchboardState,
  TalkingCall,
} from './state.js';
import { otherParty, partyOn } from './state.js';

export interface TransferOutcome {
  readonly state: SwitchboardState;
  readonly notes: readonly CallNote[];
}

type Event<Type extends TransferEvent['type']> = Extract<TransferEvent, { type: Type }>;

/**
 * Attended transfer: whoever is at the other end of the first call takes the phone's place in the second. That may still be ringing;
 * then they wait for the answer. Undefined, and nothing changes, when the two are not calls of one extension.
 */
export function transfer(
  state: SwitchboardState,
  { held, to }: Event<'transfer'>,
  now: Instant,
): TransferOutcome | undefined {
  const first = ownCall(state, held);
  const second = callOn(state, to);
  const own = second && placeOf(second, to);
  if (!first || !second || !own || first.call.id === second.id || extensionOf(own) !== first.by) return undefined;
  const joined = withRoute(replaceParty(second, to, first.who), first.call.route);
  const handedOver = joined.kind === 'ringing' ? { ...joined, handover: handover(first.by) } : joined;
  const gone = releasing(withoutCall(state, first.call.id), [held, to], 'normal');
  const talkedMs = now - first.call.answeredAt;
  return {
    state: withCall(gone, handedOver),
    notes: [
      { type: 'callTransferred', call: second.id, by: first.by, who: first.who.number, to: calledNumber(second, to) },
      { type: 'callEnded', call: first.call.id, cause: 'normal', talkedMs },
    ],
  };
}

/** Blind transfer: the other end is answered already and waits while the number rings. Nothing but a note where nobody can ring. */
export function transferTo(
  state: SwitchboardState,
  { leg, number }: Event<'transferTo'>,
  now: Instant,
): TransferOutcome | undefined {
  const own = ownCall(state, leg);
  if (!own) return undefined;
  const { call, by, who } = own;
  const target = route(state.directory, { kind: 'extension', number: by }, number);
  const placed = target.kind === 'none' || target.kind === 'service' ? undefined : placeCall(state, who, target, now);
  if (placed?.kind !== 'call') return { state, notes: [{ type: 'transferRefused', by, to: number }] };
  const onward = { ...sameCall(call, placed.call), handover: handover(by) };
  return {
    state: releasing(withCall(placed.state, onward), [leg], 'normal'),
    notes: [{ type: 'callTransferred', call: call.id, by, who: who.number, to: number }],
  };
}

/** The caller of a call that came to nothing rings who handed them over; undefined when nobody did, or cannot be rung. */
export function recalled(state: SwitchboardState, call: RingingCall, now: Instant): TransferOutcome | undefined {
  if (call.handover?.way !== 'out') return undefined;
  const { by } = call.handover;
  const placed = placeCall(state, call.caller, { kind: 'extension', number: by }, now);
  if (placed.kind !== 'call') return undefined;
  const back = { ...sameCall(call, placed.call), handover: { by, way: 'back' } as const };
  return { state: withCall(placed.state, back), notes: [{ type: 'transferRecalled', call: call.id, to: by }] };
}

const handover = (by: ExtensionNumber): Handover => ({ by, way: 'out' });

/** A call of an extension as seen from its leg. */
function ownCall(
  state: SwitchboardState,
  leg: LegId,
): { readonly call: TalkingCall; readonly by: ExtensionNumber; readonly who: Party } | undefined {
  const call = callOn(state, leg);
  if (call?.kind !== 'talking') return undefined;
  const own = partyOn(call, leg);
  const by = own && extensionOf(own);
  const who = otherParty(call, leg);
  return by && who && { call, by, who };
}

/** The party that the leg is in a call; the branches of a ringing one are none yet. */
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

/** The caller's call goes on under its own number. */
function sameCall(before: Call, placed: RingingCall): RingingCall {
  return withRoute({ ...placed, id: before.id, startedAt: before.startedAt }, before.route);
}

/** Once an emergency call, always one: nobody is to listen to it, wherever it is handed on. */
function withRoute<C extends Call>(call: C, before: CallRoute): C {
  return before.kind === 'emergency' ? { ...call, route: before } : call;
}
