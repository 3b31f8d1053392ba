import type { Instant, LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import type { Language, Playback } from '../switchboard/wishes.js';
import type { NoticeProgress, NoticeWish } from './notice.js';
import { advanced, nextToneAt, noticeItem, strictest } from './notice.js';
import type { Notice } from './profile.js';
import type { Session } from './session.js';
import { audible } from './watching.js';

/**
 * The notices to all parties that are listened to. They belong to the parties and not to the moderators: however many listen, a
 * party is told once, as the strictest of their profiles demands.
 */
export interface Notices {
  readonly byLeg: ReadonlyMap<LegId, NoticeProgress>;
  readonly nextSerial: number;
}

export const noNotices: Notices = { byLeg: new Map(), nextSerial: 1 };

type Listened = readonly [sessions: Iterable<Session>, calls: TalkingCalls];

/** Begins, goes on with and ends notices, as who listens to whom demands now. */
export function noticesAdvanced({ byLeg, nextSerial }: Notices, now: Instant, ...listened: Listened): Notices {
  let serial = nextSerial;
  const advancedByLeg = new Map<LegId, NoticeProgress>();
  for (const [leg, wish] of wishes(...listened)) {
    const progress = advanced(wish, byLeg.get(leg), serial, now);
    if (progress.serial === serial) serial += 1;
    advancedByLeg.set(leg, progress);
  }
  return { byLeg: advancedByLeg, nextSerial: serial };
}

/** When the next tone is due; empty when none is. */
export function noticeDeadlines({ byLeg }: Notices, ...listened: Listened): readonly Instant[] {
  return [...wishes(...listened)].flatMap(([leg, wish]) => {
    const progress = byLeg.get(leg);
    return (progress && nextToneAt(wish, progress)) ?? [];
  });
}

function wishes(...[sessions, calls]: Listened): ReadonlyMap<LegId, NoticeWish> {
  const demanded = new Map<LegId, Notice[]>();
  for (const session of sessions) {
    const target = audible(session, calls)?.target;
    if (!target) continue;
    const { member, other } = session.profile.notice;
    demanded.set(target.memberParty.leg, [...(demanded.get(target.memberParty.leg) ?? []), member]);
    demanded.set(target.other.leg, [...(demanded.get(target.other.leg) ?? []), other]);
  }
  return new Map(
    [...demanded].flatMap(([leg, notices]) => {
      const wish = strictest(notices);
      return wish ? [[leg, wish] as const] : [];
    }),
  );
}

/** A sound has been played to its end; any other playback changes nothing. */
export function noticePlayed(notices: Notices, leg: LegId, playback: PlaybackId): Notices {
  const progress = notices.byLeg.get(leg);
  if (!progress || idOf(progress) !== playback) return notices;
  return { ...notices, byLeg: new Map(notices.byLeg).set(leg, { ...progress, playing: null }) };
}

export function noticePlaybacks({ byLeg }: Notices, language: Language): readonly Playback[] {
  return [...byLeg].flatMap(([leg, progress]) =>
    progress.playing === null
      ? []
      : [{ id: idOf(progress), leg, language, items: [noticeItem(progress.playing)], loop: false }],
  );
}

const idOf = ({ serial }: NoticeProgress): PlaybackId => playbackId(`notice-${serial}`);
