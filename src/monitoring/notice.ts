import type { Instant } from '../switchboard/ids.js';
import type { Utterance } from '../switchboard/wishes.js';
import type { Notice } from './profile.js';

/** How far the notice to one party has come. */
export interface NoticeProgress {
  /** Notices begun so far. */
  readonly rounds: number;
  readonly isPlaying: boolean;
  readonly nextAt: Instant | null;
}

export const noNotice: NoticeProgress = { rounds: 0, isPlaying: false, nextAt: null };

/** The notice as it is at the moment in which monitoring starts. */
export function beginNotice(notice: Notice, now: Instant): NoticeProgress {
  if (notice.kind === 'none') return noNotice;
  return { rounds: 1, isPlaying: true, nextAt: notice.kind === 'toneEvery' ? now + notice.seconds * 1000 : null };
}

/** Begins the next round when it is due. */
export function advanceNotice(notice: Notice, progress: NoticeProgress, now: Instant): NoticeProgress {
  if (notice.kind !== 'toneEvery' || progress.nextAt === null || progress.nextAt > now) return progress;
  return { rounds: progress.rounds + 1, isPlaying: true, nextAt: now + notice.seconds * 1000 };
}

export const noticePlayed = (progress: NoticeProgress): NoticeProgress => ({ ...progress, isPlaying: false });

/** What the party hears in each round. */
export function noticeItems(notice: Notice): readonly Utterance[] {
  switch (notice.kind) {
    case 'none':
      return [];
    case 'toneAtStart':
    case 'toneEvery':
      return [{ kind: 'tone', name: 'notice' }];
    case 'announcement':
      return [{ kind: 'prompt', name: 'notice' }];
  }
}

/** The notice in one word and figure, for the audit record. */
export function describeNotice(notice: Notice): string {
  return notice.kind === 'toneEvery' ? `toneEvery ${notice.seconds} s` : notice.kind;
}
