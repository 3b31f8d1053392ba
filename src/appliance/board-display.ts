import type { Instant } from '../primitives/time.js';
import type { PortLabels } from '../simulator/board/notice.js';

/** What shows of the box that which no real board shows. */
interface Display {
  /** For how long the button keeps monitoring closed; null when it does not. */
  showPrivacy(forMs: number | null): void;
  showLabels(labels: PortLabels): void;
}

/** Remembers what the simulated board shows beside its hardware, for a board that comes late or is replaced. */
export class BoardDisplay {
  readonly #now: () => Instant;
  #privateUntil: Instant | null = null;
  #labels: PortLabels = {};
  #display: Display | undefined;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** Until when the button keeps monitoring closed. */
  showPrivacy(until: Instant | null): void {
    if (until === this.#privateUntil) return;
    this.#privateUntil = until;
    this.#tellPrivacy();
  }

  /** What the ports are used for. */
  showLabels(labels: PortLabels): void {
    this.#labels = labels;
    this.#display?.showLabels(labels);
  }

  attach(display: Display): void {
    this.#display = display;
    this.#tellPrivacy();
    display.showLabels(this.#labels);
  }

  #tellPrivacy(): void {
    this.#display?.showPrivacy(this.#privateUntil === null ? null : this.#privateUntil - this.#now());
  }
}
