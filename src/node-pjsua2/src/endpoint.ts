import { EventEmitter } from 'node:events';
import { isMainThread } from 'node:worker_threads';
import { Account, type AccountOptions } from './account.js';
import type { RegistrarUser } from './binding.js';
import { Call, type CallOptions } from './call.js';
import type { CodecName } from './codec.js';
import { Connection, type Sink, type Source, type Volume } from './connection.js';
import type { Encryption } from './encryption.js';
import { InvalidStateError } from './errors.js';
import { Wiring } from './events.js';
import { type IncomingCall, incomingCallOf, type RawIncomingCall } from './incoming.js';
import { systemNameservers, watchNameservers } from './nameservers.js';
import { type EndpointStatistics, type Handle, type Level, native, type RawEvent } from './native.js';
import { Player, type PlayerOptions } from './player.js';
import { Recorder } from './recorder.js';
import { Registrar, type RegistrarOptions } from './registrar.js';
import type { Rejection } from './rejection.js';
import { SoundChannel } from './sound-channel.js';
import type { SoundDevice } from './sound-device.js';
import type { TlsIdentity, TlsServer } from './tls.js';
import { Transport, type TransportOptions } from './transport.js';

export interface EndpointOptions {
  readonly userAgent: string;
  /**
   * How many calls at once, 1 to 1000; the last 32nd of them is reserved for emergency calls. Beyond that callers get 503, as does a source
   * that uses up its share: a quarter for one user, half for a peer or an account, and far less for calls that are not acknowledged yet.
   * Default 300.
   */
  readonly maxCalls?: number;
  /** Report transfers requested by REFER ('transferAsked'); otherwise they are refused with 501. Default false. */
  readonly transfers?: boolean;
  /**
   * Of the bridge, in Hz: for players, recorders and sound channels; calls hear each other at the full bandwidth of their codecs. Default
   * 8000.
   */
  readonly clockRate?: 8000 | 16000;
  /** In order of preference; no others are offered or accepted. Default PCMA, PCMU, G722, opus. */
  readonly codecs?: readonly CodecName[];
  /** UDP ports for media, two per call. Default 10000 to 20000. When all are taken, only an emergency call gets others. */
  readonly rtpPorts?: { readonly from: number; readonly to: number };
  /** Address for media, bound and advertised. Default: that of the SIP transport. */
  readonly rtpAddress?: string;
  /** How long a party may send no audio before 'mediaSilent' is emitted, in milliseconds. Default 10,000. */
  readonly silenceMs?: number;
  /**
   * How many log lines, rejections and calls may wait for JavaScript before further lines and rejections are dropped and further calls
   * refused. Default 8192.
   */
  readonly eventCapacity?: number;
  /** 0 none, 1 errors, 2 warnings, 3 information, 4 also the SIP messages, 5 and 6 traces. Default 2. */
  readonly logLevel?: number;
}

export interface Overflow {
  readonly dropped: number;
  /** How many of each type. */
  readonly lost: Readonly<Record<string, number>>;
}

/** A host whose calls are admitted without digest authentication, such as a provider's. */
export interface Peer {
  readonly name: string;
  /** IP addresses or networks, such as 192.0.2.1 or 192.0.2.0/24. */
  readonly addresses: readonly string[];
  /** Of its calls. Default `off`. */
  readonly encryption?: Encryption;
}

interface EndpointEvents {
  /** Without a listener the caller gets 480. */
  incomingCall: [call: Call, info: IncomingCall];
  log: [{ readonly level: number; readonly message: string }];
  /**
   * How many events were lost because JavaScript did not keep up, and of which types; the oldest were kept. Only log lines, rejections, and
   * what one party does again and again can be lost; registrars that have lost some catch up by themselves.
   */
  overflow: [Overflow];
  rejected: [Rejection];
}

type RawEndpointEvent = RawEvent &
  (
    | RawIncomingCall
    | { readonly type: 'log'; readonly level: number; readonly message: string }
    | ({ readonly type: 'overflow' } & Overflow)
    | ({ readonly type: 'rejected' } & Rejection)
    | { readonly type: 'closed' }
  );

