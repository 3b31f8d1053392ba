import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Recording } from '../audio/recording.js';
import { sine } from '../audio/tones.js';
import { readGrowingChannels, writeWav } from '../audio/wav.js';
import { until } from '../waiting.js';
import type { BaresipControl } from './baresip-control.js';
import {
  type BaresipCodec,
  type BaresipOptions,
  baresipSourceRate,
  startBaresip,
  transportOf,
} from './baresip-process.js';
import type { Phone, PhoneAccount } from './phone.js';

const toneDbfs = -12;
/** baresip ends a call when its sound file does. */
const toneMs = 180_000;

type CallState = 'idle' | 'calling' | 'ringing' | 'talking';

/** What the events of baresip make of its call. */
const stateAfter: Readonly<Record<string, CallState>> = {
  CALL_INCOMING: 'ringing',
  CALL_RINGING: 'calling',
  CALL_PROGRESS: 'calling',
  CALL_ESTABLISHED: 'talking',
  CALL_CLOSED: 'idle',
  // baresip 1.0 hangs up then, and says no more.
  TRANSFER_FAILED: 'idle',
};

/** A phone as a process of baresip: a SIP stack, jitter buffer and codecs that are neither PJSIP's nor ours. */
export class BaresipPhone implements Phone {
  readonly number: string;
  readonly #server: PhoneAccount['server'];
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #control: BaresipControl;
  #hasHeld = false;

  /** Starts it and waits until it is registered. */
  static async register(
    account: PhoneAccount,
    codec: BaresipCodec,
    options: BaresipOptions = {},
  ): Promise<BaresipPhone> {
    const folder = await mkdtemp(join(tmpdir(), 'baresip-'));
    await writeWav(join(folder, 'tone.wav'), sine(account.tone, toneDbfs, toneMs, baresipSourceRate));
    try {
      const { process, control } = await startBaresip(folder, account, codec, options);
      return new BaresipPhone(account, folder, process, control);
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  private constructor(
    { number, server }: PhoneAccount,
    folder: string,
    process: ChildProcess,
    control: BaresipControl,
  ) {
    this.number = number;
    this.#server = server;
    this.#folder = folder;
    this.#process = process;
    this.#control = control;
  }

  async call(number: string): Promise<void> {
    await this.#control.command('dial', this.#uriOf(number));
    await this.#untilState('calling', 'talking');
  }

  async answer(): Promise<void> {
    await this.#untilState('ringing');
    await this.#control.command('accept');
  }

  async untilTalking(): Promise<void> {
    await this.#untilState('talking');
  }

  async untilEnded(): Promise<void> {
    await this.#untilState('idle');
    this.#hasHeld = false;
  }

  async hold(): Promise<void> {
    this.#hasHeld = true;
    await this.#renegotiate('hold');
  }

  async resume(): Promise<void> {
    await this.#renegotiate('resume');
  }

  async pressKeys(digits: string): Promise<void> {
    for (const digit of digits) await this.#control.command('sndcode', digit);
  }

  /** Sends the other side on to a number, without a word before. */
  async transferTo(number: string): Promise<void> {
    await this.#control.command('transfer', this.#uriOf(number));
  }

  /** Waits until it was told that a transfer has failed, and for which reason. */
  async untilTransferFailed(reason: string): Promise<void> {
    await until(`the transfer of baresip ${this.number} to fail`, () =>
      this.#control.events.some(({ type, param }) => type === 'TRANSFER_FAILED' && param === reason),
    );
  }

  async hangUp(): Promise<void> {
    if (this.#state !== 'idle') await this.#control.command('hangup');
    await this.untilEnded();
  }

  /** @throws after a hold, as baresip 1.0 leaves its recorder out when the audio starts again */
  async heard(ms: number): Promise<Recording> {
    return mixed(await this.#record(ms));
  }

  /** What it hears on each side, with Opus; as `heard`. */
  async heardOnSides(ms: number): Promise<{ readonly left: Recording; readonly right: Recording }> {
    const [left, right, ...others] = await this.#record(ms);
    if (!left || !right || others.length > 0) throw new Error('baresip did not hear two channels');
    return { left, right };
  }

  async #record(ms: number): Promise<readonly Recording[]> {
    if (this.#hasHeld) throw new Error('baresip records nothing more in a call that it held');
    const path = await until('baresip to record', () => this.#newestRecording());
    const before = (await stat(path)).size;
    await pause(ms);
    const channels = await readGrowingChannels(path, ms);
    const arrived = ((await stat(path)).size - before) / 2 / channels.length;
    return channels.map(({ sampleRate, samples }) => {
      const whole = new Int16Array(Math.round((ms * sampleRate) / 1000));
      whole.set(samples.subarray(Math.max(0, samples.length - arrived)));
      return { sampleRate, samples: whole };
    });
  }

  async close(): Promise<void> {
    this.#control.close();
    if (this.#process.exitCode === null) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await exited;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  #uriOf(number: string): string {
    return `sip:${number}@${this.#server.address}:${this.#server.port}${transportOf(this.#server)}`;
  }

  async #renegotiate(command: 'hold' | 'resume'): Promise<void> {
    const before = this.#control.events.length;
    await this.#control.command(command);
    await until(`baresip ${this.number} to ${command}`, () =>
      this.#control.events.slice(before).some(({ type, param }) => type === 'CALL_REMOTE_SDP' && param === 'answer'),
    );
  }

  get #state(): CallState {
    return this.#control.events.reduce<CallState>((state, { type }) => stateAfter[type] ?? state, 'idle');
  }

  async #untilState(...wanted: CallState[]): Promise<void> {
    await until(
      () => `baresip ${this.number} to be ${wanted.join(' or ')}; it is ${this.#state}`,
      () => wanted.includes(this.#state),
    );
  }

  async #newestRecording(): Promise<string | undefined> {
    const names = (await readdir(this.#folder)).filter((name) => /^dump-.*-dec\.wav$/.test(name)).sort();
    const newest = names.at(-1);
    return newest === undefined ? undefined : join(this.#folder, newest);
  }
}

function mixed(channels: readonly Recording[]): Recording {
  const [first] = channels;
  if (!first) throw new Error('baresip heard no channel');
  const sumAt = (at: number) => channels.reduce((sum, { samples }) => sum + (samples[at] ?? 0), 0);
  return { ...first, samples: first.samples.map((_, at) => sumAt(at) / channels.length) };
}
