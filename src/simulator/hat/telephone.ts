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
/** The shortest time that a key is down, and that none is before the next one, in milliseconds: no finger is faster. */
const shortestKeyMs = 80;
const betweenKeysMs = 60;
/** From the lifted handset to the first key: longer than the HAT takes to notice that it is lifted. */
const handToKeysMs = 60;

/** An analog telephone with hook switch, keys and a dial. */
export class Telephone {
  readonly #circuit: FxsCircuit;
  readonly #keyTone: Oscillator;
  #heldSince = 0;

  constructor(circuit: FxsCircuit, keyTone: Oscillator) {
    this.#circuit = circuit;
    this.#keyTone = keyTone;
  }

  /** Lifts the handset; resolves when a finger could be on a key. */
  async lift(): Promise<void> {
    this.#circuit.setLoop(true);
    await pause(handToKeysMs);
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

  /** Holds a key down for a time. */
  async press(digit: string, ms: number): Promise<void> {
    this.hold(digit);
    await pause(ms);
    await this.#letGo();
  }

  /** Puts a finger on a key, and takes it off any other. */
  hold(digit: string): void {
    const row = keys.findIndex((line) => line.includes(digit));
    const frequencies = [rows[row], columns[keys[row]?.indexOf(digit) ?? -1]];
    this.#keyTone.set(frequencies.filter((frequency) => frequency !== undefined));
    this.#circuit.setTone(digit);
    this.#heldSince = performance.now();
  }

  /** Takes the finger off the key, once it has been down for the shortest time. */
  async release(): Promise<void> {
    await pause(Math.max(0, this.#heldSince + shortestKeyMs - performance.now()));
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
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
