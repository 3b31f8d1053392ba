import type { ExtensionNumber } from '../primitives/ids.js';
import { strictest } from './notice.js';
import type { Target } from './permission.js';
import type { Mode } from './profile.js';
import type { Draft, MonitoringStage, SessionContext, Watch, WatchAudio } from './session.js';
import { noted, saying, staged } from './session.js';
import { helpSpeech, joinSpeech, modeSpeech, takeOverLost } from './speech.js';
import { currentTarget, stopWatching, watchedBy } from './watching.js';

/** How many parties hear the moderator in each mode. */
const reach: Record<Mode, number> = { listen: 0, whisper: 1, barge: 2 };

/** Changes the mode: at once if fewer hear the moderator then, otherwise as soon as it is recorded. */
export function changeMode(draft: Draft, stage: MonitoringStage, target: Target, mode: Mode): Draft {
  const watch = stage.monitor.target;
  if (watch.kind !== 'call') return draft;
  const { audio } = watch;
  if (audio.kind === 'recording' && audio.next === mode) return draft;
  if (audio.kind === 'settled' && audio.mode === mode) return saying(draft, ...modeSpeech(mode));
  const fact = noted(draft, { type: 'modeChanged', mode, moderator: stage.moderator, ...watchedBy(target) });
  const isNarrower = audio.mode !== null && reach[mode] <= reach[audio.mode];
  return isNarrower
    ? saying(withWatch(fact, stage, { ...watch, audio: { kind: 'settled', mode } }), ...modeSpeech(mode))
    : withWatch(fact, stage, { ...watch, audio: { kind: 'recording', mode: audio.mode, next: mode } });
}

/** Makes the moderator a party in the member's place, once that is recorded and the other party has heard its notice. */
export function takeOver(draft: Draft, stage: MonitoringStage, target: Target): Draft {
  const watch = stage.monitor.target;
  if (watch.kind !== 'call' || isTakingOver(watch)) return draft;
  const audio: WatchAudio = { kind: 'recording', mode: watch.audio.mode, next: 'takeOver' };
  const fact = noted(draft, { type: 'takingOver', moderator: stage.moderator, ...watchedBy(target) });
  return withWatch(fact, stage, { ...watch, audio });
}

export const isTakingOver = ({ audio }: Watch): boolean => audio.kind === 'recording' && audio.next === 'takeOver';

/** Whether the other party is recorded as notified, or needs no notice: before that, nobody may hear it even as a party. */
export const isOtherTold = ({ notice, told }: Watch): boolean =>
  strictest(notice.other) === null || told.includes('other');

export function withWatch(draft: Draft, stage: MonitoringStage, watch: Watch): Draft {
  return staged(draft, { ...stage, monitor: { ...stage.monitor, target: watch } });
}

/** The audit record holds all facts of this session, so what waited for that may happen. */
export function recorded(context: SessionContext, draft: Draft): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return draft;
  const watch = stage.monitor.target;
  const target = currentTarget(context, stage.monitor);
  if (!target || watch.audio.kind !== 'recording') return draft;
  const { mode: before, next } = watch.audio;
  const since = before === null ? context.now : watch.since;
  if (next === 'takeOver') {
    if (isOtherTold(watch)) return tookOver(context, draft, stage.moderator, target);
    return withWatch(draft, stage, { ...watch, since, audio: { ...watch.audio, mode: before ?? 'listen' } });
  }
  const begun = withWatch(draft, stage, { ...watch, since, audio: { kind: 'settled', mode: next } });
  const lost = watch.audio.lost === 'takeOver' ? takeOverLost : [];
  return saying(begun, ...lost, ...beginningSpeech(draft, target, before, next));
}

/** Said once a mode has begun. */
function beginningSpeech({ session }: Draft, target: Target, before: Mode | null, mode: Mode) {
  if (before !== null) return modeSpeech(mode);
  if (session.helps) return helpSpeech(target, mode);
  return mode === 'listen' ? joinSpeech(target) : modeSpeech(mode);
}

/** The moderator becomes a party in the member's place, and the switchboard takes over the leg. */
export function tookOver(context: SessionContext, draft: Draft, moderator: ExtensionNumber, target: Target): Draft {
  const { leg, line, number, known, asked } = draft.session;
  const ended = noted(stopWatching(context, draft, 'tookOver'), { type: 'dialogueEnded', moderator });
  const direction = asked === null ? ('incoming' as const) : ('outgoing' as const);
  const arriving = { leg, line, number, known, direction };
  return {
    ...staged(ended, { kind: 'gone' }),
    requests: [
      ...ended.requests,
      { type: 'takeOver', call: target.call.id, leaving: target.memberParty.leg, arriving },
    ],
  };
}
