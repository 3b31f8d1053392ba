import { toneVoice } from './rtp/voice.js';
import { RunningOffice } from './running-office.js';
import type { SipCall } from './sip/call.js';
import { Upstream } from './upstream.js';
import { until } from './waiting.js';

/** What the provider knows the office by. */
export const credentials = { username: '4930123450', password: 'secret of the trunk' };

/** What is said outside, in Hz. */
export const outsideTone = 1500;

/** The trunk to this provider (prefix 0), as the settings have it; at least `inbound` is still to be said. */
export function trunkTo({ address: { address: host, port } }: Upstream, change: object): object {
  return { id: 'provider', name: 'Provider', kind: 'registering', host, port, prefix: '0', ...credentials, ...change };
}

export interface TrunkOfficeOptions {
  /** Of the trunk. */
  readonly trunk: {
    readonly inbound: object;
    readonly numbers?: readonly object[];
    readonly callerId?: string;
    readonly trusted?: boolean;
    readonly identity?: string | undefined;
    readonly diversion?: string;
  };
  /** Other trunks of the office, after it. */
  readonly further?: (upstream: Upstream) => readonly object[];
  /** How calls are taken outside. */
  readonly onCall: (call: SipCall) => void;
  /** Other settings of the office. */
  readonly settings?: object;
  readonly environment?: Readonly<Record<string, string>>;
}

/** An office whose trunk is registered with a provider, and the calls of the outside. */
export class TrunkOffice {
  readonly upstream: Upstream;
  readonly office: RunningOffice;
  /** Out and in, as they come. */
  readonly outside: SipCall[] = [];

  static async open(options: TrunkOfficeOptions): Promise<TrunkOffice> {
    const { trunk, further = () => [], onCall, settings = {}, environment = {} } = options;
    const upstream = await Upstream.open(credentials);
    const trunks = [trunkTo(upstream, trunk), ...further(upstream)];
    const office = await RunningOffice.open({ ...settings, trunks }, undefined, { environment });
    await until('the trunk to be registered', () => upstream.contact);
    return new TrunkOffice(upstream, office, onCall);
  }

  private constructor(upstream: Upstream, office: RunningOffice, onCall: (call: SipCall) => void) {
    this.upstream = upstream;
    this.office = office;
    upstream.agent.onCall = (call) => {
      this.outside.push(call);
      onCall(call);
    };
  }

  /** Waits for a call that rings outside. */
  async ringsOutside(): Promise<SipCall> {
    return until('the call at the provider', () => this.outside.find(({ state }) => state === 'ringing'));
  }

  /** Calls the office from outside, and talks. */
  async callIn(headers: Readonly<Record<string, string>> = {}): Promise<SipCall> {
    const caller = await this.upstream.agent.call(this.upstream.contact ?? '', { headers });
    this.outside.push(caller);
    caller.audio.say(toneVoice(outsideTone));
    return caller;
  }

  /** Ends all calls, so that the next test finds everybody free. */
  async hangUp(): Promise<void> {
    const calls = this.outside.splice(0);
    for (const call of calls) call.hangUp();
    await this.office.hangUp();
    for (const call of calls) await until('a call of the outside to end', () => call.state === 'ended');
  }

  async close(): Promise<void> {
    await this.office.close();
    this.upstream.close();
  }
}
