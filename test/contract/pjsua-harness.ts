import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineAddress, TrunkAccount } from '../../src/engine/engine.js';
import { PjsuaEngine } from '../../src/engine/pjsua/pjsua-engine.js';
import type { ExtensionNumber, LegId, TrunkId } from '../../src/primitives/ids.js';
import type { TransferProgress } from '../../src/switchboard/leg-commands.js';
import { type NetworkTone, networkTones } from '../../src/switchboard/network-tones.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';
import { SoundDeviceDouble } from '../support/audio/device.js';
import { keysIn, pressed } from '../support/audio/keys.js';
import type { Recording } from '../support/audio/recording.js';
import { sine, steadyLevel, toneLevel } from '../support/audio/tones.js';
import { absentVoice, sampleVoice, toneDbfs } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import { UserAgent } from '../support/sip/user-agent.js';
import { Upstream } from '../support/upstream.js';
import { until } from '../support/waiting.js';
import type { EngineHarness, FarCall, FarEnd, FarLine, FarPhone, Provider } from './engine-harness.js';
import { accountOf, extensions, passwordOf, trunk } from './engine-harness.js';

const windowMs = 400;
const audibleDbfs = -40;
/** Long enough for a tone with pauses to be on, and for some keys. */
const toneMs = 100;
const longestKeysMs = 3000;

/** What the engine says in place of every prompt. */
const promptHz = 1750;
const promptMs = 500;
/** Of an analog line. */
const lineDbfs = -16;
const voiceMs = 1000;
const voices = [450, 600, 750, 900, 1050, 1200, 1350, 1500];

/** RFC 3261, section 21, from the caller's side. */
const causes: Readonly<Record<number, ReleaseCause>> = {
  200: 'normal',
  403: 'forbidden',
  404: 'notFound',
  480: 'unavailable',
  484: 'incomplete',
  486: 'busy',
  487: 'cancelled',
  503: 'congestion',
  603: 'declined',
};
const transferProgress: Readonly<Record<number, TransferProgress>> = { 180: 'ringing', 200: 'done' };
const statuses = { busy: 486, declined: 603, unavailable: 480 } as const;

/** What is heard somewhere, and the tone that is said there. */
abstract class RealEar implements FarEnd {
  readonly name: string;
  /** In Hz. */
  readonly voice: number;

  constructor(name: string, voice: number) {
    this.name = name;
    this.voice = voice;
  }

  level(of: FarEnd): number | undefined {
    return of instanceof RealEar ? this.levelOf(of.voice) : undefined;
  }

  abstract speak(dbfs: number): void;

  hearsBox(): boolean {
    return this.levelOf(promptHz) !== undefined;
  }

  protected abstract heard(ms: number): Recording;

  protected levelOf(frequency: number): number | undefined {
    const level = steadyLevel(this.heard(windowMs), frequency);
    return level > audibleDbfs ? level : undefined;
  }
}

class RealLine extends RealEar implements FarLine {
  readonly #device: SoundDeviceDouble;

  constructor(name: string, device: SoundDeviceDouble, voice: number) {
    super(name, voice);
    this.#device = device;
    this.speak(lineDbfs);
  }

