import type { LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import type { Playback } from './audio.js';
import { releasing, withoutKey } from './calls.js';
import type { ReleaseCause } from './release-cause.js';
import type { Announcement, SwitchboardState } from './state.js';

/** Longer than any prompt, in milliseconds. */
const longestMs = 15_000;

/** Spoken to a person of the house who dialled what leads nowhere; null where the cause speaks for itself. */
export function spokenCause(cause: ReleaseCause): PromptName | null {
  if (cause === 'notFound') return 'no-such-number';
  return cause === 'incomplete' ? 'number-incomplete' : null;
}

/** The caller on this leg hears the prompt without being answered, then the call ends with the cause. */
export function announced(
  state: SwitchboardState,
  leg: LegId,
  { prompt, cause }: Pick<Announcement, 'prompt' | 'cause'>,
  now: Instant,
): SwitchboardState {
  const announcement: Announcement = { prompt, cause, until: now + longestMs };
  return { ...state, announcements: new Map(state.announcements).set(leg, announcement) };
}

/** The leg ends once its announcement has been heard. */
export function announcementHeard(state: SwitchboardState, leg: LegId, playback: PlaybackId): SwitchboardState {
  const announcement = state.announcements.get(leg);
  return announcement && playback === announcementId(leg) ? over(state, leg, announcement) : state;
}

/** Ends the legs of announcements that have lasted too long. */
export function announcementsOver(state: SwitchboardState, now: Instant): SwitchboardState {
  return [...state.announcements]
    .filter(([, { until }]) => until <= now)
    .reduce((left, [leg, announcement]) => over(left, leg, announcement), state);
}

/** The caller has hung up. */
export function withoutAnnouncement(state: SwitchboardState, leg: LegId): SwitchboardState {
  return state.announcements.has(leg) ? { ...state, announcements: withoutKey(state.announcements, leg) } : state;
}

export const announcementPlaybacks = ({ announcements }: SwitchboardState, language: Language): readonly Playback[] =>
  [...announcements].map(([leg, { prompt }]) => ({
    id: announcementId(leg),
    leg,
    language,
    items: [{ kind: 'prompt', name: prompt }],
    loop: false,
  }));

const over = (state: SwitchboardState, leg: LegId, { cause }: Announcement): SwitchboardState =>
  releasing(withoutAnnouncement(state, leg), [leg], cause);

const announcementId = (leg: LegId): PlaybackId => playbackId(`announcement-${leg}`);
