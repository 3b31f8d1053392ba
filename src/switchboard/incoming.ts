import type { CallId, LegId } from '../primitives/ids.js';
import { callId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { refusedAloud, spokenCause } from './announcement.js';
import { releasing, withCall } from './calls.js';
import type { CallRoute, Origin, Route } from './dial-plan.js';
import type { LegEvent } from './events.js';
import { featureUsed } from './features.js';
import { forwardNotes } from './handling/forwarding.js';
import type { Caller } from './leg-commands.js';
import { shownCaller } from './leg-commands.js';
import { asDialled } from './private-calls.js';
import type { ReleaseCause } from './release-cause.js';
import type { Placement } from './ringing.js';
import { placeCall } from './ringing.js';
import type { CallNote, Party, SwitchboardOutcome, SwitchboardState } from './state.js';

type IncomingEvent = Extract<LegEvent, { type: 'incoming' }>;

/** A call that has come in, and where its number leads. */
export type RoutedEvent = IncomingEvent & { readonly route: Exclude<Route, { kind: 'service' }> };

/** What a call that comes in leads to: telephones that ring, a feature of the exchange, or a refusal. */
export function incoming(state: SwitchboardState, event: RoutedEvent, now: Instant): SwitchboardOutcome {
  const { route, dialled, origin } = event;
  const known = callerParty(state, event.leg, origin, event.caller);
  const caller = origin.kind === 'extension' ? asDialled(state.directory, dialled, known) : known;
  if (route.kind === 'feature')
    return featureUsed(state, caller, { feature: route.feature, dialled, holds: event.holds }, now);
  if (route.kind === 'none') return refused(state, caller, dialled, route.cause, now);
  const placed = placeCall(state, caller, route, now);
  if (placed.kind !== 'call')
    return isHandled(placed)
      ? turnedAway(state, caller, route, placed)
      : refused(state, caller, dialled, placed.cause, now);
  const { call } = placed;
  return {
    state: withCall(placed.state, call),
    notes: [startedNote(call.id, caller, route), ...forwardNotes(call.id, placed.forwards)],
    signals: [],
  };
}

type NotPlaced = Extract<Placement, { kind: 'refused' }>;

/** Whether somebody wanted it so, and it is not only that nobody is there. */
const isHandled = ({ cause, forwards }: NotPlaced): boolean => cause === 'busy' || forwards.length > 0;

/** A call that ends at once, because the person called wants no calls, or sends them where nobody can be reached: it has a record, as if a phone had refused it. */
function turnedAway(state: SwitchboardState, caller: Party, route: CallRoute, placed: NotPlaced): SwitchboardOutcome {
  const { cause, forwards } = placed;
  const call = callId(state.nextCall);
  return {
    state: { ...releasing(state, [caller.leg], cause), nextCall: state.nextCall + 1 },
    notes: [
      startedNote(call, caller, route),
      ...forwardNotes(call, forwards),
      { type: 'callEnded', call, cause, talkedMs: 0 },
    ],
    signals: [],
  };
}

const startedNote = (call: CallId, { number: from }: Party, route: CallRoute): CallNote => ({
  type: 'callStarted',
  call,
  from,
  route,
});

/** A person of the house is told what is wrong with the number; another exchange gets the cause at once. */
function refused(
  state: SwitchboardState,
  { leg, line, number }: Party,
  dialled: string,
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome {
  const prompt = line.kind === 'extension' ? spokenCause(cause) : null;
  return {
    state: prompt === null ? releasing(state, [leg], cause) : refusedAloud(state, leg, { prompt, cause }, now),
    notes: [{ type: 'callRefused', from: number, dialled, cause }],
    signals: [],
  };
}

/** An extension is shown with its configured number and name, whatever its phone claims. */
function callerParty(state: SwitchboardState, leg: LegId, line: Origin, claimed: Caller): Party {
  const extension = line.kind === 'extension' ? state.directory.extensions.get(line.number) : undefined;
  const told: Caller = extension ? shownCaller(extension) : claimed;
  const { number, name, known, isUnreadable = false } = told;
  const isUnread = isUnreadable || told.isUnread === true;
  const isPrivate = extension !== undefined && claimed.isPrivate === true;
  const identity = { number, name, known, isUnread, isUnreadable, isPrivate };
  return { leg, line, ...identity, direction: 'incoming', held: false, confirmed: false };
}
