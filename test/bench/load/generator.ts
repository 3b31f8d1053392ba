import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import type { Law } from '../../support/audio/g711.js';
import { payloadTypes } from '../../support/sip/sdp.js';
import { type EventOf, type GeneratorEvent, type GeneratorReport, generatorEvent } from './events.js';

/** Where a stream goes to. */
export interface StreamTarget {
  readonly address: string;
  readonly port: number;
  readonly codec: Law;
  /** Payload type of telephone-event (RFC 4733). */
  readonly eventPayloadType: number;
}

export type KeyPress = EventOf<'pressed'>;
type Listener = (event: GeneratorEvent) => void;

const keyMs = 100;
const pauseMs = 100;

/** The load generator, a process of its own: sends and measures the audio of all phones. */
export class Generator {
  readonly #process: ChildProcess;
  readonly #commands: Writable;
  readonly #listeners = new Set<Listener>();
  readonly #streams = new Set<number>();
  readonly #failed: Promise<never>;
  #failure: Error | undefined;

  /** @param command the program and what comes before it to place it on its core. */
  static start([program = '', ...argumentsOf]: readonly string[]): Generator {
    const process = spawn(program, argumentsOf, { stdio: ['pipe', 'pipe', 'inherit'] });
    return new Generator(process, process.stdin);
  }

  private constructor(process: ChildProcess, commands: Writable) {
    this.#process = process;
    this.#commands = commands;
    this.#failed = new Promise((_, reject) => {
      const fail = (why: string) => {
        this.#failure ??= new Error(`the load generator ${why}`);
        reject(this.#failure);
      };
      process.on('exit', (code, signal) => fail(`ended with ${signal ?? code}`));
      process.on('error', (error) => fail(error.message));
    });
    this.#failed.catch(() => {}); // who waits for something of it is told
    commands.on('error', () => {}); // 'exit' tells more
    if (process.stdout) createInterface(process.stdout).on('line', (line) => this.#receive(line));
  }

  async openStream(): Promise<Stream> {
    const id = this.#freeId();
    this.#streams.add(id);
    this.command(`open ${id}`);
    const port = await this.nextThat((event) =>
      event.event === 'opened' && event.stream === id ? event.port : undefined,
    );
    return new Stream(this, id, port);
  }

  /** Begins a measuring window. */
  begin(): void {
    this.command('begin');
  }

  /** What was measured since `begin`, with the levels of these frequencies (Hz). */
  report(frequencies: readonly number[]): Promise<GeneratorReport> {
    this.command(`report ${frequencies.join(' ')}`);
    return this.nextThat((event) => (event.event === 'report' ? event : undefined));
  }

  /** Calls back with each event until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For the stream that has ended: its number is free again. */
  forget(id: number): void {
    this.#streams.delete(id);
  }

  /** For the streams. */
  command(line: string): void {
    if (this.#failure) throw this.#failure;
    this.#commands.write(`${line}\n`);
  }

  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#commands.end();
    await ended;
  }

  /** The first thing that is picked out of the coming events. Rejects when the generator fails. */
  nextThat<T>(pick: (event: GeneratorEvent) => T | undefined): Promise<T> {
    const next = new Promise<T>((resolve) => {
      const stop = this.listen((event) => {
        const picked = pick(event);
        if (picked === undefined) return;
        stop();
        resolve(picked);
      });
    });
    return Promise.race([next, this.#failed]);
  }

  /** The lowest, for the streams are spread over the 20 ms by their numbers. */
  #freeId(): number {
    for (let id = 1; ; id += 1) if (!this.#streams.has(id)) return id;
  }

  #receive(line: string): void {
    const event = generatorEvent.parse(JSON.parse(line));
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** One phone's audio; once it is closed, what it is told does nothing. */
export class Stream {
  readonly #generator: Generator;
  #isOpen = true;
  readonly id: number;
  readonly port: number;

  constructor(generator: Generator, id: number, port: number) {
    this.#generator = generator;
    this.id = id;
    this.port = port;
  }

  /** Sends a packet every 20 ms from now on. */
  aim({ address, port, codec, eventPayloadType }: StreamTarget): void {
    this.#command('aim', `${address} ${port} ${payloadTypes[codec]} ${eventPayloadType}`);
  }

  /** A steady tone of whole 50 Hz; to be said again when the codec changes. */
  say(frequency: number, dbfs: number): void {
    this.#command('say', `${frequency} ${dbfs}`);
  }

  /** Presses keys (RFC 4733); resolves with the last one, when it is sent. */
  press(digits: string): Promise<KeyPress> {
    this.#command('press', `${digits} ${keyMs} ${pauseMs}`);
    let left = digits.length;
    return this.#generator.nextThat((event) => {
      if (event.event !== 'pressed' || event.stream !== this.id) return undefined;
      left -= 1;
      return left === 0 ? event : undefined;
    });
  }

  /** Puts a click at this sample (0 to 155) of the next packet. */
  click(sample: number): void {
    this.#command('click', String(sample));
  }

  /** Tells of clicks that come in from now on. */
  reportClicks(): void {
    this.#command('report-clicks', '');
  }

  /** Resolves with the time at which a packet with this tone first comes in. */
  awaitTone(frequency: number): Promise<number> {
    this.#command('await-tone', String(frequency));
    return this.#generator.nextThat((event) =>
      event.event === 'tone' && event.stream === this.id ? event.at : undefined,
    );
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#command('close', '');
    this.#isOpen = false;
    this.#generator.forget(this.id);
  }

  #command(name: string, argumentsOf: string): void {
    if (this.#isOpen) this.#generator.command(`${name} ${this.id} ${argumentsOf}`);
  }
}
