import type { ExtensionNumber, LegId, PlaybackId, ProfileId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Instant } from '../primitives/time.js';
import type { Origin } from '../switchboard/dial-plan.js';
import type { LegEvent, MonitoringRequest, TickEvent } from '../switchboard/events.js';
import type { Caller } from '../switchboard/leg-commands.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { recordedCaller } from './caller.js';
import { speechId } from './desired.js';
import {
  closed,
  isLockedOut,
  memberDigit,
  opened,
  patienceEnded,
  pinChecked,
  pinDigit,
  turnedAway,
} from './dialogue.js';
import { recorded } from './modes.js';
import { monitorDigit } from './monitor-keys.js';
import { intervalsAdded, noNotices, noticeDeadlines, noticePlayed, noticesAdvanced } from './notices.js';
import { notifiedRecorded } from './notified.js';
import { checkBegun, checkEnded, nextInTurn, noPinChecks } from './pin-checks.js';
import type { LocalTime, MonitoringPolicy, Profile } from './profile.js';
import type { AuditFact, Closure, DurableRecords, EndReason } from './records.js';
import { memberLeaving, reviewed } from './review.js';
import type { Draft, Session, SessionContext } from './session.js';
import { moderatorOf, noted, silenced, staged } from './session.js';
import type { MonitoringState } from './state.js';
import { stopWatching } from './watching.js';

export type MonitoringEvent =
  | Exclude<LegEvent, { type: 'incoming' }>
  | TickEvent
  | {
      readonly type: 'serviceDialled';
      readonly leg: LegId;
      readonly profile: ProfileId;
      readonly line: Origin;
      readonly caller: Caller;
    }
  | ClosureEvent
  | BoxStopsEvent
  | PinCheckedEvent
  | RecordedEvent
  | PolicyChangedEvent;

/** The admin has changed the rules; `review` brings running monitors in line with them. */
export interface PolicyChangedEvent {
  readonly type: 'policyChanged';
  readonly policy: MonitoringPolicy;
}

/** The result of a PIN check. */
export interface PinCheckedEvent {
  readonly type: 'pinChecked';
  readonly leg: LegId;
  readonly check: number;
  readonly moderator: ExtensionNumber | null;
}

/** All facts of the session so far are in the audit record, and survive a power cut. */
export interface RecordedEvent {
  readonly type: 'recorded';
  /** Serial of the session. */
  readonly session: number;
}

/** Monitoring closes for everybody, or one reason for that is gone. */
export type ClosureEvent =
  /** With `endsRunning`, running monitors end and their moderators are told why; otherwise they go on to the end of the call. */
  | { readonly type: 'closed'; readonly closure: Closure; readonly endsRunning: boolean }
  | { readonly type: 'reopened'; readonly closure: Closure };

/** The box is about to stop: running monitors end now, so that their ends are recorded. */
export interface BoxStopsEvent {
  readonly type: 'boxStops';
}

/** What monitoring needs to know besides its own state at the moment of an event. */
export interface MonitoringContext {
  readonly calls: TalkingCalls;
  /** Legs of transferees and transferors who wait for the target to answer. */
  readonly inTransfer: ReadonlySet<LegId>;
  readonly local: LocalTime;
  readonly now: Instant;
}

export interface MonitoringOutcome {
  readonly state: MonitoringState;
  readonly facts: readonly AuditFact[];
  readonly requests: readonly MonitoringRequest[];
}

export function emptyMonitoring(policy: MonitoringPolicy, records: DurableRecords): MonitoringState {
  return {
    policy,
    sessions: new Map(),
    records,
    countedCalls: [],
    notices: noNotices,
    pinChecks: noPinChecks,
    closures: new Set(),
    nextSession: 1,
  };
}

