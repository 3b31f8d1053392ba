import type { SoundEnd } from '../hat/sound.js';

/** Who hears and speaks at the far end of a line. */
export interface Person {
  hear(frame: Int16Array): void;
  /** Somebody else has taken the place. */
  onReplaced(): void;
}

/** The longest delay of somebody who speaks in bursts, in frames; older sound is dropped. */
const mostWaiting = 10;

/** The place at the far end of a line, for one person at a time. */
export class MouthAndEar implements SoundEnd {
  #person: Person | undefined;
  #spoken: Int16Array[] = [];

  /** Takes the place, away from whoever had it. */
  take(person: Person): void {
    const before = this.#person;
    this.#person = person;
    this.#spoken = [];
    if (before !== person) before?.onReplaced();
  }

  /** Does nothing if somebody else has taken the place. */
  leave(person: Person): void {
    if (this.#person === person) this.#person = undefined;
  }

  /** Says a frame of 160 samples; whoever does not have the place is not heard. */
  speak(person: Person, frame: Int16Array): void {
    if (this.#person === person) this.#spoken = [...this.#spoken, frame].slice(-mostWaiting);
  }

  next(): Int16Array | undefined {
    return this.#spoken.shift();
  }

  send(frame: Int16Array): void {
    this.#person?.hear(frame);
  }
}
