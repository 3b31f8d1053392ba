import type { Instant } from '../primitives/time.js';

/** A display of how long the button keeps monitoring closed. */
interface Display {
  showPrivacy(forMs: number | null): void;
}

/** Remembers until when the button keeps monitoring closed, for a display that comes late or is replaced. */
export class PrivacyDisplay {
  readonly #now: () => Instant;
  #until: Instant | null = null;
  #display: Display | undefined;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  show(until: Instant | null): void {
    if (until === this.#until) return;
    this.#until = until;
    this.#refresh();
  }

  attach(display: Display): void {
    this.#display = display;
    this.#refresh();
  }

  #refresh(): void {
    this.#display?.showPrivacy(this.#until === null ? null : this.#until - this.#now());
  }
}
