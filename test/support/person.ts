import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { Recording } from './audio/recording.js';
import { totalLevel } from './audio/tones.js';
import type { Hat } from './board/hat.js';
import { until } from './waiting.js';

const sampleRate = 8000;
/** Of busy tone; of others it is not waited for. */
const longestPauseMs = 600;
const quietDbfs = -60;
const memorySamples = 30 * sampleRate;

/** Somebody at the other end of an analog line: on the telephone of an FXS port, or far away behind an exchange. */
export class Person {
  readonly hat: Hat;
  readonly audio = { heard: (ms: number): Recording => this.#heard(ms) };
  #socket: Socket | undefined;
  #samples: number[] = [];
  #rest: Buffer = Buffer.alloc(0);

  static async at(hat: Hat): Promise<Person> {
    const person = new Person(hat);
    await person.return();
    return person;
  }

  private constructor(hat: Hat) {
    this.hat = hat;
  }

  /** Takes the telephone of a HAT that has started again. */
  async return(): Promise<void> {
    const socket = createConnection(this.hat.person);
    await once(socket, 'connect');
    this.#socket?.destroy();
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (bytes) => this.#hear(bytes));
  }

  /** Waits until nothing is heard for as long as no tone of a network pauses, and forgets what was heard before. */
  async untilQuiet(): Promise<void> {
    await until(`silence at ${this.hat.person}`, () => totalLevel(this.#heard(longestPauseMs)) < quietDbfs);
    this.#samples = [];
    this.hat.forget();
  }

  /** Says a tone, in Hz, from now on. */
  async says(frequency: number): Promise<void> {
    await this.hat.tell({ do: 'speak', frequencies: [frequency] });
  }

  /** Presses keys; whoever does so says nothing meanwhile. */
  async keys(digits: string, voice: number): Promise<void> {
    await this.hat.tell({ do: 'speak', frequencies: [] });
    await this.hat.press(digits);
    await this.says(voice);
  }

  leave(): void {
    this.#socket?.destroy();
  }

  #hear(bytes: Buffer): void {
    const whole = Buffer.concat([this.#rest, bytes]);
    const end = whole.length - (whole.length % 2);
    for (let index = 0; index < end; index += 2) this.#samples.push(whole.readInt16LE(index));
    this.#rest = whole.subarray(end);
    if (this.#samples.length > 2 * memorySamples) this.#samples = this.#samples.slice(-memorySamples);
  }

  #heard(ms: number): Recording {
    return { sampleRate, samples: Int16Array.from(this.#samples.slice((-ms * sampleRate) / 1000)) };
  }
}
