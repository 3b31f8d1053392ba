import { extensionNumber } from '../../src/primitives/ids.js';
import { hashPin } from '../../src/store/settings/pins.js';
import type { Appliance } from './appliance.js';
import { type Hearing, misheard } from './audio/hearing.js';
import type { Recording } from './audio/recording.js';
import { toneVoice } from './rtp/voice.js';
import type { SipCall } from './sip/call.js';
import type { SipAddress, TransportTls } from './sip/transport.js';
import { UserAgent } from './sip/user-agent.js';
import { patienceMs, until } from './waiting.js';

export const passwordOf = (number: string): string => `secret of ${number}`;

export const pins = { 100: '294857', 109: '730164' } as const;

/** The tone each extension's party says, in Hz. */
export const tones: Readonly<Record<string, number>> = { 100: 600, 109: 750, 101: 450, 102: 900, 103: 1050, 104: 1200 };

/** The tone of one extension's party, in Hz; 0 where it has none. */
export const toneOf = (number: string): number => tones[number] ?? 0;

/**
 * Two moderators (100, 109), three members (101, 102, 103) and 104 in no group, who all agreed; service number *55. `change` alters the
 * settings before the start.
 */
export async function officeSettings(change: object = {}): Promise<object> {
  const hashes = new Map<ReturnType<typeof extensionNumber>, string>();
  for (const [number, pin] of Object.entries(pins)) {
    const hashed = await hashPin(pin, extensionNumber(number), hashes);
    if (!hashed.ok) throw new Error(`the PIN of ${number} was refused: ${hashed.fault}`);
    hashes.set(extensionNumber(number), hashed.hash);
  }
  return {
    version: 1,
    language: 'en',
    country: 'de',
    sip: { address: '127.0.0.1', port: 5060 },
    extensions: ['100', '109', '101', '102', '103', '104'].map((number) => ({
      number,
      name: `Person ${number}`,
      password: passwordOf(number),
      consents: true,
      pin: hashes.get(extensionNumber(number)) ?? null,
    })),
    groups: [
      { id: 'leads', name: 'Leads', members: ['100', '109'] },
      { id: 'support', name: 'Support', number: '200', members: ['101', '102', '103'] },
    ],
    profiles: [
      {
        id: 'support',
        name: 'Support',
        service: '*55',
        moderators: 'leads',
        members: 'support',
        interventions: ['whisper', 'barge', 'takeOver'],
        notice: { member: { kind: 'none' }, other: { kind: 'none' } },
      },
    ],
    ...change,
  };
}

/** A phone that says its own tone in every call. */
export class OfficePhone {
  readonly number: string;
  readonly agent: UserAgent;
  /** The calls that came in, oldest first. */
  readonly incoming: SipCall[] = [];

  private constructor(number: string, agent: UserAgent) {
    this.number = number;
    this.agent = agent;
    agent.onCall = (call) => {
      this.incoming.push(call);
      call.ring(180, { audio: false });
    };
  }

  /** Certificates are needed over TLS. */
  static async register(
    appliance: Appliance,
    number: string,
    protocol: SipAddress['protocol'] = 'udp',
    tls?: TransportTls,
  ): Promise<OfficePhone> {
    const credentials = { username: number, password: passwordOf(number) };
    const server = appliance.address(protocol);
    const agent = await UserAgent.open({ server, credentials, ...(tls ? { tls } : {}) });
    const { status } = await agent.register();
    if (status !== 200) throw new Error(`${number} was not registered: ${status}`);
    return new OfficePhone(number, agent);
  }

  async call(number: string): Promise<SipCall> {
    return this.voiced(await this.agent.call(number));
  }

  /** Waits for the newest call and picks it up. */
  async answer(): Promise<SipCall> {
    const call = await until(`a call at ${this.number}`, () =>
      this.incoming.findLast(({ state }) => state === 'ringing'),
    );
    call.accept();
    return this.voiced(call);
  }

  private voiced(call: SipCall): SipCall {
    call.audio.say(toneVoice(tones[this.number] ?? 500));
    return call;
  }

  close(): void {
    this.agent.close();
  }
}

/** Two phones that talk to each other. */
export async function talk(from: OfficePhone, to: OfficePhone): Promise<{ caller: SipCall; callee: SipCall }> {
  const caller = await from.call(to.number);
  const callee = await to.answer();
  await until(`${from.number} and ${to.number} to talk`, () => caller.state === 'talking');
  return { caller, callee };
}

/** Shows that telephones work: 101 and 102 register and talk to each other. */
export async function telephone(appliance: Appliance): Promise<void> {
  const caller = await OfficePhone.register(appliance, '101');
  const callee = await OfficePhone.register(appliance, '102');
  await talk(caller, callee);
  caller.close();
  callee.close();
}

/** What takes in the sound of a call. */
interface Ear {
  heard(ms: number): Recording;
}

const windowMs = 400;

/** Waits until a party hears exactly what it should; shows what it hears instead when it never does. */
export async function untilHears(
  name: string,
  call: { readonly audio: Ear },
  hearing: Hearing,
  timeoutMs = patienceMs,
): Promise<void> {
  let complaint: string | undefined;
  await until(
    () => complaint ?? 'nothing',
    () => {
      complaint = misheard(name, call.audio.heard(windowMs), hearing);
      return complaint === undefined;
    },
    timeoutMs,
  );
}

/** Dials the service number and keys the PIN and what else is given, as a person would: after the box has answered. */
export async function moderate(
  phone: OfficePhone,
  keys: string,
  method: 'rfc4733' | 'info' = 'rfc4733',
): Promise<SipCall> {
  const call = await phone.call('*55');
  await until('the service number to answer', () => call.state === 'talking');
  await call.pressKeys(keys, method);
  return call;
}
