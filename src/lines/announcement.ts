import { type LegId, type PlaybackId, playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { Playback } from '../switchboard/audio.js';
import type { AnalogPort } from './analog-port.js';

interface Present {
  readonly port: AnalogPort;
  readonly playback: Playback;
  /** Whether it takes the place of the dial tone, and ends with it. */
  readonly isGreeting: boolean;
}

/** What the box itself says on a lifted handset: one thing at a time. */
export class Announcement {
  #present: Present | null = null;
  #begun = 0;

  /** Says this instead of whatever was being said. */
  begin(port: AnalogPort, leg: LegId, language: Language, items: Playback['items'], isGreeting: boolean): void {
    this.#begun += 1;
    const id = playbackId(`box-state-${this.#begun}`);
    this.#present = { port, playback: { id, leg, language, items, loop: false }, isGreeting };
  }

  stop(): void {
    this.#present = null;
  }

  /** Whether it was this that has ended. */
  ended(playback: PlaybackId): boolean {
    if (this.#present?.playback.id !== playback) return false;
    this.stop();
    return true;
  }

  /** Ends what nobody is there for any more: the handset is back, or a key was pressed instead of listening to a greeting. */
  settle(): void {
    if (this.#present === null) return;
    const { port, isGreeting } = this.#present;
    if (port.handset === null || (isGreeting && !isDialTone(port))) this.stop();
  }

  isInsteadOfToneAt(port: AnalogPort): boolean {
    return this.#present?.port === port && this.#present.isGreeting;
  }

  get playbacks(): readonly Playback[] {
    return this.#present ? [this.#present.playback] : [];
  }
}

export const isDialTone = ({ handset }: AnalogPort): boolean => handset?.tone?.name === 'dial';
