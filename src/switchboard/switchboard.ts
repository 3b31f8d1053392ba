import type { LegId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import { earliest, type Instant } from '../primitives/time.js';
import { announcementHeard, announcementsOver, handlingsKept, withoutAnnouncement } from './announcement.js';
import { answeredBy } from './answering.js';
import {
  contactBound,
  contactRefreshed,
  contactUnbound,
  contactUnresponsive,
  trunkDown,
  trunkUp,
  withResponsiveness,
} from './availability.js';
import { callOn, legsOf, releasing, replaceParty, withCall, withoutKey } from './calls.js';
import type { DirectoryChangedEvent } from './directory-change.js';
import { withDirectory } from './directory-change.js';
import { endCall, endOf, hungUp } from './ending.js';
import type {
  HandlingEvent,
  HangUpEvent,
  LegEvent,
  LineEvent,
  MemberStopsEvent,
  MonitoringRequest,
  TickEvent,
  TransferEvent,
} from './events.js';
import { overFreedTrunk } from './giving-way.js';
import { redirected } from './handling/forwarding.js';
import { sentOnAt, unansweredHandled } from './handling/handled-call.js';
import { handlingSet } from './handling/handling-codes.js';
import { identified, keyedOut } from './identified.js';
import { withIdleTimes } from './idle-time.js';
import type { RoutedEvent } from './incoming.js';
import { incoming } from './incoming.js';
import { type OwnRecordReadEvent, ownRecordRead } from './own-record.js';
import { recalledFromParking } from './parking.js';
import { keptPrivate } from './private-calls.js';
import type { ReleaseCause } from './release-cause.js';
import { groupDeadline, groupGoesOn } from './ring-group.js';
import { branchFailed, calleeOn, patienceEnd, unanswered } from './ringing.js';
import type {
  Branch,
  Call,
  CallNote,
  ParkedCall,
  Party,
  RingingCall,
  SwitchboardOutcome,
  SwitchboardState,
} from './state.js';
import { connectedParty, earlyBranch, otherParty, partyOn, transferor } from './state.js';
import { returned, ringingReport, transfer, transferTo, withoutTransferor } from './transfer.js';

export type SwitchboardEvent =
  | Exclude<LegEvent, { type: 'incoming' }>
  | RoutedEvent
  | LineEvent
  | MonitoringRequest
  | TransferEvent
  | HangUpEvent
  | HandlingEvent
  | OwnRecordReadEvent
  | MemberStopsEvent
  | TickEvent
  | DirectoryChangedEvent;

/** The phone system's rules: what an event makes of the calls. Events of legs that belong to no call change nothing. */
export function transition(state: SwitchboardState, event: SwitchboardEvent, now: Instant): SwitchboardOutcome {
  const outcome = handled(state, event, now);
  return { ...outcome, state: withIdleTimes(state, outcome.state, now) };
}

function handled(state: SwitchboardState, event: SwitchboardEvent, now: Instant): SwitchboardOutcome {
  switch (event.type) {
    case 'incoming':
      return incoming(state, event, now);
    case 'proceeding':
    case 'ringing':
    case 'earlyMedia':
    case 'earlyMediaHeard':
      return progressed(state, event.leg, event.type);
    case 'answered':
      return answered(state, event.leg, now);
    case 'identified':
      return stateOnly(identified(state, event.leg, event.caller));
    case 'redirected':
      return redirected(state, event, now);
    case 'held':
      return held(state, event.leg, event.held);
    case 'digit':
      return passOn(state, event.leg, event.digit);
    case 'released':
      return released(state, event.leg, event.cause, now);
    case 'takeOver':
      return takeOver(state, event);
    case 'transfer':
      return transfer(state, event, now);
    case 'transferTo':
      return transferTo(state, event, now);
    case 'hangUp':
      return hungUp(state, event, now) ?? stateOnly(state);
    case 'handlingSet':
      return handlingSet(state, event.extension, event.handling, event.by);
    case 'handlingsKept':
      return stateOnly(handlingsKept(state, event.serial));
    case 'ownRecordRead':
      return stateOnly(ownRecordRead(state, event, now));
    case 'memberStops':
      return stateOnly(keptPrivate(state, event.extension));
    case 'tick':
      return timePassed(state, now);
    case 'contactBound':
      return stateOnly(contactBound(state, event, now));
    case 'contactRefreshed':
      return stateOnly(contactRefreshed(state, event, now));
    case 'contactUnbound':
      return stateOnly(contactUnbound(state, event));
    case 'contactUnresponsive':
      return stateOnly(contactUnresponsive(state, event.contact));
    case 'contactResponsive':
      return stateOnly(withResponsiveness(state, event.contact, true));
    case 'directoryChanged':
      return stateOnly(withDirectory(state, event.directory));
    case 'trunkUp':
      return stateOnly(trunkUp(state, event.trunk));
    case 'trunkDown':
      return stateOnly(trunkDown(state, event, now));
    case 'playbackEnded':
      return stateOnly(announcementHeard(state, event.leg, event.playback));
    case 'mediaSilent':
    case 'mediaHeard':
      return stateOnly(state);
  }
}

/** When the next deadline passes; undefined when nothing is due. */
export function nextDeadline(state: SwitchboardState): Instant | undefined {
  return earliest([
    ...[...state.calls.values()].map((call) => deadlineOf(state, call)),
    ...[...state.announcements.values()].map(({ until }) => until),
  ]);
}

function deadlineOf(state: SwitchboardState, call: Call): Instant | undefined {
  if (call.kind === 'talking') return undefined;
  return call.kind === 'ringing'
    ? earliest([patienceEnd(call), sentOnAt(state, call), groupDeadline(call)])
    : call.until;
}

const stateOnly = (state: SwitchboardState): SwitchboardOutcome => ({ state, notes: [], signals: [] });

type Progress = 'proceeding' | 'ringing' | 'earlyMedia' | 'earlyMediaHeard';

function progressed(state: SwitchboardState, leg: LegId, progress: Progress): SwitchboardOutcome {
  const call = callOn(state, leg);
  if (call?.kind !== 'ringing') return stateOnly(state);
  const branches = call.branches.map((branch) => (branch.leg === leg ? furthest(branch, progress) : branch));
  const rings = { ...call, branches };
  return { ...stateOnly(withCall(state, rings)), signals: ringingReport(call).length > 0 ? [] : ringingReport(rings) };
}

/** Phones may send 180 after 183: audio once opened stays open. */
function furthest(branch: Branch, progress: Progress): Branch {
  if (progress === 'proceeding') return { ...branch, isProceeding: true };
  if (progress === 'earlyMediaHeard') return { ...branch, isEarlyMediaHeard: true };
  const rings = branch.rings || progress === 'ringing';
  return { ...branch, isProceeding: true, rings, progress: branch.progress === 'earlyMedia' ? 'earlyMedia' : progress };
}

function answered(state: SwitchboardState, leg: LegId, now: Instant): SwitchboardOutcome {
  const call = callOn(state, leg);
  const party = call && connectedParty(call, leg);
  if (call && party) return stateOnly(withCall(state, replaceParty(call, leg, { ...party, confirmed: true })));
  const callee = call?.kind === 'ringing' ? calleeOn(state, call, leg) : undefined;
  return call?.kind === 'ringing' && callee ? answeredBy(state, call, callee, now) : stateOnly(state);
}

function held(state: SwitchboardState, leg: LegId, isHeld: boolean): SwitchboardOutcome {
  const call = callOn(state, leg);
  if (call?.kind === 'ringing' && call.branches.some((branch) => branch.leg === leg))
    return stateOnly(withCall(state, heldBranch(call, leg, isHeld)));
  const party = call && connectedParty(call, leg);
  if (!call || !party || party.held === isHeld) return stateOnly(state);
  const note: CallNote = { type: 'callHeld', call: call.id, by: party.number, held: isHeld };
  return { ...stateOnly(withCall(state, replaceParty(call, leg, { ...party, held: isHeld }))), notes: [note] };
}

/** A phone may answer without accepting audio. */
function heldBranch(call: RingingCall, leg: LegId, isHeld: boolean): RingingCall {
  return { ...call, branches: call.branches.map((each) => (each.leg === leg ? { ...each, held: isHeld } : each)) };
}

function passOn(state: SwitchboardState, leg: LegId, digit: Digit): SwitchboardOutcome {
  const call = callOn(state, leg);
  const other = call && heardBy(call, leg)?.leg;
  if (!call || other === undefined) return stateOnly(state);
  return { ...stateOnly(keyedOut(state, call, other, digit)), signals: [{ kind: 'sendDigit', leg: other, digit }] };
}

/** The other end for the party on this leg; undefined while nobody is there yet. */
function heardBy(call: Call, leg: LegId): { readonly leg: LegId } | undefined {
  if (call.kind === 'talking') return otherParty(call, leg);
  if (call.kind === 'parked') return undefined;
  return call.caller.leg === leg ? earlyBranch(call.branches) : undefined;
}

function released(state: SwitchboardState, leg: LegId, cause: ReleaseCause, now: Instant): SwitchboardOutcome {
  const gone = withoutAnnouncement({ ...state, releasing: withoutKey(state.releasing, leg) }, leg);
  const call = callOn(state, leg);
  if (!call) return stateOnly(gone);
  if (call.kind === 'ringing' && transferor(call)?.leg === leg)
    return stateOnly(withCall(gone, withoutTransferor(call)));
  if (call.kind === 'ringing' && call.caller.leg !== leg) return branchReleased(gone, call, leg, cause, now);
  const rest = legsOf(call).filter((other) => other !== leg);
  return endCall(gone, call, rest, endOf(call, cause), now);
}

function branchReleased(
  state: SwitchboardState,
  call: RingingCall,
  leg: LegId,
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome {
  const outcome = branchFailed(state, call, leg, cause, now);
  if (outcome.kind === 'ringsOn') return { ...stateOnly(withCall(outcome.state, outcome.call)), notes: outcome.notes };
  const left = call.branches.map((branch) => branch.leg).filter((other) => other !== leg);
  return withNotes(
    outcome.notes,
    overFreedTrunk(state, call, cause, now) ?? cameToNothing(state, call, left, outcome.cause, now),
  );
}

const withNotes = (notes: readonly CallNote[], outcome: SwitchboardOutcome): SwitchboardOutcome => ({
  ...outcome,
  notes: [...notes, ...outcome.notes],
});

/** Nobody has answered: a transferee, or who was parked, goes back to where they came from. */
function cameToNothing(
  state: SwitchboardState,
  call: RingingCall,
  branches: readonly LegId[],
  cause: ReleaseCause,
  now: Instant,
): SwitchboardOutcome {
  const { back, notes } = returned(releasing(state, branches, cause), call, cause, now);
  return back ?? withNotes(notes, endCall(state, call, [call.caller.leg, ...branches], cause, now));
}

function timePassed(state: SwitchboardState, now: Instant): SwitchboardOutcome {
  return [...state.calls.keys()].reduce<SwitchboardOutcome>(
    (step, id) => {
      // One before it may have ended it.
      const call = step.state.calls.get(id);
      if (!call) return step;
      const next = overdue(step.state, call, now);
      return { state: next.state, notes: [...step.notes, ...next.notes], signals: [...step.signals, ...next.signals] };
    },
    stateOnly(announcementsOver(state, now)),
  );
}

function overdue(state: SwitchboardState, call: Call, now: Instant): SwitchboardOutcome {
  if (call.kind === 'ringing') return ringingOverdue(state, call, now);
  return call.kind === 'parked' && call.until <= now ? parkedOverdue(state, call, now) : stateOnly(state);
}

function parkedOverdue(state: SwitchboardState, call: ParkedCall, now: Instant): SwitchboardOutcome {
  const { back, notes } = recalledFromParking(state, call, now);
  return back ?? withNotes(notes, endCall(state, call, legsOf(call), 'noAnswer', now));
}

function ringingOverdue(state: SwitchboardState, call: RingingCall, now: Instant): SwitchboardOutcome {
  const isOver = patienceEnd(call) <= now;
  const handled = unansweredHandled(state, call, isOver, now) ?? groupGoesOn(state, call, isOver, now);
  if (handled) return { ...stateOnly(withCall(handled.state, handled.call)), notes: handled.notes };
  return isOver ? giveUp(state, call, now) : stateOnly(state);
}

function giveUp(state: SwitchboardState, call: RingingCall, now: Instant): SwitchboardOutcome {
  const outcome = unanswered(state, call, now);
  const tried = call.branches.map(({ leg }) => leg);
  if (outcome.kind === 'over')
    return (
      overFreedTrunk(releasing(state, tried, 'noAnswer'), call, 'noAnswer', now) ??
      cameToNothing(state, call, tried, outcome.cause, now)
    );
  return { ...stateOnly(releasing(withCall(outcome.state, outcome.call), tried, 'noAnswer')), notes: outcome.notes };
}

function takeOver(state: SwitchboardState, event: MonitoringRequest): SwitchboardOutcome {
  const call = state.calls.get(event.call);
  const member = call?.kind === 'talking' ? partyOn(call, event.leaving) : undefined;
  if (call?.kind !== 'talking' || !member) return stateOnly(releasing(state, [event.arriving.leg], 'failure'));
  const extension = event.arriving.line.kind === 'extension' ? event.arriving.line.number : undefined;
  const arriving: Party = {
    ...event.arriving,
    name: extension === undefined ? '' : (state.directory.extensions.get(extension)?.name ?? ''),
    held: false,
    confirmed: true,
  };
  const note: CallNote = { type: 'callTakenOver', call: call.id, from: member.number, by: arriving.number };
  const taken = withCall(state, replaceParty(call, event.leaving, arriving));
  return { ...stateOnly(releasing(taken, [event.leaving], 'normal')), notes: [note] };
}
