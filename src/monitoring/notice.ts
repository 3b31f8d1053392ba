import type { Instant } from '../primitives/ids.js';
import type { Utterance } from '../switchboard/wishes.js';
import type { Notice } from './profile.js';

type Sound = 'tone' | 'announcement';

/** What one party is told, whoever listens to it. */
export interface NoticeWish {
  readonly start: Sound;
  /** In seconds; null where it is told only once. */
  readonly toneEvery: number | null;
}

/** What fulfils all of the notices at once: the most telling start and the shortest interval; null when nothing is to be told. */
export function strictest(notices: readonly Notice[]): NoticeWish | null {
  const kinds = new Set(notices.map(({ kind }) => kind));
  const intervals = notices.flatMap((notice) => (notice.kind === 'toneEvery' ? [notice.seconds] : []));
  const toneEvery = intervals.length === 0 ? null : Math.min(...intervals);
  if (kinds.has('announcement')) return { start: 'announcement', toneEvery };
  return kinds.has('toneAtStart') || toneEvery !== null ? { start: 'tone', toneEvery } : null;
}

/** How far the notice to one party has come, since the first moderator began to hear it. */
export interface NoticeProgress {
  /** Serial of the latest sound; each is a playback of its own. */
  readonly serial: number;
  readonly playing: Sound | null;
  /** The most telling of the sounds so far. */
  readonly told: Sound;
  /** When the latest sound began. */
  readonly since: Instant;
}

/** The notice as it is now; `serial` is for the next sound, if there is one. */
export function advanced(
  wish: NoticeWish,
  progress: NoticeProgress | undefined,
  serial: number,
  now: Instant,
): NoticeProgress {
  if (!progress) return { serial, playing: wish.start, told: wish.start, since: now };
  if (wish.start === 'announcement' && progress.told === 'tone') {
    return { serial, playing: 'announcement', told: 'announcement', since: now };
  }
  const dueAt = nextToneAt(wish, progress);
  return dueAt === null || dueAt > now ? progress : { ...progress, serial, playing: 'tone', since: now };
}

/** When the tone is due again; an announcement is not interrupted by it. */
export function nextToneAt(wish: NoticeWish, { playing, since }: NoticeProgress): Instant | null {
  return wish.toneEvery === null || playing === 'announcement' ? null : since + wish.toneEvery * 1000;
}

export function noticeItem(sound: Sound): Utterance {
  return sound === 'tone' ? { kind: 'tone', name: 'notice' } : { kind: 'prompt', name: 'notice' };
}

/** The notice in one word and figure, for the audit record. */
export function describeNotice(notice: Notice): string {
  return notice.kind === 'toneEvery' ? `toneEvery ${notice.seconds} s` : notice.kind;
}
