import type { Instant } from '../primitives/time.js';
import type { Utterance } from '../switchboard/audio.js';
import type { Notice } from './profile.js';

/** What a party hears of a notice at a time, from the less to the more explicit. */
const sounds = ['tone', 'announcement'] as const;
export type Sound = (typeof sounds)[number];

/** The notice that one party must get, whoever listens. */
export interface RequiredNotice {
  readonly start: Sound;
  /** In seconds; null for a single notice. */
  readonly toneEvery: number | null;
}

/** What satisfies all notices at once: the most explicit start and the shortest interval; null when none is needed. */
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
  /** The sound that the party still has to hear in full; null while none is due. */
  readonly owed: Sound | null;
  /** Whether it is being played, which it is not while the party cannot hear it. */
  readonly isPlaying: boolean;
  /** Whether a sound became due while the party could not hear it, and is still outstanding. */
  readonly isOverdue: boolean;
  /** The most explicit sound that the party has heard in full. */
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

/** A sound that has not ended after this long has failed, and is played again, in milliseconds. */
const longestSoundMs = 120_000;

/** The notice as of now; `serial` names the next sound, if there is one. An interrupted sound starts over. */
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

/** Whether a notice asks for more than those before it did. */
export function isRaised(before: readonly Notice[], notice: Notice): boolean {
  const owed = strictest(before);
  const both = strictest([...before, notice]);
  return owed?.start !== both?.start || owed?.toneEvery !== both?.toneEvery;
}

/** A tone at intervals is owed from now on: whoever has been told already hears one first. */
export const intervalBegun = (progress: NoticeProgress): NoticeProgress =>
  progress.told === null ? progress : { ...progress, owed: progress.owed ?? 'tone', isOverdue: true };

/** The party has heard the sound in full. */
export function heard(progress: NoticeProgress): NoticeProgress {
  const { owed, told } = progress;
  return { ...progress, owed: null, isPlaying: false, isOverdue: false, told: isAtLeast(told, owed) ? told : owed };
}

const isAtLeast = (sound: Sound | null, other: Sound | null): boolean => rank(sound) >= rank(other);

const rank = (sound: Sound | null): number => (sound === null ? -1 : sounds.indexOf(sound));

/** Whether the party has heard all that these notices require so far. */
export function isFulfilled(notices: readonly Notice[], progress: NoticeProgress | undefined): boolean {
  const required = strictest(notices);
  if (!required) return true;
  if (!progress || !isAtLeast(progress.told, required.start)) return false;
  return required.toneEvery === null || !progress.isOverdue;
}

/** When the notice changes by time alone; null when something else has to happen first. */
export function nextNoticeAt(required: RequiredNotice, progress: NoticeProgress): Instant | null {
  return progress.isPlaying ? progress.since + longestSoundMs : nextToneAt(required, progress);
}

/** When the tone is due again; never while another sound is outstanding. */
function nextToneAt({ toneEvery }: RequiredNotice, { owed, since }: NoticeProgress): Instant | null {
  return toneEvery === null || owed !== null ? null : since + toneEvery * 1000;
}

export function noticeItem(sound: Sound): Utterance {
  return sound === 'tone' ? { kind: 'tone', name: 'notice' } : { kind: 'prompt', name: 'notice' };
}

/** What all notices come down to, as a short text for the audit record. */
export function describeNotices(notices: readonly Notice[]): string {
  const required = strictest(notices);
  if (required === null) return 'none';
  const { start, toneEvery } = required;
  const tones = toneEvery === null ? [] : [`toneEvery ${toneEvery} s`];
  if (start === 'announcement') return ['announcement', ...tones].join(', ');
  return tones[0] ?? 'toneAtStart';
}
