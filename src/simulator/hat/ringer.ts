/** Switches something on and off in a cadence, over and over. */
export class Ringer {
  readonly #switch: (isOn: boolean) => void;
  #timer: NodeJS.Timeout | undefined;
  #isRinging = false;

  constructor(onSwitch: (isOn: boolean) => void) {
    this.#switch = onSwitch;
  }

  /** Whether the cadence runs, its silences included. */
  get isRinging(): boolean {
    return this.#isRinging;
  }

  /** Durations of ringing and silence in turn, in milliseconds. `onSilence` is called in the first silence. */
  start(cadence: readonly number[], onSilence: () => void): void {
    this.stop();
    this.#isRinging = true;
    this.#step(cadence, 0, onSilence);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#isRinging) return;
    this.#isRinging = false;
    this.#switch(false);
  }

  #step(cadence: readonly number[], index: number, onSilence: () => void): void {
    this.#switch(index % 2 === 0);
    if (index === 1) onSilence();
    this.#timer = setTimeout(() => this.#step(cadence, index + 1, onSilence), cadence[index % cadence.length]);
  }
}
