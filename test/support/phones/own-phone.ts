import { setTimeout as pause } from 'node:timers/promises';
import type { Law } from '../audio/g711.js';
import type { Recording } from '../audio/recording.js';
import { toneVoice } from '../rtp/voice.js';
import type { SipCall } from '../sip/call.js';
import { UserAgent } from '../sip/user-agent.js';
import { until } from '../waiting.js';
import type { Phone, PhoneAccount } from './phone.js';

/** Our own user agent, handled like phones of other makes. */
export class OwnPhone implements Phone {
  readonly number: string;
  readonly #agent: UserAgent;
  readonly #tone: number;
  #call: SipCall | undefined;

  static async register({ server, number, password, tone }: PhoneAccount, codec: Law): Promise<OwnPhone> {
    const agent = await UserAgent.open({
      server: { protocol: 'udp', ...server },
      credentials: { username: number, password },
      codecs: [codec],
    });
    const { status } = await agent.register();
    if (status !== 200) throw new Error(`${number} was not registered: ${status}`);
    return new OwnPhone(number, agent, tone);
  }

  private constructor(number: string, agent: UserAgent, tone: number) {
    this.number = number;
    this.#agent = agent;
    this.#tone = tone;
    agent.onCall = (call) => {
      this.#begin(call);
      call.ring(180, { audio: false });
    };
  }

  async call(number: string): Promise<void> {
    this.#begin(await this.#agent.call(number));
  }

  async answer(): Promise<void> {
    const call = await until(`a call at ${this.number}`, () => this.#call?.state === 'ringing' && this.#call);
    call.accept();
  }

  async untilTalking(): Promise<void> {
    await until(`${this.number} to talk`, () => this.#call?.state === 'talking');
  }

  async untilEnded(): Promise<void> {
    await until(`the call of ${this.number} to end`, () => this.#call === undefined || this.#call.state === 'ended');
  }

  hold(): Promise<void> {
    return this.#running().hold();
  }

  resume(): Promise<void> {
    return this.#running().resume();
  }

  pressKeys(digits: string): Promise<void> {
    return this.#running().pressKeys(digits, 'rfc4733');
  }

  async hangUp(): Promise<void> {
    this.#call?.hangUp();
    await this.untilEnded();
  }

  async heard(ms: number): Promise<Recording> {
    await pause(ms);
    return this.#running().audio.heard(ms);
  }

  async close(): Promise<void> {
    this.#agent.close();
  }

  #begin(call: SipCall): void {
    this.#call = call;
    call.audio.say(toneVoice(this.#tone));
  }

  #running(): SipCall {
    if (!this.#call) throw new Error(`${this.number} has no call`);
    return this.#call;
  }
}
