import type { Access } from '../admin/users/access.js';
import { codeSpeech } from '../gateway/box-speech.js';
import type { PortId } from '../primitives/ids.js';
import type { Utterance } from '../switchboard/audio.js';

/** The one-time code, spoken to whoever lifts the handset of the box itself: no other telephone may tell it. */
export class SpokenCode {
  #access: Pick<Access, 'oneTimeCode'> | null = null;

  /** @param isServed Whether there is where to use it. */
  constructor(
    private readonly handset: string | null,
    private readonly isServed: () => boolean,
  ) {}

  of(access: Pick<Access, 'oneTimeCode'>): void {
    this.#access = access;
  }

  at(port: PortId): readonly Utterance[] | null {
    if (port !== this.handset || !this.isServed()) return null;
    const code = this.#access?.oneTimeCode ?? null;
    return code === null ? null : codeSpeech(code);
  }
}
