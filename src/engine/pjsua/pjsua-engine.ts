import { constants } from 'node:os';
import type {
  Call,
  CallOptions,
  DigestAlgorithm,
  IncomingCall,
  Player,
  Redirect,
  Registrar,
  SoundChannel,
  TransferRequest,
  Transport,
} from 'node-pjsua2';
import { Endpoint, InvalidStateError, PjsipError } from 'node-pjsua2';
import type { ContactId, LegId, PlaybackId } from '../../primitives/ids.js';
import { contactId, extensionNumber, legId } from '../../primitives/ids.js';
import type { Digit, KeyDetection } from '../../primitives/keys.js';
import { isDigit } from '../../primitives/keys.js';
import { readNumber } from '../../primitives/number-text.js';
import type { Edge, Playback } from '../../switchboard/audio.js';
import type { Origin } from '../../switchboard/dial-plan.js';
import type { CallerId, Destination, TransferProgress } from '../../switchboard/leg-commands.js';
import type { ReleaseCause } from '../../switchboard/release-cause.js';
import type { LineAudio } from '../audio.js';
import type { EngineAddress, EngineEvent, ExtensionAccount, SoundEngine, TrunkAccount } from '../engine.js';
import { ListenError } from '../listen-error.js';
import type { PromptLibrary } from '../prompt-library.js';
import { causeOfStatus, sipCause } from '../sip-causes.js';
import { PjsuaChannel } from './channel.js';
import { ContactWatch } from './contact-watch.js';
import { PjsuaEdges } from './edges.js';
import { segmentsOf } from './playback.js';
import { PublicName } from './public-name.js';
import { calledIn, callerIn, claimedBy, laterIdentityIn } from './sip-identity.js';
import type { TrunkDestination, TrunkDialOptions } from './trunks.js';
import { PjsuaTrunks } from './trunks.js';

/** How the SIP engine is set up; changing any of it needs a restart. */
export interface PjsuaOptions {
  /** Address to listen on; 0.0.0.0 for all. */
  readonly address: string;
  readonly port: number;
  readonly transports: readonly ('udp' | 'tcp')[];
  readonly realm: string;
  /** Offered to phones in this order. */
  readonly digest: readonly DigestAlgorithm[];
  /** Address that phones in other networks use; undefined for the local one. */
  readonly publicAddress?: string;
  readonly userAgent: string;
  readonly extensions: readonly ExtensionAccount[];
  readonly trunks: readonly TrunkAccount[];
  /** As dialled, with and without a trunk's prefix: calls to them go out even when all other capacity is used. */
  readonly emergencyNumbers: readonly string[];
  readonly prompts: PromptLibrary;
  /** How long a leg is without audio before that is reported. */
  readonly silenceMs: number;
  onLog(entry: { readonly level: number; readonly message: string }): void;
}

interface Leg {
  readonly call: Call;
  readonly direction: 'incoming' | 'outgoing';
  isAnswered: boolean;
  isHeld: boolean;
  /** The Max-Forwards of an incoming call, where it has one. */
  readonly maxForwards?: number;
  /** Whether another attempt replaces a call that was refused with this status. */
  tryAgain?(status: number): boolean;
}

type PassedOn = Pick<CallOptions, 'maxForwards'>;

/** 421 Extension Required, 422 Session Interval Too Small. */
const wantsTimer: ReadonlySet<number> = new Set([421, 422]);

/** A phone's address, and the name by which it knows us. */
interface Contact {
  readonly uri: string;
  readonly domain: string;
}

interface Playing {
  readonly leg: LegId;
  readonly player: Player;
}

/** UDP ports for media. */
const rtpPorts = { from: 16384, to: 24575 };
/** Max-Forwards for a call that does not state it (RFC 3261, 8.1.1.6). */
const usualForwards = 70;
/** Legs at once: 333 calls with a listener each. */
const maxCalls = 1000;

