import { askMember, closed, turnedAway } from './dialogue.js';
import { tookOver } from './modes.js';
import { profileRefusal, startRefusal, targetIn, targetRefusal } from './permission.js';
import type { Context, Draft, Monitor, MonitoringStage } from './session.js';
import { saying, staged } from './session.js';
import { prompt } from './speech.js';
import { audibleMode, currentTarget, startWatching, stopWatching } from './watching.js';

/**
 * Brings a session in line with what is true now. Its profile may have been switched off, or its time window be over: then it ends
 * as it stands, also in the middle of a call, because nobody may be listened to at other times than those agreed upon. Else the
 * watched call may be over, or a followed member have a new one.
 */
export function reviewed(context: Context, draft: Draft): Draft {
  const { stage, profile } = draft.session;
  const closure = profileRefusal(profile, context.local);
  if (closure) return closed(context, draft, closure);
  if (stage.kind !== 'monitoring') return draft;
  const { monitor } = stage;
  if (monitor.target.kind === 'waiting') return joinNext(context, draft, stage);
  return currentTarget(context, monitor) ? draft : callEnded(context, draft, stage);
}

function callEnded(context: Context, draft: Draft, stage: MonitoringStage): Draft {
  const ended = stopWatching(context, draft, 'callEnded');
  if (!stage.monitor.follow) return askMember(context, saying(ended, prompt('call-ended')), stage.moderator);
  const monitor: Monitor = { ...stage.monitor, target: { kind: 'waiting' }, leaveArmedAt: null };
  const waiting = saying(staged(ended, { ...stage, monitor }), prompt('call-ended'), prompt('waiting-for-call'));
  return joinNext(context, waiting, { ...stage, monitor });
}

/** Calls that may not be monitored are passed over without a word; where monitoring is closed, the first one ends the waiting. */
function joinNext(context: Context, draft: Draft, { moderator, monitor }: MonitoringStage): Draft {
  const next = context.calls
    .flatMap((call) => targetIn(call, monitor.member) ?? [])
    .findLast((target) => !targetRefusal(context, draft, draft.session, moderator, target));
  if (!next) return draft;
  const closure = startRefusal(context, draft.session);
  return closure ? turnedAway(draft, closure, moderator) : startWatching(context, draft, moderator, monitor, next);
}

/**
 * The member hangs up while the moderator speaks with both: the call goes on with the moderator, where that is allowed. It need not
 * wait for the audit record, because nobody hears anything that they did not hear before.
 */
export function memberLeaving(context: Context, draft: Draft, leg: Draft['session']['leg']): Draft {
  const { stage, profile } = draft.session;
  if (stage.kind !== 'monitoring' || audibleMode(stage.monitor) !== 'barge') return draft;
  const target = currentTarget(context, stage.monitor);
  const isLeaving = target?.memberParty.leg === leg && profile.interventions.has('takeOver');
  return target && isLeaving ? tookOver(context, draft, stage.moderator, target) : draft;
}
