import { setTimeout as pause } from 'node:timers/promises';
import { type Pattern, phases } from '../../../src/indication/lamps.js';
import { until } from '../waiting.js';

const lookEveryMs = 2;

/** Off by no more than this the eye takes it for the pattern, in milliseconds. */
const toleranceMs = 50;

/**
 * Waits until a lamp shows the pattern, with the right timing and without a gap. A machine that stands still for longer than a phase makes
 * a lamp skip it, so it is looked at anew until it has not.
 */
export async function untilShown(lamp: string, isLit: () => boolean, pattern: Pattern): Promise<void> {
  await until(`${lamp} to show ${pattern}`, async () => {
    const steps = phases[pattern];
    const watch = new LampWatch(isLit);
    const wasLit = isLit();
    try {
      if (steps.length === 1) {
        await pause(1500);
        return watch.turns === 0 && wasLit === steps[0]?.isOn;
      }
      await watch.untilTurns(2 * steps.length + 1);
      // Which phase comes first depends on when one begins to look.
      return steps.some((_, first) =>
        steps.every((_, index) => {
          const ms = steps[(first + index) % steps.length]?.ms ?? Number.NaN;
          return Math.abs(watch.usualMs(index, steps.length) - ms) < toleranceMs;
        }),
      );
    } finally {
      watch.stop();
    }
  });
}

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
