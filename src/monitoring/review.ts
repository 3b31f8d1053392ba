import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { joinCall } from './admission.js';
import { starsReviewed } from './admission-answers.js';
import { agreementRefusal, sessionsPurposeRefusal } from './agreed.js';
import { askMember, closed, refused, turnedAway } from './dialogue.js';
import { encryptionRefusal } from './encryption.js';
import { helpedCallEnd } from './help.js';
import { isOtherTold, isTakingOver, tookOver, withWatch } from './modes.js';
import type { Target } from './permission.js';
import {
  callRefusal,
  extensionsIn,
  memberRefusal,
  moderatorRefusal,
  pinRefusal,
  profileRefusal,
  startRefusal,
  targetIn,
  targetOn,
  targetRefusal,
  undrawnMemberRefusal,
  undrawnRefusal,
} from './permission.js';
import { adjustedToProfile } from './profile-adjustment.js';
import type { Barrier, EndReason } from './records.js';
import type { Draft, Monitor, MonitoringStage, Session, SessionContext } from './session.js';
import { moderatorOf, parting, saying, staged, wishingIn } from './session.js';
import { prompt, refusalSpeech, takeOverLost } from './speech.js';
import { audibleMode, currentTarget, stopWatching } from './watching.js';

/**
 * Brings a session in line with the present. If its profile has been switched off, its time window is over, its moderator is none any
 * more, or the PIN was changed by which they are known, it ends at once, even in the middle of a call, because nobody may be listened to without a right to it. Otherwise the member may
 * no longer be listened to, the monitored call may be over, or a followed member may have a new one. Limits and quotas only
 * decide whether a monitor may begin: if they are lowered, a running one goes on, for it was permitted, and none of several is the one too many.
 */
export function reviewed(context: SessionContext, draft: Draft): Draft {
  const { stage, profile, pinMark } = draft.session;
  const closure = profileRefusal(profile, context.local);
  if (closure) return closed(context, draft, closure);
  const moderator = moderatorOf(draft.session);
  const dismissal =
    moderator === null
      ? undefined
      : (moderatorRefusal(context.policy, profile, moderator) ?? pinRefusal(context.policy, moderator, pinMark));
  if (dismissal) return closed(context, draft, dismissal);
  if (stage.kind === 'calling') return ringingReviewed(context, draft, stage.moderator);
  return stage.kind === 'monitoring' ? monitorReviewed(context, draft, stage) : draft;
}

/** Nobody is called for help any longer in a call that is over, or that they may not hear any more. */
function ringingReviewed(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const { session } = draft;
  if (session.helps === null) return draft;
  const present = targetOn(context.calls, session.helps.member, session.helps.leg);
  const ended = helpedCallEnd(context, session.helps);
  const barrier =
    present &&
    (memberBarrier(context, session, moderator, present.member) ??
      presentRefusal(context, session, moderator, present));
  const reason = ended ?? startRefusal(context, session) ?? barrier;
  return reason ? parting(stopWatching(context, draft, reason)) : draft;
}

function monitorReviewed(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const { calls } = context;
  const { member, target } = stage.monitor;
  const { helps } = draft.session;
  const helpOver = helps && helpedCallEnd(context, helps);
  if (helpOver) return helpedCallEnded(context, draft, stage, helpOver);
  const barred = memberBarrier(context, draft.session, stage.moderator, member);
  if (barred) return barredSince(context, draft, stage, barred);
  if (target.kind === 'waiting' && target.leg === null) return joinNext(context, draft, stage);
  const present = target.leg === null ? undefined : targetOn(calls, member, target.leg);
  if (!present) return callGone(context, draft, stage);
  if (target.kind === 'waiting' || target.otherLeg !== present.other.leg)
    return joinOther(context, draft, stage, present);
  const refusal =
    presentRefusal(context, draft.session, stage.moderator, present) ?? admissionRefusal(context, draft, target);
  if (refusal) return barredSince(context, draft, stage, refusal);
  return target.kind === 'asking' ? starsReviewed(context, draft) : adjustedToProfile(context, draft, stage, present);
}

