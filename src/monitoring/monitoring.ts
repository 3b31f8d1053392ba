import type { ExtensionNumber, PlaybackId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import { askerIn } from './admission.js';
import { keyedInCall, memberLetsIn } from './admission-answers.js';
import { accessEnded, callModerator, phoneAnswered, phoneReleased } from './asked.js';
import { recordedCaller } from './caller.js';
import { speechId } from './desired.js';
import {
  closed,
  dismissed,
  memberDigit,
  opened,
  patienceEnded,
  pinChecked,
  pinDigit,
  purposeDigit,
} from './dialogue.js';
import { drawn } from './drawn.js';
import { drawsReviewed } from './draws.js';
import { helpAsked, helpTold, helpWithdrawn } from './help.js';
import { recorded } from './modes.js';
import { monitorDigit } from './monitor-keys.js';
import type { MonitoringEvent, PinCheckedEvent } from './monitoring-event.js';
import {
  after,
  type MonitoringContext,
  type MonitoringOutcome,
  onEverySession,
  onSerial,
  onSession,
  unchanged,
} from './on-session.js';
import { noNotices, noticePlayed } from './party-notices.js';
import { noPeriodWords, periodTold } from './period-words.js';
import { extensionsIn } from './permission.js';
import { checkEnded, noPinChecks } from './pin-checks.js';
import type { MonitoringPolicy } from './profile.js';
import type { Dismissal, DurableRecords, EndReason } from './records.js';
import { memberLeaving } from './review.js';
import type { Draft, SessionContext } from './session.js';
import { moderatorOf, noted, silenced, staged } from './session.js';
import { beginSession, type MonitoringState } from './state.js';
import { currentTarget, stopWatching } from './watching.js';

export function emptyMonitoring(policy: MonitoringPolicy, records: DurableRecords): MonitoringState {
  return {
    policy,
    sessions: new Map(),
    records,
    countedCalls: [],
    notices: noNotices,
    pinChecks: noPinChecks,
    closures: new Set(),
    helps: [],
    periodWords: noPeriodWords,
    draws: [],
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
    case 'callModerator':
      return callModerator(state, event, around);
    case 'answered':
      return phoneAnswered(state, event.leg, around);
    case 'digit':
      return state.sessions.has(event.leg)
        ? onSession(state, event.leg, around, (context, draft) => digitKeyed(context, silenced(draft), event.digit))
        : keyedInCall(state, event, around);
    case 'pinChecked':
      return onSession(
        { ...state, pinChecks: checkEnded(state.pinChecks, event) },
        event.leg,
        around,
        (context, draft) => pinAnswered(context, draft, event, state.pinChecks.persons),
      );
    case 'recorded':
      return onSerial(state, event.session, around, recorded);
    case 'drawn':
      return onSerial(state, event.session, around, (context, draft) => drawn(context, draft, event));
    case 'monitorEnded':
      return onSerial(state, event.session, around, (context, draft) => ended(context, draft, event.reason));
    case 'memberLetsIn':
      return memberLetsIn(state, event, around);
    case 'helpAsked':
      return helpAsked(state, event, around);
    case 'helpWithdrawn':
      return helpWithdrawn(state, event.extension, around);
    case 'memberStops': {
      const withdrawn = helpWithdrawn(state, event.extension, around);
      return after(
        withdrawn,
        onEverySession(withdrawn.state, around, (context, draft) => memberStopped(context, draft, event.extension)),
      );
    }
    case 'accessEnded':
      return onEverySession(state, around, (context, draft) => accessEnded(context, draft, event.right));
    case 'playbackEnded':
      return onSession(
        {
          ...helpTold(state, event.playback),
          notices: noticePlayed(state.notices, event.leg, event.playback),
          periodWords: periodTold(state.periodWords, event.playback, around.local),
        },
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
      return drawsOver(onEverySession(state, around, (context, draft) => dialogueEnded(context, draft, 'boxStopped')));
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
    case 'redirected':
    case 'held':
    case 'mediaSilent':
    case 'mediaHeard':
    case 'identified':
      return unchanged(state);
  }
}

function serviceDialled(
  state: MonitoringState,
  event: Extract<MonitoringEvent, { type: 'serviceDialled' }>,
  around: MonitoringContext,
): MonitoringOutcome {
  const profile = state.policy.profiles.get(event.profile);
  if (!profile) return unchanged(state);
  const { leg, line } = event;
  const { number, known } = line.kind === 'extension' ? { number: line.number, known: [line.number] } : event.caller;
  const begun = beginSession(state, {
    leg,
    line,
    caller: recordedCaller(line, event.caller),
    number,
    known,
    profile,
    asked: null,
    stage: { kind: 'pin', digits: '', reminded: false },
  });
  return onSession(begun, event.leg, around, opened);
}

function digitKeyed(context: SessionContext, draft: Draft, digit: Digit): Draft {
  const { stage } = draft.session;
  switch (stage.kind) {
    case 'pin':
      return pinDigit(context, draft, stage, digit);
    case 'purpose':
      return purposeDigit(context, draft, stage, digit);
    case 'member':
      return memberDigit(context, draft, stage, digit);
    case 'monitoring':
      return monitorDigit(context, draft, stage, digit);
    case 'parting':
      return staged(draft, { kind: 'releasing', moderator: stage.moderator });
    case 'checking':
      return staged(draft, { ...stage, ahead: [...stage.ahead, digit] });
    case 'calling':
    case 'drawing':
    case 'releasing':
    case 'gone':
      return draft;
  }
}

function pinAnswered(
  context: SessionContext,
  draft: Draft,
  event: PinCheckedEvent,
  persons: MonitoringPolicy['persons'],
): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'checking' || stage.check !== event.check) return draft;
  const { asked } = draft.session;
  // Whoever has asked to be called has said who they are: the PIN of another does not count.
  const isOther = asked !== null && event.moderator !== asked.moderator;
  const answered = pinChecked(context, draft, isOther ? null : event.moderator, persons);
  // Keys pressed ahead assumed a correct PIN; after a wrong one they would count as further attempts.
  const { kind } = answered.session.stage;
  if (moderatorOf(answered.session) === null || (kind !== 'member' && kind !== 'purpose')) return answered;
  return stage.ahead.reduce((before, digit) => digitKeyed(context, silenced(before), digit), answered);
}

