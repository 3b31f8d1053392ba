import type { Country } from '../../primitives/country.js';
import type { RingCadence } from '../../switchboard/network-tones.js';

/** What a SLIC rings by: its mode, and the polarity of the wires, which is reversed again and again. */
export interface RingOutputs {
  setRingMode(isOn: boolean): void;
  setReversed(isReversed: boolean): void;
}

/** Frequency of ringing in Hz: ETSI ES 201 970, 11.2.1 (25 Hz), and ANSI T1.401 (20 Hz). */
const ringHz: Readonly<Record<Country, number>> = { de: 25, gb: 25, us: 20, unknown: 25 };

/** Makes the alternating current of a telephone's bell, in a cadence. */
export class RingGenerator {
  readonly #outputs: RingOutputs;
  readonly #halfPeriodMs: number;
  #isRinging = false;
  #phase: NodeJS.Timeout | undefined;
  #wave: NodeJS.Timeout | undefined;

  constructor(outputs: RingOutputs, country: Country) {
    this.#outputs = outputs;
    this.#halfPeriodMs = 1000 / ringHz[country] / 2;
  }

  /** Whether the cadence runs, its silences included. */
  get isRinging(): boolean {
    return this.#isRinging;
  }

  /** Durations of ringing and silence in turn, in milliseconds, over and over. */
  start(cadence: RingCadence): void {
    this.stop();
    this.#isRinging = true;
    this.#step(cadence, 0);
  }

  stop(): void {
    clearTimeout(this.#phase);
    if (!this.#isRinging) return;
    this.#isRinging = false;
    this.#silence();
  }

  #step(cadence: RingCadence, index: number): void {
    if (index % 2 === 0) this.#sound();
    else this.#silence();
    this.#phase = setTimeout(() => this.#step(cadence, index + 1), cadence[index % cadence.length]);
  }

  #sound(): void {
    let isReversed = false;
    this.#outputs.setRingMode(true);
    this.#wave = setInterval(() => {
      isReversed = !isReversed;
      this.#outputs.setReversed(isReversed);
    }, this.#halfPeriodMs);
  }

  #silence(): void {
    clearInterval(this.#wave);
    this.#outputs.setReversed(false);
    this.#outputs.setRingMode(false);
  }
}