/** The engine over PJSIP: one SIP endpoint with registrar, trunks and the conference bridge. */
export class PjsuaEngine implements SoundEngine {
  readonly #options: PjsuaOptions;
  readonly #legs = new Map<LegId, Leg>();
  readonly #channels = new Map<LegId, PjsuaChannel>();
  readonly #contacts = new Map<ContactId, Contact>();
  readonly #players = new Map<PlaybackId, Playing>();
  readonly #watch = new ContactWatch(
    (contact) => this.#askContact(contact),
    (event) => this.#emit(event),
  );
  #listener: (event: EngineEvent) => void = () => {};
  #running: { endpoint: Endpoint; edges: PjsuaEdges; trunks: PjsuaTrunks; hosts: readonly string[] } | undefined;
  #publicName: PublicName | undefined;
  #nextIncoming = 1;

  constructor(options: PjsuaOptions) {
    this.#options = options;
  }

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#listener = listener;
  }

  async start(): Promise<readonly EngineAddress[]> {
    const { userAgent, silenceMs } = this.#options;
    const codecs = ['PCMA', 'PCMU', 'G722', 'opus'] as const;
    const endpoint = await Endpoint.create({ userAgent, codecs, rtpPorts, maxCalls, transfers: true, silenceMs });
    try {
      return await this.#startOn(endpoint);
    } catch (error) {
      this.#publicName?.stop();
      // An endpoint that is not closed keeps the process alive.
      await endpoint.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const endpoint = this.#running?.endpoint;
    this.#running = undefined;
    this.#watch.stop();
    this.#publicName?.stop();
    this.#channels.clear();
    await endpoint?.close();
  }

  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void {
    const contact = to.kind === 'contact' ? this.#contacts.get(to.contact)?.uri : undefined;
    if (to.kind === 'contact' && contact === undefined) {
      this.#emitSoon({ type: 'released', leg, cause: 'unavailable' });
      return;
    }
    this.#attempt(leg, 'dial', () => {
      if (to.kind === 'trunk') this.#callTrunk(leg, to, callerId, this.#passedOn(caller));
      else this.#callContact(leg, to.contact, contact ?? '', callerId, this.#passedOn(caller));
    });
    if (!this.#legs.has(leg)) this.#emitSoon({ type: 'released', leg, cause: 'failure' });
  }

  #callContact(leg: LegId, contact: ContactId, to: string, callerId: CallerId, passedOn: PassedOn): void {
    const assertIdentity = callerId.number !== '';
    const call = this.#use().endpoint.call({ to, from: shownAs(callerId), assertIdentity, ...passedOn });
    // Before #follow, whose `released` must be the last event of the leg.
    this.#reportRefusal(leg, call, to, false);
    this.#follow(leg, { call, direction: 'outgoing', isAnswered: false, isHeld: false });
    this.#watch.follow(contact, call);
  }

  /** A session timer could end an emergency call, so it gets none unless the trunk insists. */
  #callTrunk(leg: LegId, to: TrunkDestination, callerId: CallerId, options: TrunkDialOptions): void {
    const emergency = this.#options.emergencyNumbers.includes(to.number);
    const call = this.#use().trunks.dial(to, callerId, { emergency, ...options });
    this.#reportRefusal(leg, call, `trunk ${to.trunk}`, true);
    this.#followIdentity(leg, call);
    const mayTryAgain = emergency && options.sessionTimer === undefined;
    const tryAgain = (status: number): boolean => {
      if (!wantsTimer.has(status)) return false;
      this.#attempt(leg, 'dial', () => this.#callTrunk(leg, to, callerId, { ...options, sessionTimer: true }));
      return this.#legs.get(leg)?.call !== call;
    };
    this.#follow(leg, {
      call,
      direction: 'outgoing',
      isAnswered: false,
      isHeld: false,
      ...(mayTryAgain ? { tryAgain } : {}),
    });
  }

  ring(leg: LegId): void {
    this.#onLeg(leg, 'ring', ({ call }) => call.progress(180));
  }

  openEarlyMedia(leg: LegId): void {
    this.#onLeg(leg, 'openEarlyMedia', ({ call }) => call.progress(183, { media: true }));
  }

  answer(leg: LegId): void {
    this.#onLeg(leg, 'answer', (entry) => {
      if (entry.isAnswered) return;
      entry.isAnswered = true;
      entry.call.answer();
    });
  }

  release(leg: LegId, cause: ReleaseCause): void {
    const { status, reason } = sipCause(cause);
    this.#onLeg(leg, 'release', ({ call, direction, isAnswered }) => {
      if (direction === 'incoming' && !isAnswered) call.reject(status, undefined, { Reason: reason });
      else call.hangUp({ reasonHeader: reason });
    });
  }

  reportTransfer(leg: LegId, progress: TransferProgress): void {
    this.#onLeg(leg, 'reportTransfer', ({ call }) => call.reportTransfer(transferStatus(progress)));
  }

  probe(leg: LegId, probe: number): void {
    this.#onLeg(leg, 'probe', ({ call }) => {
      const answered = (isThere: boolean) => this.#emit({ type: 'probed', leg, probe, isThere });
      call.probe().then(
        () => answered(true),
        (error: unknown) => {
          // A party that has hung up meanwhile is no longer probed.
          if (!(error instanceof InvalidStateError)) answered(!saysGone(error));
        },
      );
    });
  }

  openChannel(leg: LegId, sound: LineAudio, keys: KeyDetection): void {
    const { endpoint } = this.#use();
    this.#attempt(leg, 'openChannel', () => {
      this.#channels.set(leg, new PjsuaChannel(endpoint, leg, sound, keys, (event) => this.#emit(event)));
    });
  }

  closeChannel(leg: LegId): void {
    this.#channels.get(leg)?.close();
    this.#channels.delete(leg);
    this.#forget(leg);
  }

  connect(edge: Edge): void {
    const [from, to] = [this.#soundOf(edge.from), this.#soundOf(edge.to)];
    if (from && to) this.#use().edges.connect(edge, from, to);
  }

  setVolume(edge: Edge): void {
    this.#use().edges.setVolume(edge);
  }

  disconnect(from: LegId, to: LegId): void {
    this.#use().edges.disconnect({ from, to });
  }

  play(playback: Playback): void {
    const { endpoint } = this.#use();
    const sound = this.#soundOf(playback.leg);
    if (!sound) return;
    this.#attempt(playback.leg, 'play', () => {
      const segments = segmentsOf(this.#options.prompts, playback);
      const player = endpoint.createPlayer({ segments, loop: playback.loop });
      const { id, leg } = playback;
      this.#players.set(id, { leg, player });
      player.on('finished', () => this.#onFinished(playback, player));
      endpoint.connect(player, sound).catch((error: unknown) => {
        if (this.#players.get(id)?.player === player) this.#failed(leg, 'play', error);
      });
    });
  }

  stopPlayback(_leg: LegId, playback: PlaybackId): void {
    this.#players.get(playback)?.player.close();
    this.#players.delete(playback);
  }

  sendDigit(leg: LegId, digit: Digit): void {
    this.#channels.get(leg)?.press(digit);
    this.#onLeg(leg, 'sendDigit', ({ call }) => {
      call.sendDigits(digit, { method: 'rfc4733' }).catch((error: unknown) => {
        // A party that hung up while the key was on its way does not miss it.
        if (!(error instanceof InvalidStateError)) this.#failed(leg, 'sendDigit', error);
      });
    });
  }

  async #startOn(endpoint: Endpoint): Promise<readonly EngineAddress[]> {
    endpoint.on('log', this.#options.onLog);
    endpoint.on('overflow', ({ lost }) => this.#emit({ type: 'overflow', lost }));
    endpoint.on('rejected', ({ kind, method, source, suppressed }) =>
      this.#emit({
        type: 'rejected',
        kind,
        method,
        source: `${source.transport}:${source.address}:${source.port}`,
        suppressed,
      }),
    );
    endpoint.on('incomingCall', (call, info) => this.#onIncoming(call, info));
    endpoint.setEmergencyNumbers(this.#options.emergencyNumbers);
    this.#startRegistrar(endpoint);
    const addresses = await this.#listen(endpoint);
    const edges = new PjsuaEdges(endpoint, ({ to }, command, error) => this.#failed(to, command, error));
    const trunks = new PjsuaTrunks(endpoint, this.#options.trunks, (event) => this.#emit(event));
    this.#running = { endpoint, edges, trunks, hosts: this.#ownHosts(addresses) };
    return addresses;
  }

  #use() {
    if (!this.#running) throw new Error('The engine is not running.');
    return this.#running;
  }

  #startRegistrar(endpoint: Endpoint): Registrar {
    const { realm, digest } = this.#options;
    const registrar = endpoint.createRegistrar({ realm, algorithms: digest });
    registrar.on('bound', ({ username, contact, uri, domain }) => {
      const isNew = !this.#contacts.has(contactId(contact));
      this.#contacts.set(contactId(contact), { uri, domain });
      const extension = extensionNumber(username);
      this.#watch.heard(contactId(contact));
      if (isNew) this.#emit({ type: 'contactBound', extension, contact: contactId(contact) });
    });
    registrar.on('unbound', ({ username, contact }) => {
      this.#contacts.delete(contactId(contact));
      this.#watch.forget(contactId(contact));
      this.#emit({ type: 'contactUnbound', extension: extensionNumber(username), contact: contactId(contact) });
    });
    registrar.setUsers(
      this.#options.extensions.map(({ number, password, digest: own }) => ({
        username: number,
        password,
        ...(own === undefined ? {} : { algorithms: own }),
      })),
    );
    return registrar;
  }

  #askContact(contact: ContactId): Promise<void> | undefined {
    const uri = this.#contacts.get(contact)?.uri;
    return uri === undefined ? undefined : this.#running?.endpoint.probe(uri);
  }

  async #listen(endpoint: Endpoint): Promise<readonly EngineAddress[]> {
    const { address, port, transports, publicAddress } = this.#options;
    const opened: EngineAddress[] = [];
    const listening: Transport[] = [];
    for (const protocol of transports) {
      const named = publicAddress === undefined ? {} : { publicAddress };
      const transport = await endpoint
        .addTransport({ protocol, address, port: opened[0]?.port ?? port, ...named })
        .catch(refuseToListen);
      listening.push(transport);
      opened.push({ protocol, address: transport.address, port: transport.port });
    }
    if (publicAddress !== undefined) this.#followName(publicAddress, listening);
    return opened;
  }

  /** Media needs an address even where the box is known by name. */
  #followName(name: string, transports: readonly Transport[]): void {
    this.#publicName = new PublicName(name, (news) => {
      try {
        if ('address' in news) for (const transport of transports) transport.setMediaAddress(news.address);
        this.#emit({ type: 'publicName', name, ...news });
      } catch (error) {
        this.#emit({ type: 'publicName', name, reason: error instanceof Error ? error.message : String(error) });
      }
    });
    this.#publicName.start();
  }

  #ownHosts(addresses: readonly EngineAddress[]): readonly string[] {
    const { publicAddress } = this.#options;
    return [...addresses.map(({ address }) => address), ...(publicAddress === undefined ? [] : [publicAddress])];
  }

  #onIncoming(call: Call, info: IncomingCall): void {
    const origin = this.#originOf(info.origin);
    if (!origin) {
      call.reject(403);
      return;
    }
    const leg = legId(`in-${this.#nextIncoming}`);
    this.#nextIncoming += 1;
    const { maxForwards = usualForwards } = info;
    this.#follow(leg, { call, direction: 'incoming', isAnswered: false, isHeld: false, maxForwards });
    if (origin.kind === 'trunk') this.#followIdentity(leg, call);
    const caller = origin.kind === 'trunk' ? callerIn(info) : claimedBy(info);
    const [dialled = '', ...alsoDialled] = calledIn(info, info.origin.kind);
    this.#emit({ type: 'incoming', leg, origin, caller, dialled, alsoDialled });
  }

  /** Counts Max-Forwards down, so that a call that goes in a circle ends (RFC 3261, 16.6). */
  #passedOn(caller: LegId | undefined): PassedOn {
    const left = caller === undefined ? undefined : this.#legs.get(caller)?.maxForwards;
    return left === undefined ? {} : { maxForwards: Math.max(0, Math.min(left, usualForwards) - 1) };
  }

  #originOf(origin: IncomingCall['origin']): Origin | undefined {
    if (origin.kind === 'user') return { kind: 'extension', number: extensionNumber(origin.username) };
    const { trunks } = this.#use();
    const trunk = origin.kind === 'account' ? trunks.ofAccount(origin.account) : trunks.named(origin.name);
    return trunk && { kind: 'trunk', trunk };
  }

  /** An extension is identified by its account, whatever its phone claims. */
  #followIdentity(leg: LegId, call: Call): void {
    call.on('identified', (fields) => this.#emit({ type: 'identified', leg, caller: laterIdentityIn(fields) }));
  }

  #reportRefusal(leg: LegId, call: Call, to: string, isTrunk: boolean): void {
    call.on('ended', ({ status, reason, cause, redirect }) => {
      // The rules decide about a phone that forwards, and log it.
      if (redirect && !isTrunk) return;
      if (status >= 300 && cause !== 'local')
        this.#emit({ type: 'callRefused', leg, to, status, reason, answered: cause === 'remote' });
    });
  }

  #follow(leg: LegId, entry: Leg): void {
    this.#legs.set(leg, entry);
    const { call } = entry;
    call.on('progress', ({ status, media }) => {
      if (media) this.#emit({ type: 'earlyMedia', leg });
      else if (status === 180) this.#emit({ type: 'ringing', leg });
    });
    call.on('trying', () => {
      if (!entry.isAnswered) this.#emit({ type: 'proceeding', leg });
    });
    call.on('heard', () => this.#emit({ type: 'earlyMediaHeard', leg }));
    call.on('answered', () => {
      entry.isAnswered = true;
      this.#emit({ type: 'answered', leg });
    });
    call.on('media', ({ active, hold, direction }) => {
      const isSent = active && (direction === 'sendrecv' || direction === 'sendonly');
      const isHeld = !isSent || hold === 'remote' || hold === 'both';
      if (isHeld === entry.isHeld) return;
      entry.isHeld = isHeld;
      this.#emit({ type: 'held', leg, held: isHeld });
    });
    call.on('mediaSilent', (silence) => this.#emit({ type: 'mediaSilent', leg, ...silence }));
    call.on('mediaHeard', ({ silentMs }) => this.#emit({ type: 'mediaHeard', leg, silentMs }));
    call.on('digit', ({ digit }) => {
      if (isDigit(digit)) this.#emit({ type: 'digit', leg, digit });
    });
    call.on('transferAsked', (request) => this.#onTransferAsked(leg, call, request));
    call.on('ended', ({ status, cause, redirect }) => {
      if (entry.tryAgain?.(status)) return;
      if (redirect && entry.direction === 'outgoing') this.#onRedirect(leg, redirect);
      this.#legs.delete(leg);
      this.#forget(leg);
      const isLost = entry.isAnswered && cause === 'timeout';
      this.#emit({ type: 'released', leg, cause: isLost ? 'peerSilent' : causeOfStatus(status) });
    });
  }

  /** A blind transfer is followed only to a host of ours; an attended one names the call to replace instead. */
  #onTransferAsked(leg: LegId, call: Call, { user, host, replaces }: TransferRequest): void {
    const to = [...this.#legs].find(([, other]) => other.call.id === replaces)?.[0];
    if (to !== undefined) this.#emit({ type: 'transfer', held: leg, to });
    else if (replaces === undefined && this.#isOurs(host))
      this.#emit({ type: 'transferTo', leg, number: readNumber(user) ?? '' });
    else call.reportTransfer(sipCause('notFound').status);
  }

  /** A phone forwards to one of our numbers, or to a foreign host. */
  #onRedirect(leg: LegId, { user, host }: Redirect): void {
    this.#emit({ type: 'redirected', leg, number: this.#isOurs(host) ? readNumber(user) : null });
  }

  /** Whether phones reach us by this name or address. */
  #isOurs(host: string): boolean {
    const names = [...this.#use().hosts, ...[...this.#contacts.values()].map(({ domain }) => domain)];
    return names.some((name) => name.toLowerCase() === host.toLowerCase());
  }

  /** A leg has ended, and its players and edges with it. */
  #forget(leg: LegId): void {
    for (const [id, playing] of this.#players) if (playing.leg === leg) this.stopPlayback(leg, id);
    this.#running?.edges.forget(leg);
  }

  #onFinished({ id, leg }: Playback, player: Player): void {
    player.close();
    if (this.#players.get(id)?.player !== player) return;
    this.#players.delete(id);
    this.#emit({ type: 'playbackEnded', leg, playback: id });
  }

  /** The source and sink of a leg's audio; undefined once it has ended. */
  #soundOf(leg: LegId): Call | SoundChannel | undefined {
    return this.#legs.get(leg)?.call ?? this.#channels.get(leg)?.sound;
  }

  #onLeg(leg: LegId, command: string, operation: (leg: Leg) => void): void {
    const entry = this.#legs.get(leg);
    if (entry) this.#attempt(leg, command, () => operation(entry));
  }

  /** A leg may end between the event and the command, which is not a fault: `released` is on its way. */
  #attempt(leg: LegId, command: string, operation: () => void): void {
    try {
      operation();
    } catch (error) {
      this.#failed(leg, command, error);
    }
  }

  #failed(leg: LegId, command: string, error: unknown): void {
    if (!this.#running) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#emitSoon({ type: 'commandFailed', leg, command, reason });
  }

  #emit(event: EngineEvent): void {
    this.#listener(event);
  }

  /** Events never arrive within the call of a command. */
  #emitSoon(event: EngineEvent): void {
    queueMicrotask(() => this.#emit(event));
  }
}

/** Where PJSIP's codes for system errors begin. */
const systemErrors = 120_000;
const listenFaults: ReadonlyMap<number, ListenError['why']> = new Map([
  [constants.errno.EADDRINUSE, 'inUse'],
  [constants.errno.EADDRNOTAVAIL, 'notOurs'],
  [constants.errno.EACCES, 'notAllowed'],
]);

function refuseToListen(error: unknown): never {
  if (!(error instanceof PjsipError)) throw error;
  throw new ListenError(error.message, listenFaults.get(error.status - systemErrors) ?? 'other', error);
}

function shownAs({ number, name }: CallerId) {
  return number === '' ? { user: 'anonymous', displayName: 'Anonymous' } : { user: number, displayName: name };
}

function transferStatus(progress: TransferProgress): number {
  if (progress === 'ringing') return 180;
  return progress === 'done' ? 200 : sipCause(progress).status;
}

/** Whether a failed probe means that nobody is there; one that could not be sent means nothing. */
function saysGone(error: unknown): boolean {
  return error instanceof PjsipError && error.operation === 'OPTIONS';
}
