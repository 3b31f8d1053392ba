import { passwordOf } from '../support/office.js';
import { toneVoice } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import type { SipAddress } from '../support/sip/transport.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { until } from '../support/waiting.js';

/** Octets of a G.711 packet of 20 ms. */
const keptPayload = 160;
const registrationMs = 120_000;

/** A phone that keeps its registration and lets its calls ring until they are answered. */
export class SoakPhone {
  readonly incoming: SipCall[] = [];
  readonly #refresh: NodeJS.Timeout;

  static async register(server: SipAddress, number: string, tone: number): Promise<SoakPhone> {
    const agent = await UserAgent.open({
      server,
      credentials: { username: number, password: passwordOf(number) },
      keptPayload,
    });
    const { status } = await agent.register();
    if (status !== 200) throw new Error(`${number} was not registered: ${status}`);
    return new SoakPhone(number, tone, agent);
  }

  private constructor(
    readonly number: string,
    readonly tone: number,
    readonly agent: UserAgent,
  ) {
    agent.onCall = (call) => {
      this.incoming.push(call);
      call.ring(180, { audio: false });
    };
    this.#refresh = setInterval(() => void agent.register(), registrationMs);
  }

  /** Waits until it rings, and picks up. */
  async answer(): Promise<SipCall> {
    const call = await until(`a call at ${this.number}`, () => this.incoming.find(({ state }) => state === 'ringing'));
    call.accept();
    call.audio.say(toneVoice(this.tone));
    return call;
  }

  /** Forgets calls that have ended. */
  tidy(): void {
    const live = this.incoming.filter(({ state }) => state !== 'ended');
    this.incoming.splice(0, this.incoming.length, ...live);
  }

  close(): void {
    clearInterval(this.#refresh);
    this.agent.close();
  }
}