/** Whether the moderator may not listen to the member any more, in whatever call. */
const memberBarrier = (
  context: SessionContext,
  session: Session,
  moderator: ExtensionNumber,
  member: ExtensionNumber,
): Barrier | undefined =>
  agreementRefusal(context, moderator, [member], wishingIn(session)) ??
  sessionsPurposeRefusal(context, session) ??
  undrawnMemberRefusal(context, session, member) ??
  memberRefusal(context.policy, session.profile, member, wishingIn(session));

/** Whether the moderator may not be in the call any more, because of what it is or who is in it. */
const presentRefusal = (
  context: SessionContext,
  session: Session,
  moderator: ExtensionNumber,
  target: Target,
): Barrier | undefined =>
  agreementRefusal(context, moderator, extensionsIn(target.call), wishingIn(session)) ??
  undrawnRefusal(context, session, target) ??
  callRefusal(context.policy, moderator, target.call, wishingIn(session)) ??
  encryptionRefusal(context, session, target.call);

/** Nobody has let the moderator in for too long, or somebody has to from now on in whose call the moderator is. */
function admissionRefusal(
  { now }: SessionContext,
  { session: { profile } }: Draft,
  target: Exclude<Monitor['target'], { kind: 'waiting' }>,
): Barrier | undefined {
  const isMissing = target.kind === 'asking' ? target.until <= now : profile.admission && !target.isLetIn;
  return isMissing ? 'notLetIn' : undefined;
}

/** The settings have changed, the identity of a party has only now become known, or a line is encrypted no more. Others may still be listened to. */
function barredSince(context: SessionContext, draft: Draft, stage: MonitoringStage, barrier: Barrier): Draft {
  const { moderator, monitor } = stage;
  const ended = stopWatching(context, draft, barrier);
  const told = saying(refused(ended, barrier, moderator, monitor.member), ...refusalSpeech(barrier));
  return askMember(context, told, moderator);
}

/** Help was asked for in that call, with that party, and no other. */
function helpedCallEnded(context: SessionContext, draft: Draft, stage: MonitoringStage, reason: EndReason): Draft {
  return askMember(context, saying(stopWatching(context, draft, reason), prompt('call-ended')), stage.moderator);
}

const callGone = (context: SessionContext, draft: Draft, stage: MonitoringStage): Draft =>
  isInTransfer(context, stage.monitor.target) ? transferBegun(context, draft, stage) : callEnded(context, draft, stage);

const isInTransfer = (context: SessionContext, { leg }: Monitor['target']): boolean =>
  leg !== null && context.inTransfer.has(leg);

/** The member is in a transfer and waits for the target to answer, and the moderator waits along, instead of taking over if need be. */
function transferBegun(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const { target } = stage.monitor;
  if (target.kind === 'waiting') return draft;
  const ended = stopWatching(context, draft, 'transferred');
  const lost = target.kind === 'call' && isTakingOver(target) ? takeOverLost : [];
  return saying(staged(ended, waitingFor(stage, target.leg)), ...lost, prompt('waiting-for-call'));
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
  if (!refusal) return withTakeOverLost(joinCall(context, ended, moderator, monitor, target), monitor);
  const told = saying(refused(ended, refusal, moderator, monitor.member), ...refusalSpeech(refusal));
  return monitor.follow ? staged(told, waitingFor(stage, null)) : askMember(context, told, moderator);
}

function withTakeOverLost(draft: Draft, before: Monitor): Draft {
  const { stage } = draft.session;
  if (before.target.kind !== 'call' || !isTakingOver(before.target) || stage.kind !== 'monitoring') return draft;
  const watch = stage.monitor.target;
  if (watch.kind === 'asking') return saying(draft, ...takeOverLost, ...(draft.session.speech?.items ?? []));
  if (watch.kind !== 'call' || watch.audio.kind !== 'recording') return draft;
  return withWatch(draft, stage, { ...watch, audio: { ...watch.audio, lost: 'takeOver' } });
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
  return closure ? turnedAway(draft, closure, moderator) : joinCall(context, draft, moderator, monitor, next);
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
  const mayTakeOver = profile.interventions.has('takeOver') && watch.kind === 'call' && isOtherTold(watch);
  const isLeaving = target?.memberParty.leg === leg && mayTakeOver;
  return target && isLeaving ? tookOver(context, draft, stage.moderator, target) : draft;
}
