import type { Instant } from '../primitives/time.js';
import type { Utterance } from '../switchboard/audio.js';
import type { Notice } from './profile.js';

/** What a party hears of a notice at a time, from the less to the more telling. */
const sounds = ['tone', 'announcement'] as const;
export type Sound = (typeof sounds)[number];

/** What one party is told, whoever listens to it. */
export interface RequiredNotice {
  readonly start: Sound;
  /** In seconds; null where it is told only once. */
  readonly toneEvery: number | null;
}

/** What fulfils all of the notices at once: the most telling start and the shortest interval; null when nothing is to be told. */
export function strictest(notices: readonly Notice[]): RequiredNotice | null {
  const kinds = new Set(notices.map(({ kind }) => kind));
  const intervals = notices.flatMap((notice) => (notice.kind === 'toneEvery' ? [notice.seconds] : []));
  const toneEvery = intervals.length === 0 ? null : Math.min(...intervals);
  if (kinds.has('announcement')) return { start: 'announcement', toneEvery };
  return kinds.has('toneAtStart') || toneEvery !== null ? { start: 'tone', toneEvery } : null;
}

/** How far the notice to one party has come, since the first moderator was attached to its call. */
export interface NoticeProgress {
  /** Serial of the latest sound; each is a playback of its own. */
  readonly serial: number;
  /** What the party has yet to hear to its end; null while nothing is due. */
  readonly owed: Sound | null;
  /** Whether that is being played: what the party cannot hear is not. */
  readonly isPlaying: boolean;
  /** Whether a sound was due while the party could not hear it, and has not been heard since. */
  readonly isOverdue: boolean;
  /** The most telling of the sounds that the party has heard to their end. */
  readonly told: Sound | null;
  /** When the latest sound began. */
  readonly since: Instant;
}

const untold = (now: Instant): NoticeProgress => ({
  serial: 0,
  owed: null,
  isPlaying: false,
  isOverdue: false,
  told: null,
  since: now,
});

/** A sound that has not come to its end for so long has come to grief, and is played anew, in milliseconds. */
const longestSoundMs = 120_000;

/** The notice as it is now; `serial` is for the next sound, if there is one. A sound that is interrupted begins anew, from its start. */
export function advanced(
  required: RequiredNotice,
  before: NoticeProgress | undefined,
  canHear: boolean,
  serial: number,
  now: Instant,
): NoticeProgress {
  const progress = before ?? untold(now);
  const owed = soundOwed(required, progress, now);
  if (owed === null) return progress;
  if (!canHear) return { ...progress, owed, isPlaying: false, isOverdue: true };
  const goesOn = progress.isPlaying && progress.owed === owed && now - progress.since < longestSoundMs;
  return goesOn ? progress : { ...progress, serial, owed, isPlaying: true, since: now };
}

function soundOwed(required: RequiredNotice, progress: NoticeProgress, now: Instant): Sound | null {
  const { owed, told } = progress;
  if (!isAtLeast(told, required.start) && !isAtLeast(owed, required.start)) return required.start;
  const dueAt = nextToneAt(required, progress);
  return owed ?? (dueAt !== null && dueAt <= now ? 'tone' : null);
}

/** The party has heard the sound to its end. */
export function heard(progress: NoticeProgress): NoticeProgress {
  const { owed, told } = progress;
  return { ...progress, owed: null, isPlaying: false, isOverdue: false, told: isAtLeast(told, owed) ? told : owed };
}

const isAtLeast = (sound: Sound | null, other: Sound | null): boolean => rank(sound) >= rank(other);

const rank = (sound: Sound | null): number => (sound === null ? -1 : sounds.indexOf(sound));

/** Whether the party has heard all that this notice demands so far. */
export function isFulfilled(notice: Notice, progress: NoticeProgress | undefined): boolean {
  const required = strictest([notice]);
  if (!required) return true;
  if (!progress || !isAtLeast(progress.told, required.start)) return false;
  return required.toneEvery === null || !progress.isOverdue;
}

/** When time itself changes the notice; null when something else has to happen. */
export function nextNoticeAt(required: RequiredNotice, progress: NoticeProgress): Instant | null {
  return progress.isPlaying ? progress.since + longestSoundMs : nextToneAt(required, progress);
}

/** When the tone is due again; never while something else is still to be heard. */
function nextToneAt({ toneEvery }: RequiredNotice, { owed, since }: NoticeProgress): Instant | null {
  return toneEvery === null || owed !== null ? null : since + toneEvery * 1000;
}

export function noticeItem(sound: Sound): Utterance {
  return sound === 'tone' ? { kind: 'tone', name: 'notice' } : { kind: 'prompt', name: 'notice' };
}

/** The notice in one word and figure, for the audit record. */
export function describeNotice(notice: Notice): string {
  return notice.kind === 'toneEvery' ? `toneEvery ${notice.seconds} s` : notice.kind;
}
