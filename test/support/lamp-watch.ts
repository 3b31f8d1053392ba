import { until } from './waiting.js';

const lookEveryMs = 2;

/** Watches a lamp and notes when it turns on and off. */
export class LampWatch {
  readonly #turnedAt: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #wasLit: boolean;

  /** The first turn that counts is the first after now. */
  constructor(isLit: () => boolean) {
    this.#wasLit = isLit();
    this.#timer = setInterval(() => {
      if (isLit() === this.#wasLit) return;
      this.#wasLit = !this.#wasLit;
      this.#turnedAt.push(performance.now());
    }, lookEveryMs);
  }

  /** How often it has turned on or off. */
  get turns(): number {
    return this.#turnedAt.length;
  }

  /** Waits until the lamp has turned so often. */
  async untilTurns(count: number): Promise<void> {
    await until(
      () => `a lamp to turn ${count} times; it did ${this.turns} times`,
      () => this.turns >= count,
    );
  }

  /**
   * How long a phase usually lasts, in milliseconds: the median, as a busy machine holds up now one turn and now another.
   * @param phase counted from the first turn, in a pattern of so many phases.
   */
  usualMs(phase: number, phases: number): number {
    const lengths = this.#turnedAt
      .map((at, index) => (this.#turnedAt[index + 1] ?? Number.NaN) - at)
      .filter((length, index) => index % phases === phase && !Number.isNaN(length))
      .sort((a, b) => a - b);
    return lengths[Math.floor(lengths.length / 2)] ?? Number.NaN;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
