import { setTimeout as pause } from 'node:timers/promises';
import type { FxsCircuit } from './fxs-circuit.js';
import type { Oscillator } from './oscillator.js';

/** DTMF (ITU-T Q.23), in Hz. */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = ['123A', '456B', '789C', '*0#D'];

/** Dial pulses at ten a second, in milliseconds. */
const pulseBreakMs = 60;
const pulseMakeMs = 40;
const betweenPulsedDigitsMs = 500;
/** No finger is faster, in milliseconds. */
const betweenKeysMs = 60;

/** An analog telephone with hook switch, keys and a dial. */
export class Telephone {
  readonly #circuit: FxsCircuit;
  readonly #keyTone: Oscillator;

  constructor(circuit: FxsCircuit, keyTone: Oscillator) {
    this.#circuit = circuit;
    this.#keyTone = keyTone;
  }

  lift(): void {
    this.#circuit.setLoop(true);
  }

  hangUp(): void {
    this.#circuit.setLoop(false);
  }

  /** Opens the loop for a moment. */
  async flash(ms: number): Promise<void> {
    this.#circuit.setLoop(false);
    await pause(ms);
    this.#circuit.setLoop(true);
  }

  /** Holds a key down. */
  async press(digit: string, ms: number): Promise<void> {
    const row = keys.findIndex((line) => line.includes(digit));
    const frequencies = [rows[row], columns[keys[row]?.indexOf(digit) ?? -1]];
    this.#keyTone.set(frequencies.filter((frequency) => frequency !== undefined));
    this.#circuit.setTone(digit);
    await pause(ms);
    this.#keyTone.set([]);
    this.#circuit.setTone(undefined);
    await pause(betweenKeysMs);
  }

  /** Turns the dial. */
  async pulse(digit: string): Promise<void> {
    const pulses = digit === '0' ? 10 : Number(digit);
    for (let count = 0; count < pulses; count++) {
      this.#circuit.setLoop(false);
      await pause(pulseBreakMs);
      this.#circuit.setLoop(true);
      await pause(pulseMakeMs);
    }
    await pause(betweenPulsedDigitsMs);
  }
}
