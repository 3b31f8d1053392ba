import type { Call, DigestAlgorithm, IncomingCall, SoundChannel } from 'node-pjsua2';
import { Endpoint } from 'node-pjsua2';
import type { BusyLamp, LampSubject } from '../../primitives/busy-lamp.js';
import type { ContactId, LegId, PlaybackId } from '../../primitives/ids.js';
import { extensionNumber, legId } from '../../primitives/ids.js';
import type { Digit, KeyDetection } from '../../primitives/keys.js';
import type { Edge, Playback } from '../../switchboard/audio.js';
import type { Origin } from '../../switchboard/dial-plan.js';
import type { CallerId, Destination, TransferProgress } from '../../switchboard/leg-commands.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import type {
  EngineAddress,
  EngineEvent,
  ExtensionAccount,
  SoundEngine,
  TlsIdentity,
  TrunkAccount,
} from '../engine.js';
import type { LineAudio } from '../line-audio.js';
import type { PromptLibrary } from '../prompt-library.js';
import { PjsuaChannel } from './channel.js';
import { type Browsers, PjsuaContacts } from './contacts.js';
import { Dialling, usualForwards } from './dialling.js';
import { PjsuaEdges } from './edges.js';
import { PjsuaLegs } from './legs.js';
import type { ListenOptions } from './listening.js';
import { Listening } from './listening.js';
import { PjsuaPlayers } from './players.js';
import { Reports } from './reports.js';
import { calledIn, callerIn, claimedBy } from './sip-identity.js';
import { PjsuaTrunks } from './trunks.js';

/** What of the SIP engine can be changed while it runs. */
export interface PjsuaLiveOptions {
  /** Offered to phones in this order. */
  readonly digest: readonly DigestAlgorithm[];
  readonly extensions: readonly ExtensionAccount[];
  readonly trunks: readonly TrunkAccount[];
  /** As they are dialled, with and without the prefix of a trunk: their calls go out when all other room is taken. */
  readonly emergencyNumbers: readonly string[];
}

/** How the SIP engine is set up. */
export interface PjsuaOptions extends ListenOptions, PjsuaLiveOptions {
  readonly realm: string;
  readonly userAgent: string;
  readonly prompts: PromptLibrary;
  /** How long the audio of a leg is missing before that is reported. */
  readonly silenceMs: number;
  onLog(entry: { readonly level: number; readonly message: string }): void;
}

/** UDP ports for media. */
const rtpPorts = { from: 16384, to: 24575 };
/** Legs at once: 333 calls with a listener each. */
const maxCalls = 1000;

/** What exists while the engine runs. */
interface Running {
  readonly endpoint: Endpoint;
  readonly listening: Listening;
  readonly contacts: PjsuaContacts;
  readonly trunks: PjsuaTrunks;
  readonly dialling: Dialling;
  readonly edges: PjsuaEdges;
  readonly players: PjsuaPlayers;
}

/** The engine over PJSIP: one SIP endpoint with registrar, trunks and the conference bridge. */
export class PjsuaEngine implements SoundEngine {
  readonly #options: PjsuaOptions;
  readonly #reports = new Reports();
  readonly #legs: PjsuaLegs;
  readonly #channels = new Map<LegId, PjsuaChannel>();
  #live: PjsuaLiveOptions;
  #running: Running | undefined;
  #nextIncoming = 1;

