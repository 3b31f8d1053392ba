import { setTimeout as pause } from 'node:timers/promises';
import type { FxoCircuit, Subscriber } from './fxo-circuit.js';
import type { Oscillator } from './oscillator.js';
import { Ringer } from './ringer.js';

/** A German exchange: tones in Hz, cadences in milliseconds (ITU-T E.180 Supplement 2). */
const tone = [425];
const busyCadence = [480, 480];

const dialToneAfterMs = 200;

export interface Outside {
  /** The subscriber went off or on hook. */
  onHook(isOffHook: boolean): void;
  /** What was dialled since the line was seized. */
  onDialled(digits: string): void;
}

/** The provider's exchange, and who calls through it. */
export class Exchange implements Subscriber {
  readonly #oscillator: Oscillator;
  readonly #outside: Outside;
  readonly #ringer: Ringer;
  readonly #busy: Ringer;
  #circuit: FxoCircuit | undefined;
  #dialled = '';
  #dialTone: NodeJS.Timeout | undefined;

  /**
   * @param oscillator heard on the line.
   * @param ringBack heard by whoever calls.
   */
  constructor(oscillator: Oscillator, ringBack: Oscillator, outside: Outside) {
    this.#oscillator = oscillator;
    this.#outside = outside;
    this.#ringer = new Ringer((isOn) => {
      this.#circuit?.setRingVoltage(isOn);
      ringBack.set(isOn ? tone : []);
    });
    this.#busy = new Ringer((isOn) => this.#oscillator.set(isOn ? tone : []));
  }

  connect(circuit: FxoCircuit): void {
    this.#circuit = circuit;
  }

  ring(cadence: readonly number[], caller: { number: string; name: string } | undefined): void {
    this.#ringer.start(cadence, () => {
      if (caller) this.#circuit?.hearCaller(caller.number, caller.name);
    });
  }

  stopRinging(): void {
    this.#ringer.stop();
  }

  /** Interrupts the loop current, as exchanges do when the far end has hung up. */
  async breakLoop(ms: number): Promise<void> {
    this.#circuit?.setLoopCurrent(false);
    await pause(ms);
    this.#circuit?.setLoopCurrent(true);
  }

  playBusy(): void {
    this.#silence();
    this.#busy.start(busyCadence, () => {});
    this.#circuit?.hearTone('busy');
  }

  onHook(isOffHook: boolean): void {
    const isAnswer = this.#ringer.isRinging;
    this.#ringer.stop();
    this.#silence();
    this.#dialled = '';
    this.#outside.onHook(isOffHook);
    if (isOffHook && !isAnswer) this.#dialTone = setTimeout(() => this.#playDialTone(), dialToneAfterMs);
  }

  onDigit(digit: string): void {
    this.#silence();
    this.#dialled += digit;
    this.#outside.onDialled(this.#dialled);
  }

  #playDialTone(): void {
    this.#oscillator.set(tone);
    this.#circuit?.hearTone('dial');
  }

  #silence(): void {
    clearTimeout(this.#dialTone);
    this.#busy.stop();
    this.#oscillator.set([]);
    this.#circuit?.hearTone(undefined);
  }
}