const endpointHandle: Handle = 0;

/** The SIP endpoint of this process; there can be only one at a time. */
export class Endpoint extends EventEmitter<EndpointEvents> {
  readonly #wiring = new Wiring();
  readonly #unwatchNameservers: () => void;
  readonly #registrars = new Set<Registrar>();
  readonly #recorders = new Set<Recorder>();
  readonly #accounts = new Map<Handle, Account>();
  #closed: Promise<void> | undefined;
  #finishClose: () => void = () => {};

  /** @throws InvalidStateError while another endpoint lives or outside of the main thread; TypeError; PjsipError */
  static async create(options: EndpointOptions): Promise<Endpoint> {
    if (!isMainThread) throw new InvalidStateError('an endpoint lives in the main thread only');
    return new Endpoint(options);
  }

  private constructor(options: EndpointOptions) {
    super();
    const { rtpPorts = { from: 10_000, to: 20_000 } } = options;
    native.startEndpoint(
      {
        userAgent: options.userAgent,
        maxCalls: options.maxCalls ?? 300,
        transfers: options.transfers ?? false,
        clockRate: options.clockRate ?? 8000,
        codecs: options.codecs ?? ['PCMA', 'PCMU', 'G722', 'opus'],
        rtpFrom: rtpPorts.from,
        rtpTo: rtpPorts.to,
        rtpAddress: options.rtpAddress,
        nameservers: systemNameservers(),
        silenceMs: options.silenceMs ?? 10_000,
        eventCapacity: options.eventCapacity ?? 8192,
        logLevel: options.logLevel ?? 2,
      },
      (events, hasMore) => {
        this.#wiring.accept(events);
        // Timers, and other input and output, get their turn in between.
        if (hasMore) setImmediate(native.goOnWithEvents);
      },
    );
    // Node does not run clean-up hooks of addons after process.exit().
    process.on('exit', native.abandonEndpoint);
    this.#wiring.subscribe<RawEndpointEvent>(endpointHandle, (event) => this.#deliver(event));
    this.#unwatchNameservers = watchNameservers((nameservers) => native.setNameservers(nameservers));
  }

  /**
   * What TLS connections that begin from now on show. Those that exist go on, so that a certificate can be renewed at any time.
   *
   * @throws TypeError if key and certificate cannot be read or do not belong together
   */
  setTlsIdentity(identity: TlsIdentity): void {
    native.setTlsIdentity(identity);
  }

  /**
   * Replaces the hosts with certificates of their own. Any other has to show one that the operating system trusts, as all have to show one
   * for the host in the URI.
   *
   * @throws TypeError if something cannot be read
   */
  setTlsServers(servers: readonly TlsServer[]): void {
    native.setTlsServers(servers);
  }

  /** Resolves when it is listening. @throws PjsipError if the address is taken or not ours; InvalidStateError for TLS without an identity */
  async addTransport(options: TransportOptions): Promise<Transport> {
    return new Transport(options);
  }

