import type { Digit } from '../primitives/keys.js';
import { joinCall } from './admission.js';
import { goesByDraw, isNotAgreed } from './agreed.js';
import { askMember, refused } from './dialogue.js';
import { changeMode, takeOver } from './modes.js';
import type { Target } from './permission.js';
import { groupTargets, startRefusal, targetRefusal } from './permission.js';
import type { Intervention } from './profile.js';
import type { RefusalReason } from './records.js';
import type { Draft, MonitoringStage, SessionContext } from './session.js';
import { noted, saying, staged } from './session.js';
import { prompt, refusalSpeech, targetSpeech } from './speech.js';
import { currentTarget, stopWatching } from './watching.js';

/** Two `#` within this time leave the call, in milliseconds. */
const leaveWithinMs = 2000;
const gainStep = 3;
const gainLimits = { lowest: -18, highest: 12 };

/** What a key does while a moderator is attached to a member. */
export function monitorDigit(context: SessionContext, draft: Draft, stage: MonitoringStage, digit: Digit): Draft {
  if (digit === '#') return leaveKey(context, draft, stage);
  const disarmed: MonitoringStage = { ...stage, monitor: { ...stage.monitor, leaveArmedAt: null } };
  const disarmedDraft = staged(draft, disarmed);
  const target = currentTarget(context, stage.monitor);
  switch (digit) {
    case '4':
      return changed(context, disarmedDraft, disarmed, target, 'listen');
    case '5':
      return changed(context, disarmedDraft, disarmed, target, 'whisper');
    case '6':
      return changed(context, disarmedDraft, disarmed, target, 'barge');
    case '8':
      return changed(context, disarmedDraft, disarmed, target, 'takeOver');
    case '*':
      return step(context, disarmedDraft, disarmed, 1);
    case '0':
      return step(context, disarmedDraft, disarmed, -1);
    case '1':
      return withGain(draft, disarmed, -gainStep);
    case '3':
      return withGain(draft, disarmed, gainStep);
    case '7':
      return withFollow(context, disarmedDraft, disarmed);
    case '9':
      return saying(disarmedDraft, ...(target && isWatching(stage) ? targetSpeech(target) : waitingSpeech(stage)));
    default:
      return disarmedDraft;
  }
}

const isWatching = ({ monitor }: MonitoringStage): boolean => monitor.target.kind === 'call';

/** What the moderator waits for. */
const waitingSpeech = ({ monitor }: MonitoringStage) => [
  prompt(monitor.target.kind === 'asking' ? 'please-wait-to-be-let-in' : 'waiting-for-call'),
];

function leaveKey(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const { leaveArmedAt } = stage.monitor;
  if (leaveArmedAt === null || context.now - leaveArmedAt > leaveWithinMs) {
    return staged(draft, { ...stage, monitor: { ...stage.monitor, leaveArmedAt: context.now } });
  }
  return askMember(context, stopWatching(context, draft, 'moderatorLeft'), stage.moderator);
}

function changed(
  { policy }: SessionContext,
  draft: Draft,
  stage: MonitoringStage,
  target: Target | undefined,
  chosen: 'listen' | Intervention,
): Draft {
  if (!target || !isWatching(stage)) return saying(draft, ...waitingSpeech(stage));
  if (chosen !== 'listen' && !draft.session.profile.interventions.has(chosen))
    return notAllowed(draft, stage, isNotAgreed(policy, chosen) ? 'modeNotAllowed' : 'interventionNotAllowed');
  return chosen === 'takeOver' ? takeOver(draft, stage, target) : changeMode(draft, stage, target, chosen);
}

function notAllowed(draft: Draft, { moderator, monitor }: MonitoringStage, reason: RefusalReason): Draft {
  return saying(refused(draft, reason, moderator, monitor.member), ...refusalSpeech(reason));
}

/** Steps through the live calls of the group in the order in which they began, in a circle; each call appears once. */
function step(context: SessionContext, draft: Draft, stage: MonitoringStage, direction: 1 | -1): Draft {
  const { moderator, monitor } = stage;
  const { session } = draft;
  if (goesByDraw(context, session)) return notAllowed(draft, stage, direction === 1 ? 'drawStands' : 'drawOnly');
  const closure = startRefusal(context, session);
  if (closure) return saying(refused(draft, closure, moderator), ...refusalSpeech(closure));
  const current = currentTarget(context, monitor)?.call.id;
  const open = groupTargets(context.policy, session.profile, context.calls.all).filter(
    (target) => target.call.id === current || !targetRefusal(context, draft, session, moderator, target),
  );
  const next = neighbour(open.filter(isFirstOfCall), current, direction);
  if (!next || next.call.id === current) {
    return saying(refused(draft, 'noOtherCall', moderator, monitor.member), ...refusalSpeech('noOtherCall'));
  }
  return joinCall(context, stopWatching(context, draft, 'moderatorSwitched'), moderator, monitor, next);
}

const isFirstOfCall = (target: Target, index: number, all: readonly Target[]): boolean =>
  all.findIndex(({ call }) => call.id === target.call.id) === index;

function neighbour(
  targets: readonly Target[],
  current: Target['call']['id'] | undefined,
  direction: 1 | -1,
): Target | undefined {
  const here = targets.findIndex((target) => target.call.id === current);
  if (here === -1) return targets.at(direction === 1 ? 0 : -1);
  return targets[(here + direction + targets.length) % targets.length];
}

function withGain(draft: Draft, stage: MonitoringStage, change: number): Draft {
  const gain = Math.min(gainLimits.highest, Math.max(gainLimits.lowest, stage.monitor.gain + change));
  return staged(draft, { ...stage, monitor: { ...stage.monitor, gain } });
}

/** Whoever helps hears that call alone, so there is no member to follow. */
function withFollow(context: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const { moderator, monitor } = stage;
  if (draft.session.helps)
    return saying(refused(draft, 'noOtherCall', moderator, monitor.member), ...refusalSpeech('noOtherCall'));
  if (goesByDraw(context, draft.session)) return notAllowed(draft, stage, 'drawOnly');
  const follow = !monitor.follow;
  const changed = staged(draft, { ...stage, monitor: { ...monitor, follow } });
  const fact = noted(changed, { type: 'followChanged', follow, moderator, member: monitor.member });
  const spoken = saying(fact, prompt(follow ? 'follow-on' : 'follow-off'));
  // Without following, there is no next call to wait for.
  return !follow && monitor.target.kind === 'waiting' && monitor.target.leg === null
    ? askMember(context, spoken, moderator)
    : spoken;
}
