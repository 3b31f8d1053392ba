import { find } from './dom.js';

/** What a meter shows: from here to full scale, in dBFS. */
const lowest = -60;
/** How fast a level falls, in dB per second. */
const fall = 40;

/** The level of a frame, in dB below a full-scale square wave. */
export function levelOf(frame: Int16Array): number {
  const sum = frame.reduce((total, sample) => total + sample * sample, 0);
  return 10 * Math.log10(Math.max(1, sum / frame.length)) - 20 * Math.log10(32768);
}

/** A bar that rises at once and falls slowly. */
export class LevelMeter {
  readonly #bar: HTMLElement;
  readonly #meter: HTMLMeterElement;
  #level = lowest;
  #shownAt = 0;

  /** The bar is for the eye; the meter in it for a screen reader. */
  constructor(bar: HTMLElement) {
    this.#bar = bar;
    this.#meter = find(bar, 'meter', HTMLMeterElement);
    this.#draw();
  }

  /** Shows a level in dBFS. */
  show(level: number): void {
    const now = performance.now();
    const fallen = this.#level - ((now - this.#shownAt) / 1000) * fall;
    this.#level = Math.min(0, Math.max(lowest, level, fallen));
    this.#shownAt = now;
    this.#draw();
  }

  rest(): void {
    if (this.#level === lowest) return;
    this.#level = lowest;
    this.#draw();
  }

  #draw(): void {
    this.#bar.style.setProperty('--level', String(1 - this.#level / lowest));
    this.#meter.value = Math.round(this.#level);
  }
}
