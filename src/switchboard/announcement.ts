import type { LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import type { Playback, Utterance } from './audio.js';
import { releasing, withoutKey } from './calls.js';
import type { ReleaseCause } from './release-cause.js';
import type { Announcement, SwitchboardState } from './state.js';

/** Longer than any sentence with a number in it, in milliseconds. */
const longestMs = 45_000;
/** For so long a caller waits in silence for what is read from the record, in milliseconds. */
export const longestReadMs = longestMs;
/** The same for what is told of it, which has several sentences. */
const longestRecordMs = 120_000;

/** Spoken to a person of the house who dialled what leads nowhere; null where the cause speaks for itself. */
export function spokenCause(cause: ReleaseCause): PromptName | null {
  if (cause === 'notFound') return 'no-such-number';
  return cause === 'incomplete' ? 'number-incomplete' : null;
}

/** The caller on this leg hears the prompt without being answered, then the call ends with the cause. */
export const refusedAloud = (
  state: SwitchboardState,
  leg: LegId,
  { prompt, cause }: { readonly prompt: PromptName; readonly cause: ReleaseCause },
  now: Instant,
): SwitchboardState =>
  announced(state, leg, { items: [{ kind: 'prompt', name: prompt }], cause, isAnswered: false, awaits: null }, now);

/** The caller on this leg is answered and told that what they dialled is done, once this change of call handling is kept. */
export const confirmedAloud = (
  state: SwitchboardState,
  leg: LegId,
  items: readonly Utterance[],
  awaits: number | null,
  now: Instant,
): SwitchboardState => announced(state, leg, { items, cause: 'normal', isAnswered: true, awaits }, now);

/** The caller on this leg is answered, and told what they have asked for once it has been read from the record. */
export const awaitedAloud = (state: SwitchboardState, leg: LegId, now: Instant): SwitchboardState =>
  announced(state, leg, { items: [], cause: 'normal', isAnswered: true, awaits: 'ownRecord' }, now);

/** What the caller on this leg has asked for has been read; one who has hung up is told nothing. */
export function toldAloud(
  state: SwitchboardState,
  leg: LegId,
  items: readonly Utterance[],
  now: Instant,
): SwitchboardState {
  const announcement = state.announcements.get(leg);
  if (announcement?.awaits !== 'ownRecord') return state;
  const told = { ...announcement, items, awaits: null, until: now + longestRecordMs };
  return { ...state, announcements: new Map(state.announcements).set(leg, told) };
}

function announced(
  state: SwitchboardState,
  leg: LegId,
  announcement: Omit<Announcement, 'until'>,
  now: Instant,
): SwitchboardState {
  const announcements = new Map(state.announcements).set(leg, { ...announcement, until: now + longestMs });
  return { ...state, announcements };
}

/** Changes of call handling are kept beyond a restart, up to this one: they can be confirmed. */
export function handlingsKept(state: SwitchboardState, serial: number): SwitchboardState {
  const announcements = [...state.announcements].map(
    ([leg, announcement]) =>
      [leg, isKeptBy(announcement, serial) ? { ...announcement, awaits: null } : announcement] as const,
  );
  return { ...state, announcements: new Map(announcements) };
}

const isKeptBy = ({ awaits }: Announcement, serial: number): boolean => typeof awaits === 'number' && awaits <= serial;

/** The leg ends once its announcement has been heard. */
export function announcementHeard(state: SwitchboardState, leg: LegId, playback: PlaybackId): SwitchboardState {
  const announcement = state.announcements.get(leg);
  return announcement && playback === announcementId(leg) ? over(state, leg, announcement) : state;
}

/** Ends the legs of announcements that have lasted too long. Who waits in vain for what is read from the record is told so first. */
export function announcementsOver(state: SwitchboardState, now: Instant): SwitchboardState {
  return [...state.announcements]
    .filter(([, { until }]) => until <= now)
    .reduce(
      (left, [leg, announcement]) =>
        announcement.awaits === 'ownRecord'
          ? announced(left, leg, { ...announcement, items: [notAvailable], awaits: null }, now)
          : over(left, leg, announcement),
      state,
    );
}

const notAvailable: Utterance = { kind: 'prompt', name: 'not-available' };

/** The caller has hung up. */
export function withoutAnnouncement(state: SwitchboardState, leg: LegId): SwitchboardState {
  return state.announcements.has(leg) ? { ...state, announcements: withoutKey(state.announcements, leg) } : state;
}

export const announcementPlaybacks = ({ announcements }: SwitchboardState, language: Language): readonly Playback[] =>
  [...announcements].flatMap(([leg, { items, awaits }]) =>
    awaits === null ? [{ id: announcementId(leg), leg, language, items, loop: false }] : [],
  );

const over = (state: SwitchboardState, leg: LegId, { cause }: Announcement): SwitchboardState =>
  releasing(withoutAnnouncement(state, leg), [leg], cause);

const announcementId = (leg: LegId): PlaybackId => playbackId(`announcement-${leg}`);
