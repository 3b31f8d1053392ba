import type { LegId, PlaybackId } from '../switchboard/ids.js';
import { playbackId } from '../switchboard/ids.js';
import type { TalkingCall } from '../switchboard/state.js';
import type { Edge, Language, LegWish, Playback } from '../switchboard/wishes.js';
import type { MonitoringState } from './monitoring.js';
import { noticeItems } from './notice.js';
import type { Target } from './permission.js';
import { targetIn } from './permission.js';
import type { Monitor, Session, Watch } from './session.js';

/** What monitoring wants the signalling of the moderators' legs to be. */
export function desiredLegs(state: MonitoringState): ReadonlyMap<LegId, LegWish> {
  return new Map([...state.sessions.values()].map(({ leg, stage }) => [leg, legWish(stage.kind === 'releasing')]));
}

const legWish = (isReleasing: boolean): LegWish =>
  isReleasing ? { kind: 'release', cause: 'normal' } : { kind: 'answer' };

/** Who hears whom because of the running monitors, beside what the parties hear of each other. */
export function desiredEdges(state: MonitoringState, calls: readonly TalkingCall[]): readonly Edge[] {
  return [...state.sessions.values()].flatMap((session) => {
    const watched = watchedTarget(session, calls);
    return watched ? monitorEdges(session.leg, watched) : [];
  });
}

function monitorEdges(moderator: LegId, { monitor: { gain }, watch, target }: Watched): readonly Edge[] {
  const { memberParty, other } = target;
  const { mode } = watch.audio;
  if (mode === null) return [];
  const hears = [
    { from: memberParty.leg, to: moderator, gain },
    { from: other.leg, to: moderator, gain },
  ];
  const toMember = mode === 'listen' ? [] : [{ from: moderator, to: memberParty.leg, gain: 0 }];
  const toOther = mode === 'barge' ? [{ from: moderator, to: other.leg, gain: 0 }] : [];
  return [...hears, ...toMember, ...toOther];
}

interface Watched {
  readonly monitor: Monitor;
  readonly watch: Watch;
  readonly target: Target;
}

function watchedTarget({ stage }: Session, calls: readonly TalkingCall[]): Watched | undefined {
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return undefined;
  const watch = stage.monitor.target;
  const call = calls.find(({ id }) => id === watch.call);
  const target = call && targetIn(call, stage.monitor.member);
  return target && { monitor: stage.monitor, watch, target };
}

/** What the moderators are told, and the notices to the parties. */
export function desiredPlaybacks(state: MonitoringState, calls: readonly TalkingCall[]): readonly Playback[] {
  return [...state.sessions.values()].flatMap((session) => [
    ...speechOf(session),
    ...noticesOf(session, calls, state.policy.language),
  ]);
}

function speechOf(session: Session): readonly Playback[] {
  const { leg, language, speech } = session;
  return speech ? [{ id: speechId(session, speech.serial), leg, language, items: speech.items, loop: false }] : [];
}

/** Identifies one utterance to the moderator of a session. */
export function speechId(session: Session, serial: number): PlaybackId {
  return playbackId(`speech-${session.serial}-${serial}`);
}

type Side = 'member' | 'other';

function noticesOf(session: Session, calls: readonly TalkingCall[], language: Language): readonly Playback[] {
  const watched = watchedTarget(session, calls);
  if (!watched) return [];
  const { watch, target } = watched;
  const { notice } = session.profile;
  const sides = [
    { side: 'member', leg: target.memberParty.leg },
    { side: 'other', leg: target.other.leg },
  ] as const;
  return sides
    .filter(({ side }) => watch.notices[side].isPlaying)
    .map(({ side, leg }) => ({
      id: noticeId(session, watch, side),
      leg,
      language,
      items: noticeItems(notice[side]),
      loop: false,
    }));
}

function noticeId({ serial }: Session, watch: Watch, side: Side): PlaybackId {
  return playbackId(`notice-${serial}-${watch.serial}-${side}-${watch.notices[side].rounds}`);
}

/** Which party's notice of the session's present watch a playback is; undefined for any other playback. */
export function noticeSide(session: Session, playback: PlaybackId): Side | undefined {
  const { stage } = session;
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return undefined;
  const watch = stage.monitor.target;
  return (['member', 'other'] as const).find((side) => noticeId(session, watch, side) === playback);
}

/** PIN entries that wait for the slow comparison. */
export interface PinCheck {
  readonly leg: LegId;
  readonly check: number;
  readonly pin: string;
}

export function desiredPinChecks(state: MonitoringState): readonly PinCheck[] {
  return [...state.sessions.values()].flatMap(({ leg, stage }) =>
    stage.kind === 'checking' ? [{ leg, check: stage.check, pin: stage.pin }] : [],
  );
}
