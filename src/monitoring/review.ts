import type { LegId } from '../primitives/ids.js';
import { askMember, closed, refused, turnedAway } from './dialogue.js';
import { isOtherTold, tookOver } from './modes.js';
import type { Target } from './permission.js';
import { isCallExcluded, profileRefusal, startRefusal, targetIn, targetOn, targetRefusal } from './permission.js';
import type { Draft, Monitor, MonitoringStage, SessionContext } from './session.js';
import { saying, staged } from './session.js';
import { prompt, refusalSpeech } from './speech.js';
import { audibleMode, currentTarget, startWatching, stopWatching } from './watching.js';

/**
 * Brings a session in line with the present. If its profile has been switched off, or its time window is over, it ends
 * at once, even in the middle of a call, because nobody may be listened to outside the agreed times. Otherwise the
 * monitored call may be over, or a followed member may have a new one.
 */
export function reviewed(context: SessionContext, draft: Draft): Draft {
  const { stage, profile } = draft.session;
  const closure = profileRefusal(profile, context.local);
  if (closure) return closed(context, draft, closure);
  if (stage.kind !== 'monitoring') return draft;
  const {
    monitor: { member, target },
  } = stage;
  if (target.kind === 'waiting' && target.leg === null) return joinNext(context, draft, stage);
  const present = target.leg === null ? undefined : targetOn(context.calls, member, target.leg);
  if (!present)
    return isInTransfer(context, target) ? transferBegun(context, draft, stage) : callEnded(context, draft, stage);
  const isSame = target.kind === 'call' && target.otherLeg === present.other.leg;
  if (!isSame) return joinOther(context, draft, stage, present);
  return isCallExcluded(context.policy, present.call) ? excludedSince(context, draft, stage) : draft;
}

/** The identity of a party has only now become known. */
function excludedSince(context: SessionContext, draft: Draft, { moderator, monitor }: MonitoringStage): Draft {
  const ended = stopWatching(context, draft, 'excluded');
  const told = saying(refused(ended, 'excluded', moderator, monitor.member), ...refusalSpeech('excluded'));
  return askMember(context, told, moderator);
}

const isInTransfer = (context: SessionContext, { leg }: Monitor['target']): boolean =>
  leg !== null && context.inTransfer.has(leg);

/** The member is in a transfer and waits for the target to answer, and the moderator waits along. */
function transferBegun(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const { target } = stage.monitor;
  if (target.kind === 'waiting') return draft;
  const ended = stopWatching(context, draft, 'transferred');
  return saying(staged(ended, waitingFor(stage, target.leg)), prompt('waiting-for-call'));
}

const waitingFor = (stage: MonitoringStage, leg: LegId | null): MonitoringStage => ({
  ...stage,
  monitor: { ...stage.monitor, target: { kind: 'waiting', leg }, leaveArmedAt: null },
});

/** After a transfer the member talks to somebody else: if permitted, that is a new start, as a listener. */
function joinOther(context: SessionContext, draft: Draft, stage: MonitoringStage, target: Target): Draft {
  const { moderator, monitor } = stage;
  const ended = stopWatching(context, draft, 'transferred');
  const closure = startRefusal(context, draft.session);
  if (closure) return turnedAway(ended, closure, moderator);
  const refusal = targetRefusal(context, draft, draft.session, moderator, target);
  if (!refusal) return startWatching(context, ended, moderator, monitor, target);
  const told = saying(refused(ended, refusal, moderator, monitor.member), ...refusalSpeech(refusal));
  return monitor.follow ? staged(told, waitingFor(stage, null)) : askMember(context, told, moderator);
}

function callEnded(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const ended = stopWatching(context, draft, 'callEnded');
  if (!stage.monitor.follow) return askMember(context, saying(ended, prompt('call-ended')), stage.moderator);
  const waiting = waitingFor(stage, null);
  const told = saying(staged(ended, waiting), prompt('call-ended'), prompt('waiting-for-call'));
  return joinNext(context, told, waiting);
}

/** Calls that may not be monitored are skipped silently; if monitoring is closed, the first one ends the wait. */
function joinNext(context: SessionContext, draft: Draft, { moderator, monitor }: MonitoringStage): Draft {
  const next = context.calls.all
    .flatMap((call) => targetIn(call, monitor.member) ?? [])
    .findLast((target) => !targetRefusal(context, draft, draft.session, moderator, target));
  if (!next) return draft;
  const closure = startRefusal(context, draft.session);
  return closure ? turnedAway(draft, closure, moderator) : startWatching(context, draft, moderator, monitor, next);
}

/**
 * The member hangs up while the moderator speaks with both: where allowed, the call goes on with the moderator. This need not
 * wait for the audit record, because nobody hears anything new. A party that has not had its notice must not be
 * listened to, so its call ends with the member.
 */
export function memberLeaving(context: SessionContext, draft: Draft, leg: Draft['session']['leg']): Draft {
  const { stage, profile } = draft.session;
  if (stage.kind !== 'monitoring' || audibleMode(stage.monitor) !== 'barge') return draft;
  const target = currentTarget(context, stage.monitor);
  const watch = stage.monitor.target;
  const mayTakeOver = profile.interventions.has('takeOver') && watch.kind === 'call' && isOtherTold(profile, watch);
  const isLeaving = target?.memberParty.leg === leg && mayTakeOver;
  return target && isLeaving ? tookOver(context, draft, stage.moderator, target) : draft;
}