/** The rules of monitoring: handles an event, given the calls as they were before it. */
export function transition(
  state: MonitoringState,
  event: MonitoringEvent,
  around: MonitoringContext,
): MonitoringOutcome {
  switch (event.type) {
    case 'serviceDialled':
      return serviceDialled(state, event, around);
    case 'digit':
      return onSession(state, event.leg, around, (context, draft) => digitKeyed(context, silenced(draft), event.digit));
    case 'pinChecked':
      return onSession(
        { ...state, pinChecks: checkEnded(state.pinChecks, event) },
        event.leg,
        around,
        (context, draft) => pinAnswered(context, draft, event),
      );
    case 'recorded':
      return onEverySession(state, around, (context, draft) =>
        draft.session.serial === event.session ? recorded(context, draft) : draft,
      );
    case 'playbackEnded':
      return onSession(
        { ...state, notices: noticePlayed(state.notices, event.leg, event.playback) },
        event.leg,
        around,
        (_, draft) => speechEnded(draft, event.playback),
      );
    case 'released':
      return released(state, event, around);
    case 'closed': {
      const shut = { ...state, closures: new Set([...state.closures, event.closure]) };
      return event.endsRunning
        ? onEverySession(shut, around, (context, draft) => closed(context, draft, event.closure))
        : unchanged(shut);
    }
    case 'reopened':
      return unchanged({ ...state, closures: new Set([...state.closures].filter((other) => other !== event.closure)) });
    case 'policyChanged':
      // Lockouts and quotas outlive what they count, so that nobody can shed them by being removed and added again; both pass with time.
      return unchanged({ ...state, policy: event.policy });
    case 'boxStops':
      return onEverySession(state, around, (context, draft) => dialogueEnded(context, draft, 'boxStopped'));
    case 'tick':
      return onEverySession(state, around, (context, draft) =>
        draft.session.inputUntil !== null && draft.session.inputUntil <= context.now
          ? patienceEnded(context, draft)
          : draft,
      );
    case 'proceeding':
    case 'ringing':
    case 'earlyMedia':
    case 'earlyMediaHeard':
    case 'answered':
    case 'redirected':
    case 'held':
    case 'mediaSilent':
    case 'mediaHeard':
    case 'identified':
      return unchanged(state);
  }
}

const unchanged = (state: MonitoringState): MonitoringOutcome => ({ state, facts: [], requests: [] });

/** Brings all monitors in line with the calls after an event. */
export function review(state: MonitoringState, around: MonitoringContext): MonitoringOutcome {
  const { calls, inTransfer } = around;
  const countedCalls = state.countedCalls.filter(({ leg }) => calls.byLeg.has(leg) || inTransfer.has(leg));
  const step = onEverySession({ ...state, countedCalls }, around, reviewed);
  const { sessions } = step.state;
  const owed =
    sessions === state.sessions
      ? step.state.notices
      : intervalsAdded(step.state.notices, state.sessions.values(), sessions.values(), calls);
  const notices = noticesAdvanced(owed, around.now, sessions.values(), calls);
  const told = after(
    step,
    onEverySession({ ...step.state, notices }, around, (_, draft) => notifiedRecorded(draft, notices, calls)),
  );
  return checksBegun(told, around);
}

/** Starts the next PIN check once the previous one is done. A caller locked out meanwhile is turned away without one. */
function checksBegun(step: MonitoringOutcome, around: MonitoringContext): MonitoringOutcome {
  const { state } = step;
  const session = state.pinChecks.running === null ? nextInTurn(state.pinChecks, state.sessions.values()) : undefined;
  if (!session) return step;
  const { policy, records } = state;
  if (!isLockedOut({ policy, now: around.now }, { session, records }))
    return { ...step, state: { ...state, pinChecks: checkBegun(state.pinChecks, session) } };
  const turned = onSession(state, session.leg, around, (_, draft) => turnedAway(draft, 'lockedOut'));
  return checksBegun(after(step, turned), around);
}

/** When the next deadline passes, with the calls as they are now; undefined when nothing is due. */
export function nextDeadline(
  { sessions, notices }: MonitoringState,
  calls: TalkingCalls,
  nextMinute: Instant,
): Instant | undefined {
  const deadlines = [
    ...[...sessions.values()].flatMap((session) => deadlinesOf(session, nextMinute)),
    ...noticeDeadlines(notices, sessions.values(), calls),
  ];
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

function deadlinesOf({ inputUntil, profile }: Session, nextMinute: Instant): readonly Instant[] {
  // Time windows begin and end on the minute.
  const window = profile.windows.length === 0 ? null : nextMinute;
  return [inputUntil, window].filter((instant) => instant !== null);
}

function serviceDialled(
  state: MonitoringState,
  event: Extract<MonitoringEvent, { type: 'serviceDialled' }>,
  around: MonitoringContext,
): MonitoringOutcome {
  const profile = state.policy.profiles.get(event.profile);
  if (!profile) return unchanged(state);
  const own = event.line.kind === 'extension' ? state.policy.persons.get(event.line.number) : undefined;
  const { line } = event;
  const { number, known } = line.kind === 'extension' ? { number: line.number, known: [line.number] } : event.caller;
  const session: Session = {
    serial: state.nextSession,
    leg: event.leg,
    line: event.line,
    caller: recordedCaller(event.line, event.caller),
    number,
    known,
    profile,
    language: own?.language ?? state.policy.language,
    stage: { kind: 'pin', digits: '', reminded: false },
    speech: null,
    speeches: 0,
    inputUntil: null,
  };
  const begun: MonitoringState = {
    ...state,
    sessions: new Map(state.sessions).set(event.leg, session),
    nextSession: state.nextSession + 1,
  };
  return onSession(begun, event.leg, around, opened);
}

function digitKeyed(context: SessionContext, draft: Draft, digit: Digit): Draft {
  const { stage } = draft.session;
  switch (stage.kind) {
    case 'pin':
      return pinDigit(context, draft, stage, digit);
    case 'member':
      return memberDigit(context, draft, stage, digit);
    case 'monitoring':
      return monitorDigit(context, draft, stage, digit);
    case 'parting':
      return staged(draft, { kind: 'releasing', moderator: stage.moderator });
    case 'checking':
      return staged(draft, { ...stage, ahead: [...stage.ahead, digit] });
    case 'releasing':
    case 'gone':
      return draft;
  }
}

function pinAnswered(context: SessionContext, draft: Draft, event: PinCheckedEvent): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'checking' || stage.check !== event.check) return draft;
  const answered = pinChecked(context, draft, event.moderator);
  // Keys pressed ahead assumed a correct PIN; after a wrong one they would count as further attempts.
  if (moderatorOf(answered.session) === null || answered.session.stage.kind !== 'member') return answered;
  return stage.ahead.reduce((before, digit) => digitKeyed(context, silenced(before), digit), answered);
}