function speechEnded(draft: Draft, playback: PlaybackId): Draft {
  const { session } = draft;
  if (!session.speech || speechId(session, session.speech.serial) !== playback) return draft;
  const quiet = silenced(draft);
  const { stage } = session;
  return stage.kind === 'parting' ? staged(quiet, { kind: 'releasing', moderator: stage.moderator }) : quiet;
}

/** With the box all calls end, and with them the draws. */
function drawsOver({ state, facts, requests }: MonitoringOutcome): MonitoringOutcome {
  const ended = drawsReviewed(state.draws, { calls: { all: [], byLeg: new Map() }, inTransfer: new Set() });
  return { state: { ...state, draws: ended.draws }, facts: [...facts, ...ended.facts], requests };
}

/** Nobody can be told by a browser that is lost, or whose page is gone. */
function ended(context: SessionContext, draft: Draft, reason: Dismissal): Draft {
  if (reason === 'browserLost' || reason === 'pageGone') return dialogueEnded(context, draft, reason);
  return reason === 'endedByMember' ? endedByMember(context, draft) : dismissed(context, draft, reason);
}

/** Whoever is only asked has turned the moderator down. */
const endedByMember = (context: SessionContext, draft: Draft): Draft =>
  askerIn(draft.session) ? closed(context, draft, 'notLetIn') : dismissed(context, draft, 'endedByMember');

/** Whichever side of the call they are on. */
function memberStopped(context: SessionContext, draft: Draft, extension: ExtensionNumber): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'monitoring') return draft;
  const target = currentTarget(context, stage.monitor);
  const heard = target === undefined ? [stage.monitor.member] : extensionsIn(target.call);
  return heard.includes(extension) ? endedByMember(context, draft) : draft;
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
  // A telephone of the box fails together with its port: nobody has hung up there.
  const reason = cause === 'peerSilent' || cause === 'failure' ? 'peerSilent' : 'moderatorHungUp';
  const fallenSilent = phoneReleased(state, leg, around);
  const own = after(
    fallenSilent,
    onSession(fallenSilent.state, leg, around, (context, draft) => dialogueEnded(context, draft, reason)),
  );
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