  /** @throws InvalidStateError while there is another one */
  createRegistrar(options: RegistrarOptions): Registrar {
    const registrar = new Registrar(this.#wiring, options, () => this.#registrars.delete(registrar));
    this.#registrars.add(registrar);
    return registrar;
  }

  /** Replaces the hosts whose calls are admitted without digest authentication. @throws TypeError for an invalid address */
  setPeers(peers: readonly Peer[]): void {
    native.setPeers(peers);
  }

  /** Replaces the numbers, as users dial them, whose calls may use the reserved legs. */
  setEmergencyNumbers(numbers: readonly string[]): void {
    native.setEmergencyNumbers(numbers);
  }

  /** Registers with another registrar; see Account.registered. */
  addAccount(options: AccountOptions): Account {
    const account = new Account(this.#wiring, options, (handle) => this.#accounts.delete(handle));
    this.#accounts.set(account.handle(), account);
    return account;
  }

  /** Places a call; returns at once. @throws TypeError for an invalid URI, PjsipError beyond maxCalls */
  call(options: CallOptions): Call {
    return Call.dial(this.#wiring, options);
  }

  /**
   * Asks a phone with OPTIONS whether it is there; resolves on any answer.
   *
   * @throws TypeError for an invalid URI, PjsipError if nobody answers within 8 s
   */
  async probe(uri: string): Promise<void> {
    await this.#wiring.request(native.probe(uri));
  }

  /**
   * Tells a phone something by a NOTIFY that it has not subscribed to, such as that it is to fetch its configuration (`check-sync`).
   * Resolves when the phone has agreed.
   *
   * @param event With its parameters.
   * @param user As whom it has registered: some phones want to know who says so.
   * @throws TypeError for an invalid URI, PjsipError if the phone refuses or does not answer within 8 s
   */
  async tellPhone(uri: string, event: string, user: Pick<RegistrarUser, 'username' | 'password'>): Promise<void> {
    const { username, password } = user;
    await this.#wiring.request(native.tellPhone({ uri, event, username, password }));
  }

  /** @throws TypeError for an invalid segment */
  createPlayer(options: PlayerOptions): Player {
    return new Player(this.#wiring, options);
  }

  /** Writes to this file, replacing what is there. @throws PjsipError if it cannot be opened */
  createRecorder(path: string): Recorder {
    const recorder = new Recorder(this.#wiring, path, () => this.#recorders.delete(recorder));
    this.#recorders.add(recorder);
    return recorder;
  }

  /** Connects to the device, retrying by itself; returns at once. */
  openSoundChannel(device: SoundDevice): SoundChannel {
    return new SoundChannel(this.#wiring, device);
  }

  /**
   * Lets the sink hear the source; resolves when audio flows. For a call without audio that is when it gets some; until then, aborting
   * `signal` gives the connection up.
   *
   * @throws InvalidStateError if these two are already connected, or it is given up, or one is closed before audio flows
   */
  connect(
    source: Source,
    sink: Sink,
    volume: Volume = {},
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<Connection> {
    return Connection.open(this.#wiring, source, sink, volume, signal);
  }

  /** The levels of what is received from a call and sent to it right now. @throws InvalidStateError if the call is over */
  level(call: Call): Level {
    return native.callLevel(call.id);
  }

  statistics(): EndpointStatistics {
    return native.endpointStatistics();
  }

  /** Ends all calls, registrations, players, recorders and sound channels; resolves when nothing is left. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #close(): Promise<void> {
    this.#unwatchNameservers();
    for (const registrar of this.#registrars) registrar.abandon();
    for (const account of this.#accounts.values()) account.abandon();
    for (const recorder of this.#recorders) recorder.abandon();
    return new Promise((resolve) => {
      this.#finishClose = resolve;
      native.closeEndpoint();
    });
  }

  #deliver(event: RawEndpointEvent): void {
    switch (event.type) {
      case 'incomingCall':
        this.#onIncoming(event);
        break;
      case 'log':
        this.emit('log', { level: event.level, message: event.message });
        break;
      case 'overflow':
        this.#onOverflow(event);
        break;
      case 'rejected': {
        const { type: _type, subject: _subject, ...rejection } = event;
        this.emit('rejected', rejection);
        break;
      }
      case 'closed':
        process.off('exit', native.abandonEndpoint);
        this.#finishClose();
        break;
    }
  }

  #onOverflow({ dropped, lost }: Overflow): void {
    if (['bound', 'unbound', 'subscribed', 'unsubscribed'].some((type) => type in lost))
      for (const registrar of this.#registrars) registrar.catchUp();
    this.emit('overflow', { dropped, lost });
  }

  #onIncoming(event: RawIncomingCall): void {
    const call = new Call(this.#wiring, event.call, 'incoming');
    const info = incomingCallOf(event, (handle) => this.#accounts.get(handle));
    if (info === undefined || !this.emit('incomingCall', call, info)) call.reject(480);
  }
}