function speechEnded(draft: Draft, playback: PlaybackId): Draft {
  const { session } = draft;
  if (!session.speech || speechId(session, session.speech.serial) !== playback) return draft;
  const quiet = silenced(draft);
  const { stage } = session;
  return stage.kind === 'parting' ? staged(quiet, { kind: 'releasing', moderator: stage.moderator }) : quiet;
}

function dialogueEnded(context: SessionContext, draft: Draft, reason: EndReason): Draft {
  if (draft.session.stage.kind === 'gone') return draft;
  const moderator = moderatorOf(draft.session);
  const ended = noted(stopWatching(context, draft, reason), { type: 'dialogueEnded', moderator });
  return staged(ended, { kind: 'gone' });
}

function released(
  state: MonitoringState,
  { leg, cause }: Extract<MonitoringEvent, { type: 'released' }>,
  around: MonitoringContext,
): MonitoringOutcome {
  const reason = cause === 'peerSilent' ? 'peerSilent' : 'moderatorHungUp';
  const own = onSession(state, leg, around, (context, draft) => dialogueEnded(context, draft, reason));
  // Only one moderator can take over from a member who hangs up.
  return [...own.state.sessions.keys()].reduce<MonitoringOutcome>(
    (step, other) =>
      step.requests.length > 0
        ? step
        : after(
            step,
            onSession(step.state, other, around, (context, draft) => memberLeaving(context, draft, leg)),
          ),
    own,
  );
}

type Rule = (context: SessionContext, draft: Draft) => Draft;

function onSession(state: MonitoringState, leg: LegId, around: MonitoringContext, rule: Rule): MonitoringOutcome {
  const found = state.sessions.get(leg);
  if (!found) return unchanged(state);
  const { policy, closures } = state;
  const profile = presentProfile(policy, found.profile);
  const session = profile === found.profile ? found : { ...found, profile };
  const context: SessionContext = { policy, closures, sessions: state.sessions, ...around };
  const { records, countedCalls } = state;
  const draft: Draft = { session, records, countedCalls, facts: [], requests: [] };
  const done = rule(context, draft);
  if (done === draft && session === found) return unchanged(state);
  const sessions = new Map(state.sessions);
  if (done.session.stage.kind === 'gone') sessions.delete(leg);
  else sessions.set(leg, done.session);
  return {
    state: { ...state, sessions, records: done.records, countedCalls: done.countedCalls },
    facts: done.facts,
    requests: done.requests,
  };
}

/** The profile as currently set; a removed one is off. */
const presentProfile = ({ profiles }: MonitoringPolicy, profile: Profile): Profile =>
  profiles.get(profile.id) ?? { ...profile, enabled: false };

function onEverySession(state: MonitoringState, around: MonitoringContext, rule: Rule): MonitoringOutcome {
  return [...state.sessions.keys()].reduce<MonitoringOutcome>(
    (step, leg) => after(step, onSession(step.state, leg, around, rule)),
    unchanged(state),
  );
}

const after = (step: MonitoringOutcome, next: MonitoringOutcome): MonitoringOutcome => ({
  state: next.state,
  facts: [...step.facts, ...next.facts],
  requests: [...step.requests, ...next.requests],
});
