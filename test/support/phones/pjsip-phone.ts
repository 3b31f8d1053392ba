import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, type Call, type CodecName, type Connection, Endpoint, type Player } from 'node-pjsua2';
import type { Recording } from '../audio/recording.js';
import { readGrowingWav } from '../audio/wav.js';
import { until } from '../waiting.js';
import type { Phone, PhoneAccount } from './phone.js';

const toneDbfs = -12;
/** Longer than any test; a loop would have a seam. */
const toneMs = 3_600_000;
/** Apart from those of the appliance on the same machine. */
const rtpPorts = { from: 40_000, to: 40_999 };

/** A PJSIP engine in the process of the test: each of its accounts is a telephone of its own. There is one at a time. */
export class PjsipExchange {
  readonly #endpoint: Endpoint;
  readonly #folder: string;
  readonly #phones: PjsipPhone[] = [];

  /** The codecs are what its phones accept; each may call with others of its own choice among them. */
  static async open(codecs: readonly CodecName[]): Promise<PjsipExchange> {
    const endpoint = await Endpoint.create({ userAgent: 'PJSIP test phone', codecs, clockRate: 16_000, rtpPorts });
    await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
    return new PjsipExchange(endpoint, await mkdtemp(join(tmpdir(), 'pjsip-')));
  }

  private constructor(endpoint: Endpoint, folder: string) {
    this.#endpoint = endpoint;
    this.#folder = folder;
    endpoint.on('incomingCall', (call, { origin }) => {
      const called = this.#phones.find((phone) => origin.kind === 'account' && phone.owns(origin.account));
      if (called) called.ring(call);
      else call.reject(404);
    });
  }

  /** Adds a phone, which calls with this codec, and waits until it is registered. */
  async register(account: PhoneAccount, codec: CodecName): Promise<PjsipPhone> {
    const phone = new PjsipPhone(this.#endpoint, this.#folder, account, codec);
    this.#phones.push(phone);
    await phone.registered;
    return phone;
  }

  async close(): Promise<void> {
    await this.#endpoint.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Conversation {
  readonly call: Call;
  /** Path of what is heard, while the call lasts. */
  readonly recording: string;
  isTalking: boolean;
  /** Resolves when the other side can hear the tone. */
  voice: Promise<Connection>;
}

export class PjsipPhone implements Phone {
  readonly number: string;
  readonly #endpoint: Endpoint;
  readonly #folder: string;
  readonly #server: PhoneAccount['server'];
  readonly #account: Account;
  readonly #voice: Player;
  readonly #codec: CodecName;
  #conversation: Conversation | undefined;

  constructor(endpoint: Endpoint, folder: string, { server, number, password, tone }: PhoneAccount, codec: CodecName) {
    const host = `${server.address}:${server.port}`;
    this.number = number;
    this.#endpoint = endpoint;
    this.#folder = folder;
    this.#server = server;
    this.#codec = codec;
    this.#account = endpoint.addAccount({
      uri: `sip:${number}@${host}`,
      registrar: `sip:${host}`,
      username: number,
      password,
    });
    this.#voice = endpoint.createPlayer({
      segments: [{ frequencies: [tone], ms: toneMs, levelDbfs: toneDbfs }],
    });
  }

  get registered(): Promise<void> {
    return this.#account.registered;
  }

  owns(account: Account): boolean {
    return account === this.#account;
  }

  ring(call: Call): void {
    this.#begin(call);
    call.progress(180);
  }

  async call(number: string): Promise<void> {
    const { address, port } = this.#server;
    this.#begin(
      this.#endpoint.call({ to: `sip:${number}@${address}:${port}`, account: this.#account, codecs: [this.#codec] }),
    );
  }

  async answer(): Promise<void> {
    const { call } = await until(`a call at PJSIP ${this.number}`, () => this.#conversation);
    call.answer();
  }

  async untilTalking(): Promise<void> {
    await until(`PJSIP ${this.number} to talk`, () => this.#conversation?.isTalking);
  }

  async untilEnded(): Promise<void> {
    await until(`the call of PJSIP ${this.number} to end`, () => this.#conversation === undefined);
  }

  /** Takes the microphone off as well, as a telephone does; PJSIP leaves that to its user. */
  async hold(): Promise<void> {
    const { call, voice } = this.#running();
    await (await voice).close();
    await call.hold();
  }

  async resume(): Promise<void> {
    const conversation = this.#running();
    await conversation.call.resume();
    conversation.voice = this.#endpoint.connect(this.#voice, conversation.call);
  }

  pressKeys(digits: string): Promise<void> {
    return this.#running().call.sendDigits(digits);
  }

  async hangUp(): Promise<void> {
    this.#conversation?.call.hangUp();
    await this.untilEnded();
  }

  async heard(ms: number): Promise<Recording> {
    const { recording } = this.#running();
    await pause(ms);
    return readGrowingWav(recording, ms);
  }

  async close(): Promise<void> {
    this.#conversation?.call.hangUp();
    this.#voice.close();
    this.#account.close();
  }

  /** Lets the tone be heard and records what comes in, for as long as the call has audio. */
  #begin(call: Call): void {
    const recording = join(this.#folder, `${call.id}.wav`);
    const recorder = this.#endpoint.createRecorder(recording);
    const voice = this.#endpoint.connect(this.#voice, call);
    const conversation: Conversation = { call, recording, isTalking: false, voice };
    this.#conversation = conversation;
    call.on('answered', () => {
      conversation.isTalking = true;
    });
    call.on('ended', () => {
      void recorder.close();
      if (this.#conversation === conversation) this.#conversation = undefined;
    });
    for (const edge of [voice, this.#endpoint.connect(call, recorder)]) {
      edge.catch(() => {}); // the call ended before it had audio
    }
  }

  #running(): Conversation {
    if (!this.#conversation) throw new Error(`PJSIP ${this.number} has no call`);
    return this.#conversation;
  }
}
