import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { announced, spokenCause } from './announcement.js';
import { releasing, withCall } from './calls.js';
import type { Origin, Route } from './dial-plan.js';
import type { LegEvent } from './events.js';
import { featureUsed } from './features.js';
import type { Caller } from './leg-commands.js';
import { shownCaller } from './leg-commands.js';
import type { ReleaseCause } from './release-cause.js';
import { placeCall } from './ringing.js';
import type { CallNote, Party, SwitchboardOutcome, SwitchboardState } from './state.js';

type IncomingEvent = Extract<LegEvent, { type: 'incoming' }>;

/** A call that has come in, and where its number leads. */
export type RoutedEvent = IncomingEvent & { readonly route: Exclude<Route, { kind: 'service' }> };

/** What a call that comes in leads to: telephones that ring, a feature of the exchange, or a refusal. */
export function incoming(state: SwitchboardState, event: RoutedEvent, now: Instant): SwitchboardOutcome {
  const caller = callerParty(state, event.leg, event.origin, event.caller);
  const { route, dialled } = event;
  if (route.kind === 'feature') return featureUsed(state, caller, { feature: route.feature, dialled }, now);
  const placed = route.kind === 'none' ? route : placeCall(state, caller, route, now);
  if (placed.kind !== 'call') return refused(state, caller, dialled, placed.cause, now);
  const note: CallNote = { type: 'callStarted', call: placed.call.id, from: caller.number, route: placed.call.route };
  return { state: withCall(placed.state, placed.call), notes: [note], signals: [] };
}

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
    state: prompt === null ? releasing(state, [leg], cause) : announced(state, leg, { prompt, cause }, now),
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
