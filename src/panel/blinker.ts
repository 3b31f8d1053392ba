import { type Pattern, phases } from '../indication/lamps.js';

/** Blinks a lamp by the program's own clock, since not every lamp can blink by itself. */
export class Blinker {
  readonly #set: (isOn: boolean) => void;
  #pattern: Pattern = 'dark';
  #startedAt = 0;
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param set switches the lamp on or off. */
  constructor(set: (isOn: boolean) => void) {
    this.#set = set;
  }

  /** Whether the lamp should be lit at this moment. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Starts the pattern at once; one that is already shown goes on. */
  show(pattern: Pattern): void {
    if (pattern === this.#pattern) return;
    this.#pattern = pattern;
    this.#startedAt = performance.now();
    this.#turn();
  }

  /** Leaves the lamp as it is. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Each step is timed from the beginning of the pattern, so that late timers do not add up. */
  #turn(): void {
    clearTimeout(this.#timer);
    const { isOn, leftMs } = phaseAt(this.#pattern, performance.now() - this.#startedAt);
    this.#isOn = isOn;
    this.#set(isOn);
    if (leftMs !== null) this.#timer = setTimeout(() => this.#turn(), leftMs).unref();
  }
}

interface Moment {
  readonly isOn: boolean;
  /** How long it stays that way, in milliseconds; null for ever. */
  readonly leftMs: number | null;
}

function phaseAt(pattern: Pattern, elapsedMs: number): Moment {
  const steps = phases[pattern];
  const periodMs = steps.reduce((sum, { ms }) => sum + ms, 0);
  let leftMs = periodMs === 0 ? 0 : elapsedMs % periodMs;
  for (const { isOn, ms } of steps) {
    if (periodMs === 0) return { isOn, leftMs: null };
    if (leftMs < ms) return { isOn, leftMs: ms - leftMs };
    leftMs -= ms;
  }
  return { isOn: false, leftMs: null };
}