  get sound() {
    return { kind: 'socket', path: this.#device.path } as const;
  }

  get digits(): string {
    return keysIn(this.heard(longestKeysMs));
  }

  async press(digits: string): Promise<void> {
    await until('the line to be connected', () => this.#device.isConnected);
    this.#device.say(pressed(digits));
    await pause(digits.length * 200);
    this.speak(lineDbfs);
  }

  hearsTone(tone: NetworkTone): boolean {
    const frequencies = networkTones.de[tone][0]?.frequencies ?? [];
    return frequencies.every((frequency) => toneLevel(this.heard(toneMs), frequency) > audibleDbfs);
  }

  speak(dbfs: number): void {
    this.#device.say(sine(this.voice, dbfs, voiceMs));
  }

  protected heard(ms: number): Recording {
    return this.#device.heard(ms);
  }
}

/** A call of a SIP phone, which can do more than the contract asks for. */
export class RealCall extends RealEar implements FarCall {
  readonly call: SipCall;
  readonly #agent: UserAgent;

  constructor(name: string, agent: UserAgent, call: SipCall, voice: number) {
    super(name, voice);
    this.#agent = agent;
    this.call = call;
    this.speak(toneDbfs);
  }

  speak(dbfs: number): void {
    this.call.audio.say(sampleVoice(sine(this.voice, dbfs, voiceMs).samples));
  }

  get progress() {
    const { state, progress } = this.call;
    if (state === 'ended') return 'released';
    if (state === 'talking') return 'answered';
    if (progress.some(({ hasAudio }) => hasAudio)) return 'earlyMedia';
    return progress.length > 0 ? 'ringing' : 'trying';
  }

  get endedFor(): ReleaseCause | undefined {
    return this.call.end && causes[this.call.end.status];
  }

  get shownNumber(): string {
    const { user } = this.call.party;
    return user === 'anonymous' ? '' : user;
  }

  get digits(): string {
    return this.call.audio.digitsReceived + this.call.infoDigits;
  }

  get transfers(): readonly TransferProgress[] {
    return this.call.transferStatuses.map((status) => transferProgress[status] ?? causes[status] ?? 'failure');
  }

  ring(): void {
    this.call.ring(180, { audio: false });
  }

  openEarlyMedia(): void {
    this.call.ring(183, { audio: true });
  }

  answer(): void {
    this.call.accept();
  }

  refuse(cause: keyof typeof statuses): void {
    this.call.refuse(statuses[cause]);
  }

  hangUp(): void {
    this.call.hangUp();
  }

  hold(): Promise<void> {
    return this.call.hold();
  }

  resume(): Promise<void> {
    return this.call.resume();
  }

  fallSilent(): void {
    this.call.audio.say(absentVoice);
  }

  press(digits: string, how: 'rfc4733' | 'info'): Promise<void> {
    return this.call.pressKeys(digits, how);
  }

  showIdentity(number: string): void {
    this.call.say({ 'P-Asserted-Identity': `<sip:${number}@provider.test>` });
  }

  async transferTo(number: string): Promise<void> {
    await this.#refer(`<${this.#agent.uriOf(number)}>`);
  }

  async transfer(to: FarCall): Promise<void> {
    if (!(to instanceof RealCall)) throw new Error(`${to.name} is of another engine`);
    await this.#refer(`<${this.#agent.uriOf(to.call.party.user)}?Replaces=${to.call.asReplaces}>`);
  }

  async #refer(to: string): Promise<void> {
    const status = await this.call.refer(to);
    if (status !== 202) throw new Error(`REFER was answered ${status}`);
  }

  protected heard(ms: number): Recording {
    return this.call.audio.heard(ms);
  }
}

/** The PJSIP engine with SIP phones and a provider of our own making. */
export class PjsuaHarness implements EngineHarness {
  readonly engine: PjsuaEngine;
  readonly channels: PjsuaEngine;
  readonly trunks: readonly TrunkAccount[];
  readonly #upstream: Upstream;
  readonly #upstreams: Upstream[] = [];
  readonly #agents: UserAgent[] = [];
  readonly #folder: string;
  readonly #devices: SoundDeviceDouble[] = [];
  #address: EngineAddress | undefined;
  #calls = 0;
  #providers = 0;

  static async open(): Promise<PjsuaHarness> {
    const upstream = await Upstream.open({ username: trunkUser, password: passwordOf(trunkUser) });
    return new PjsuaHarness(upstream, await mkdtemp(join(tmpdir(), 'modcall-contract-')));
  }

  private constructor(upstream: Upstream, folder: string) {
    this.#upstream = upstream;
    this.#folder = folder;
    this.trunks = [registeringAt(upstream, trunk, passwordOf(trunkUser))];
    this.engine = pjsuaEngine(this.trunks);
    this.channels = this.engine;
  }

