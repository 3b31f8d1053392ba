import { owedNotices } from './agreed.js';
import { changeMode, withWatch } from './modes.js';
import { isRaised } from './notice.js';
import type { Target } from './permission.js';
import type { Mode, Profile } from './profile.js';
import type { Draft, MonitoringStage, Role, SessionContext, Watch, WatchAudio } from './session.js';
import { saying } from './session.js';
import { modeSpeech, refusalSpeech } from './speech.js';

/** Brings a monitor that may go on in line with what its profile now allows and asks for. */
export function adjustedToProfile(
  context: SessionContext,
  draft: Draft,
  stage: MonitoringStage,
  target: Target,
): Draft {
  const told = noticesRaised(context, draft, stage);
  return told.session.stage.kind === 'monitoring' ? modeAllowed(told, told.session.stage, target) : told;
}

const roles: readonly Role[] = ['member', 'other'];

/** Whoever is owed more than before counts as not told until they have heard it. */
function noticesRaised({ policy }: SessionContext, draft: Draft, stage: MonitoringStage): Draft {
  const watch = stage.monitor.target;
  if (watch.kind !== 'call') return draft;
  const raising = (role: Role) =>
    owedNotices(policy, draft.session.profile, role).filter((notice) => isRaised(watch.notice[role], notice));
  const raised = roles.filter((role) => raising(role).length > 0);
  if (raised.length === 0) return draft;
  const owed = (role: Role) => [...watch.notice[role], ...raising(role)];
  const untold: Watch = {
    ...watch,
    notice: { member: owed('member'), other: owed('other') },
    told: watch.told.filter((role) => !raised.includes(role)),
  };
  return withWatch(draft, stage, untold);
}

/** A mode that is no longer allowed falls back to listening, and one that waits to be recorded does not begin. */
function modeAllowed(draft: Draft, stage: MonitoringStage, target: Target): Draft {
  const watch = stage.monitor.target;
  const { profile } = draft.session;
  if (watch.kind !== 'call' || modesIn(watch.audio).every((mode) => isAllowed(profile, mode))) return draft;
  const { mode } = watch.audio;
  const left = mode !== null && isAllowed(profile, mode) ? mode : 'listen';
  const changed = changeMode(draft, stage, target, left);
  return saying(changed, ...refusalSpeech('interventionNotAllowed'), ...modeSpeech(left));
}

const modesIn = (audio: WatchAudio): readonly (Mode | 'takeOver')[] => [
  ...(audio.mode === null ? [] : [audio.mode]),
  ...(audio.kind === 'recording' ? [audio.next] : []),
];

const isAllowed = ({ interventions }: Profile, mode: Mode | 'takeOver'): boolean =>
  mode === 'listen' || interventions.has(mode);
