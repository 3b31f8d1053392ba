import type { LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { Instant } from '../primitives/time.js';
import type { Playback } from '../switchboard/audio.js';
import type { Party } from '../switchboard/state.js';
import { canHear } from '../switchboard/state.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import type { NoticeProgress, RequiredNotice } from './notice.js';
import { advanced, heard, intervalBegun, isFulfilled, nextNoticeAt, noticeItem, strictest } from './notice.js';
import type { Target } from './permission.js';
import type { Notice } from './profile.js';
import type { Role, Session, Watch } from './session.js';
import { audible } from './watching.js';

/**
 * The notices to all parties that are listened to. They belong to the parties, not to the moderators: however many listen, a
 * party gets one notice, as the strictest of their profiles requires.
 */
export interface Notices {
  readonly byLeg: ReadonlyMap<LegId, NoticeProgress>;
  readonly nextSerial: number;
}

export const noNotices: Notices = { byLeg: new Map(), nextSerial: 1 };

/** Raised notices in running calls that now ask for tones at intervals: nobody is heard on before the first of them. */
export function intervalsAdded(notices: Notices, before: Iterable<Session>, ...[sessions, calls]: Listened): Notices {
  const hadInterval = new Set(
    requiredNotices(before, calls).flatMap(({ party, required }) => (required.toneEvery === null ? [] : [party.leg])),
  );
  const byLeg = new Map(notices.byLeg);
  for (const { party, required } of requiredNotices(sessions, calls)) {
    const progress = byLeg.get(party.leg);
    if (progress && required.toneEvery !== null && !hadInterval.has(party.leg))
      byLeg.set(party.leg, intervalBegun(progress));
  }
  return { ...notices, byLeg };
}

type Listened = readonly [sessions: Iterable<Session>, calls: TalkingCalls];

/** Starts, continues and ends notices to suit who listens to whom now. */
export function noticesAdvanced({ byLeg, nextSerial }: Notices, now: Instant, ...listened: Listened): Notices {
  let serial = nextSerial;
  const advancedByLeg = new Map<LegId, NoticeProgress>();
  for (const { party, required } of requiredNotices(...listened)) {
    const progress = advanced(required, byLeg.get(party.leg), canHear(party), serial, now);
    if (progress.serial === serial) serial += 1;
    advancedByLeg.set(party.leg, progress);
  }
  return { byLeg: advancedByLeg, nextSerial: serial };
}

/** When the next sound is due; empty when none is. */
export function noticeDeadlines({ byLeg }: Notices, ...listened: Listened): readonly Instant[] {
  return requiredNotices(...listened).flatMap(({ party, required }) => {
    const progress = byLeg.get(party.leg);
    return (progress && nextNoticeAt(required, progress)) ?? [];
  });
}

interface PartyRequirement {
  readonly party: Party;
  readonly required: RequiredNotice;
}

function requiredNotices(...[sessions, calls]: Listened): readonly PartyRequirement[] {
  const demanded = new Map<LegId, { readonly party: Party; readonly notices: Notice[] }>();
  for (const session of sessions) {
    const listens = audible(session, calls);
    if (!listens) continue;
    for (const { party, notices } of partyNotices(listens.watch, listens.target)) {
      const before = demanded.get(party.leg)?.notices ?? [];
      demanded.set(party.leg, { party, notices: [...before, ...notices] });
    }
  }
  return [...demanded.values()].flatMap(({ party, notices }) => {
    const required = strictest(notices);
    return required ? [{ party, required }] : [];
  });
}

/** One end of a monitored call, with the notices that it must get. */
interface PartyNotice {
  readonly role: Role;
  readonly party: Party;
  readonly notices: readonly Notice[];
}

function partyNotices({ notice }: Watch, { memberParty, other }: Target): readonly [PartyNotice, PartyNotice] {
  return [
    { role: 'member', party: memberParty, notices: notice.member },
    { role: 'other', party: other, notices: notice.other },
  ];
}

/** Which of the two ends have heard all that they must have heard so far. */
export function notifiedRoles(notices: Notices, watch: Watch, target: Target): readonly Role[] {
  return partyNotices(watch, target).flatMap(({ role, party, notices: owed }) =>
    isFulfilled(owed, notices.byLeg.get(party.leg)) ? [role] : [],
  );
}

/**
 * The parties that the moderator may hear: those who have heard their notice. While the two talk, one's voice can come back in the audio of
 * the other, through a loudspeaker or line echo, so neither is heard before both have had their notice.
 */
export function audibleParties(notices: Notices, watch: Watch, target: Target): readonly Role[] {
  const told = notifiedRoles(notices, watch, target);
  const isSilentBetween = target.memberParty.held || target.other.held;
  return told.length === 2 || isSilentBetween ? told : [];
}

/** A notice has been played in full; other playbacks change nothing. */
export function noticePlayed(notices: Notices, leg: LegId, playback: PlaybackId): Notices {
  const progress = notices.byLeg.get(leg);
  if (!progress?.isPlaying || idOf(progress) !== playback) return notices;
  return { ...notices, byLeg: new Map(notices.byLeg).set(leg, heard(progress)) };
}

/** Legs that hear a spoken notice, which nothing else may drown out. */
export function announcedLegs({ byLeg }: Notices): ReadonlySet<LegId> {
  return new Set(
    [...byLeg].flatMap(([leg, { isPlaying, owed }]) => (isPlaying && owed === 'announcement' ? [leg] : [])),
  );
}

export function noticePlaybacks({ byLeg }: Notices, language: Language): readonly Playback[] {
  return [...byLeg].flatMap(([leg, progress]) =>
    progress.isPlaying && progress.owed !== null
      ? [{ id: idOf(progress), leg, language, items: [noticeItem(progress.owed)], loop: false }]
      : [],
  );
}

const idOf = ({ serial }: NoticeProgress): PlaybackId => playbackId(`notice-${serial}`);