  async start(): Promise<void> {
    [this.#address] = await this.engine.start();
  }

  async register(extension: ExtensionNumber, password = passwordOf(extension)): Promise<FarPhone> {
    const agent = await this.#openAgent(extension, password, phonesAddress);
    await registered(agent, 300);
    return this.#phone(extension, agent, (number) => number);
  }

  async trunkSide(): Promise<FarPhone> {
    return this.#sideOf(this.#upstream);
  }

  provider(id: TrunkId, kind: TrunkAccount['kind']): Promise<Provider> {
    return kind === 'registering' ? this.#registrar(id) : this.#peer(id);
  }

  async #registrar(id: TrunkId): Promise<Provider> {
    const upstream = await Upstream.open({ username: trunkUser, password: passwordOf(trunkUser) }, this.#newAddress());
    upstream.farewellMs = farewellMs;
    this.#upstreams.push(upstream);
    const registrations = () =>
      upstream.admitted.filter(({ method, expires }) => method === 'REGISTER' && expires !== 0);
    return {
      account: registeringAt(upstream, id, passwordOf(trunkUser)),
      side: this.#sideOf(upstream),
      takePassword: (password) => {
        upstream.takePassword(password);
        return registeringAt(upstream, id, password);
      },
      registered: async (times) => {
        const isDone = () => registrations().length === times && upstream.farewells === times - 1;
        await until(
          `registration ${times} in place of the one before`,
          () => isDone() && upstream.contact !== undefined,
        );
      },
      unregistered: async () => {
        await until('the trunk to be unregistered', () => upstream.contact === undefined);
      },
    };
  }

  async #peer(id: TrunkId): Promise<Provider> {
    const agent = await this.#openAgent(trunkUser, '', this.#newAddress());
    const { address, port } = agent.local;
    const account = { id, kind: 'address', host: address, port, transport: 'udp', addresses: [address] } as const;
    const nothing = async () => {};
    const side = this.#phone(id, agent, (number) => number);
    return { account, side, takePassword: () => account, registered: nothing, unregistered: nothing };
  }

  async #openAgent(username: string, password: string, localAddress: string): Promise<UserAgent> {
    if (!this.#address) throw new Error('the engine has not been started');
    const agent = await UserAgent.open({ server: this.#address, credentials: { username, password }, localAddress });
    this.#agents.push(agent);
    return agent;
  }

  /** Calls are told apart by where they come from. */
  #newAddress(): string {
    this.#providers += 1;
    return `127.0.1.${this.#providers}`;
  }

  /** Calls the contact that was registered last, as a provider may do whose caches are old. */
  #sideOf(upstream: Upstream): FarPhone {
    return this.#phone('trunk', upstream.agent, () => upstream.lastContact);
  }

  async line(leg: LegId): Promise<FarLine> {
    const device = await SoundDeviceDouble.listen(join(this.#folder, leg));
    this.#devices.push(device);
    this.#calls += 1;
    return new RealLine(leg, device, voices[this.#calls % voices.length] ?? 450);
  }

  /** Prompts are short and end by themselves. */
  endPlaybacks(): void {}

  async close(): Promise<void> {
    await this.engine.stop();
    for (const agent of this.#agents) agent.close();
    for (const device of this.#devices) device.close();
    for (const upstream of [this.#upstream, ...this.#upstreams]) upstream.close();
    await rm(this.#folder, { recursive: true });
  }

  #phone(name: string, agent: UserAgent, target: (number: string) => string): FarPhone {
    const rings: SipCall[] = [];
    agent.onCall = (call) => rings.push(call);
    return {
      call: async (number) => this.#newCall(name, agent, await agent.call(target(number))),
      incoming: async () => this.#newCall(name, agent, await until(`a call at ${name}`, () => rings.pop())),
      unregister: () => registered(agent, 0),
    };
  }

  #newCall(name: string, agent: UserAgent, call: SipCall): FarCall {
    this.#calls += 1;
    return new RealCall(`${name}, call ${this.#calls}`, agent, call, voices[this.#calls % voices.length] ?? 450);
  }
}

/** Not that of the first provider. */
const phonesAddress = '127.0.0.2';
const farewellMs = 200;
const trunkUser = '4930555';

function registeringAt({ address: { address, port } }: Upstream, id: TrunkId, password: string): TrunkAccount {
  return { id, kind: 'registering', host: address, port, transport: 'udp', username: trunkUser, password };
}

async function registered(agent: UserAgent, expires: number): Promise<void> {
  const { status } = await agent.register(expires);
  if (status !== 200) throw new Error(`REGISTER was answered ${status}`);
}

function pjsuaEngine(trunks: readonly TrunkAccount[]): PjsuaEngine {
  const prompt = sine(promptHz, -12, promptMs).samples;
  return new PjsuaEngine({
    address: '127.0.0.1',
    port: 0,
    transports: ['udp'],
    realm: 'modcall',
    digest: ['SHA-256', 'MD5'],
    userAgent: 'Modcall/contract',
    emergencyNumbers: ['112'],
    extensions: extensions.map((number) => accountOf(number)),
    trunks,
    silenceMs: 1000,
    prompts: { samples: () => prompt },
    onLog: () => {},
  });
}
