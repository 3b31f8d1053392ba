import type { AnalogPhone } from '../lines/analog/phone-state.js';
import type { PlaybackId, PortId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { Instant } from '../primitives/time.js';
import type { Playback, Utterance } from '../switchboard/audio.js';
import type { Ports } from './ports.js';
import { channelLeg } from './ports.js';

/** What the box says about itself on a handset, mixed with whatever else is heard there. */
export interface Announcement {
  readonly id: PlaybackId;
  readonly port: PortId;
  readonly items: readonly Utterance[];
}

/** Says it on a handset that is lifted, the moderator's before any other; null where none is. What was being said is not said to its end. */
export function announce(ports: Ports, items: readonly Utterance[], now: Instant): Announcement | null {
  const lifted = [...ports.phones.values()].filter(isLifted);
  const handset = lifted.find(({ settings }) => settings.onLift.kind === 'call') ?? lifted[0];
  return handset ? { id: playbackId(`box-state-${now}`), port: handset.settings.port, items } : null;
}

/** What is still said: nothing once the handset is hung up. */
export function stillHeard(ports: Ports, announcement: Announcement | null): Announcement | null {
  const phone = announcement === null ? undefined : ports.phones.get(announcement.port);
  return phone && isLifted(phone) ? announcement : null;
}

export function announcementPlayback({ id, port, items }: Announcement, language: Language): Playback {
  return { id, leg: channelLeg(port), language, items, loop: false };
}

function isLifted({ state }: AnalogPhone): boolean {
  return state.kind === 'offHook';
}