  constructor(options: PjsuaOptions) {
    this.#options = options;
    this.#live = options;
    this.#legs = new PjsuaLegs(this.#reports, {
      isOurs: (host) => this.#isOurs(host),
      onEnded: (leg) => this.#forget(leg),
      onReplaced: (leg, call) => {
        this.#running?.edges.follow(leg, (other) => this.#soundOf(other));
        this.#running?.players.follow(leg, call);
      },
    });
  }

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#reports.onEvent(listener);
  }

  async start(): Promise<readonly EngineAddress[]> {
    const { userAgent, silenceMs } = this.#options;
    const codecs = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
    const endpoint = await Endpoint.create({ userAgent, codecs, rtpPorts, maxCalls, transfers: true, silenceMs });
    try {
      return await this.#startOn(endpoint);
    } catch (error) {
      // An endpoint that nobody closes keeps the process alive.
      await endpoint.close();
      throw error;
    }
  }

  /** Where it listens now. */
  get addresses(): readonly EngineAddress[] {
    return this.#running?.listening.addresses ?? [];
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#reports.isRunning = false;
    running?.contacts.stop();
    running?.listening.stop();
    this.#channels.clear();
    await running?.endpoint.close();
  }

  setExtensions(extensions: readonly ExtensionAccount[]): void {
    this.change({ extensions });
  }

  /** Telephones that are browsers: they can be dialled, and can call nobody. */
  setBrowsers(browsers: Browsers): void {
    this.#running?.contacts.setBrowsers(browsers);
  }

  /** Tells a phone something that it has not subscribed to, by the event of a NOTIFY. Rejects unless it agrees. */
  async tellPhone(contact: ContactId, event: string): Promise<void> {
    if (!this.#running) throw new Error('telephony does not run');
    await this.#running.contacts.tell(contact, event);
  }

  /** What the box shows over TLS from now on; connections that there are go on. */
  setTlsIdentity(identity: TlsIdentity): void {
    if (this.#options.tls) this.#running?.endpoint.setTlsIdentity(identity);
  }

  /**
   * Listens over TLS from now on, where the certificate was not there at the start.
   * @throws ListenError
   */
  async listenOverTls(identity: TlsIdentity): Promise<EngineAddress> {
    if (!this.#running || !this.#options.tls) throw new Error('telephony does not run, or not over TLS');
    const { endpoint, listening } = this.#running;
    endpoint.setTlsIdentity(identity);
    return listening.addTls(endpoint, this.#options.tls.port);
  }

  setTrunks(trunks: readonly TrunkAccount[]): void {
    this.change({ trunks });
  }

  /** Goes by these options from now on. No running call is touched, and no registration ends but as `setExtensions` says. */
  change(options: Partial<PjsuaLiveOptions>): void {
    this.#live = { ...this.#live, ...options };
    if (!this.#running) return;
    const { endpoint, contacts, trunks } = this.#running;
    const { emergencyNumbers, digest, extensions, trunks: accounts } = options;
    if (emergencyNumbers) endpoint.setEmergencyNumbers(emergencyNumbers);
    if (digest) contacts.setDigest(digest);
    if (extensions) contacts.setExtensions(extensions);
    if (accounts) trunks.setTrunks(accounts);
  }

  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void {
    if (this.#running) this.#running.dialling.dial(leg, to, callerId, caller);
    else this.#reports.emitSoon({ type: 'released', leg, cause: 'failure' });
  }

  ring(leg: LegId): void {
    this.#legs.ring(leg);
  }

  openEarlyMedia(leg: LegId): void {
    this.#legs.openEarlyMedia(leg);
  }

  answer(leg: LegId): void {
    this.#legs.answer(leg);
  }

  release(leg: LegId, cause: ReleaseCause): void {
    this.#legs.release(leg, cause);
  }

  reportTransfer(leg: LegId, progress: TransferProgress): void {
    this.#legs.reportTransfer(leg, progress);
  }

  probe(leg: LegId, probe: number): void {
    this.#legs.probe(leg, probe);
  }

  showBusy(subject: LampSubject, lamp: BusyLamp): void {
    this.#running?.contacts.showBusy(subject, lamp);
  }

  openChannel(leg: LegId, sound: LineAudio, keys: KeyDetection): void {
    const running = this.#running;
    if (!running) return;
    const { endpoint } = running;
    this.#reports.attempt(leg, 'openChannel', () => {
      this.#channels.set(leg, new PjsuaChannel(endpoint, leg, sound, keys, this.#reports.emit));
    });
  }

  closeChannel(leg: LegId): void {
    this.#channels.get(leg)?.close();
    this.#channels.delete(leg);
    this.#forget(leg);
  }

  connect(edge: Edge): void {
    const [from, to] = [this.#soundOf(edge.from), this.#soundOf(edge.to)];
    if (from && to) this.#running?.edges.connect(edge, from, to);
  }

  setVolume(edge: Edge): void {
    this.#running?.edges.setVolume(edge);
  }

  disconnect(from: LegId, to: LegId): void {
    this.#running?.edges.disconnect({ from, to });
  }

  play(playback: Playback): void {
    const sound = this.#soundOf(playback.leg);
    if (sound) this.#running?.players.play(playback, sound);
  }

  stopPlayback(_leg: LegId, playback: PlaybackId): void {
    this.#running?.players.stop(playback);
  }

  sendDigit(leg: LegId, digit: Digit): void {
    const channel = this.#channels.get(leg);
    if (channel) this.#reports.attempt(leg, 'sendDigit', () => channel.press(digit));
    this.#legs.sendDigit(leg, digit);
  }

  async #startOn(endpoint: Endpoint): Promise<readonly EngineAddress[]> {
    const { realm, prompts } = this.#options;
    const { digest, extensions, trunks: trunkAccounts, emergencyNumbers } = this.#live;
    const reports = this.#reports;
    this.#followEndpoint(endpoint);
    endpoint.setEmergencyNumbers(emergencyNumbers);
    const contacts = new PjsuaContacts(endpoint, realm, digest, reports);
    contacts.setExtensions(extensions);
    const listening = await Listening.open(endpoint, this.#options, reports);
    const edges = new PjsuaEdges(endpoint, ({ to }, command, error) => reports.failed(to, command, error));
    const players = new PjsuaPlayers(endpoint, prompts, reports);
    try {
      const trunks = new PjsuaTrunks(endpoint, reports);
      trunks.setTrunks(trunkAccounts);
      const numbers = () => this.#live.emergencyNumbers;
      const dialling = new Dialling(
        { endpoint, contacts, trunks, legs: this.#legs, emergencyNumbers: numbers },
        reports,
      );
      this.#running = { endpoint, listening, contacts, trunks, dialling, edges, players };
    } catch (error) {
      listening.stop();
      throw error;
    }
    reports.isRunning = true;
    return listening.addresses;
  }

  #followEndpoint(endpoint: Endpoint): void {
    const { emit } = this.#reports;
    endpoint.on('log', this.#options.onLog);
    endpoint.on('overflow', ({ lost }) => emit({ type: 'overflow', lost }));
    endpoint.on('rejected', ({ kind, method, source: { transport, address, port }, suppressed }) =>
      emit({ type: 'rejected', kind, method, source: `${transport}:${address}:${port}`, suppressed }),
    );
    endpoint.on('incomingCall', (call, info) => this.#onIncoming(call, info));
  }

  #onIncoming(call: Call, info: IncomingCall): void {
    // It was on its way when the engine stopped.
    if (!this.#running) {
      call.reject(503);
      return;
    }
    const { contacts, trunks } = this.#running;
    const origin = originOf(info.origin, trunks);
    if (!origin || (origin.kind === 'extension' && contacts.isBrowser(origin.number))) {
      call.reject(403);
      return;
    }
    const leg = legId(`in-${this.#nextIncoming}`);
    this.#nextIncoming += 1;
    const { maxForwards = usualForwards } = info;
    this.#legs.follow(leg, { call, direction: 'incoming', maxForwards });
    if (origin.kind === 'trunk') this.#legs.followIdentity(leg, call);
    const caller = origin.kind === 'trunk' ? callerIn(info) : claimedBy(info);
    const [dialled = '', ...alsoDialled] = calledIn(info, info.origin.kind);
    this.#reports.emit({ type: 'incoming', leg, origin, caller, dialled, alsoDialled });
  }

  /** Whether phones reach us by this name or address. */
  #isOurs(host: string): boolean {
    const names = this.#running ? [...this.#running.listening.hosts, ...this.#running.contacts.domains] : [];
    return names.some((name) => name.toLowerCase() === host.toLowerCase());
  }

  /** A leg has ended, and its players and edges with it. */
  #forget(leg: LegId): void {
    this.#running?.players.forget(leg);
    this.#running?.edges.forget(leg);
  }

  /** The source and sink of a leg's audio; undefined once it has ended. */
  #soundOf(leg: LegId): Call | SoundChannel | undefined {
    return this.#legs.get(leg)?.call ?? this.#channels.get(leg)?.sound;
  }
}

function originOf(origin: IncomingCall['origin'], trunks: PjsuaTrunks): Origin | undefined {
  if (origin.kind === 'user') return { kind: 'extension', number: extensionNumber(origin.username) };
  const trunk = origin.kind === 'account' ? trunks.ofAccount(origin.account) : trunks.named(origin.name);
  return trunk && { kind: 'trunk', trunk };
}
