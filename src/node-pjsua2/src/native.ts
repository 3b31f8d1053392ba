import { createRequire } from 'node:module';
import type { Binding, DigestAlgorithm, RegistrarUser } from './binding.js';
import type { Encryption } from './encryption.js';
import { InvalidStateError, PjsipError } from './errors.js';
import type { SoundDevice } from './sound-device.js';
import type { TlsIdentity, TlsServer } from './tls.js';
import type { Subscribed, SubscriptionId, Watchable } from './watching.js';

/** Identifies a native object. Never reused within a process. */
export type Handle = number;

/** Identifies an operation in progress; a `settled` event with this as its subject reports that it is done. */
export type Request = number;

/** An event as the addon delivers it. `subject` is the handle that it concerns, 0 for the endpoint. */
export interface RawEvent {
  readonly type: string;
  readonly subject: Handle | Request;
  readonly [field: string]: unknown;
}

/** Why a request failed: the engine's refusal, or (without a code) a state that makes it pointless. */
export type RawFailure =
  | { readonly message: string }
  | { readonly message: string; readonly code: string; readonly status: number; readonly operation: string };

export type HeaderList = [name: string, value: string][];

/** A server to query for names. */
export interface Nameserver {
  /** IPv4 or IPv6. */
  readonly address: string;
  readonly port: number;
}

export interface NativeEndpointOptions {
  readonly userAgent: string;
  readonly maxCalls: number;
  readonly transfers: boolean;
  readonly clockRate: number;
  readonly codecs: readonly string[];
  readonly rtpFrom: number;
  readonly rtpTo: number;
  readonly rtpAddress: string | undefined;
  readonly nameservers: readonly Nameserver[];
  readonly silenceMs: number;
  readonly eventCapacity: number;
  readonly logLevel: number;
}

export interface NativeCallOptions {
  readonly to: string;
  readonly account: Handle | undefined;
  readonly from:
    | { readonly user: string; readonly displayName?: string | undefined; readonly host?: string | undefined }
    | undefined;
  readonly assertIdentity: boolean;
  readonly headers: HeaderList;
  readonly codecs: readonly string[];
  readonly emergency: boolean;
  readonly sessionTimer: boolean;
  readonly maxForwards: number | undefined;
  readonly encryption: Encryption;
}

export type NativeSegment =
  | { readonly samples: Int16Array }
  | { readonly frequencies: readonly number[]; readonly ms: number; readonly levelDbfs: number }
  | { readonly silenceMs: number };

export interface NativeRegistrarOptions {
  readonly realm: string;
  readonly minExpires: number;
  readonly maxExpires: number;
  readonly defaultExpires: number;
  readonly maxContactsPerUser: number;
  readonly algorithms: readonly string[];
}

export interface NativeAccountOptions {
  readonly uri: string;
  readonly displayName: string | undefined;
  readonly registrar: string | undefined;
  readonly username: string;
  readonly password: string;
  readonly proxy: string | undefined;
  readonly realm: string;
  readonly expires: number;
  readonly retryInterval: number;
  readonly transport: Handle | undefined;
  readonly encryption: Encryption;
}

export interface EndpointStatistics {
  /** Events lost so far because JavaScript did not keep up. */
  readonly droppedEvents: number;
  /** Calls known to PJSIP, including those that are still hanging up. */
  readonly activeCalls: number;
  /** Ports in the bridge: one for the clock, and one for each call with audio, each player and each recorder. */
  readonly conferencePorts: number;
}

/** Mean amplitude of the last 20 ms, in dB below full scale; -90 is silence. A full-scale sine reads -4. */
export interface Level {
  readonly received: number;
  readonly sent: number;
}

/** A call's audio since it last changed, as RTCP counts it. */
export interface MediaStatistics {
  readonly received: {
    readonly packets: number;
    readonly lost: number;
    readonly discarded: number;
    readonly jitterMs: number;
  };
  readonly sent: { readonly packets: number; readonly lost: number; readonly jitterMs: number };
  readonly roundTripMs: number;
  /** The average content of the jitter buffer. */
  readonly bufferMs: number;
}

export type Side = 'both' | 'left' | 'right';

/** Linear gain, and the rest of Volume. */
export type NativeVolume = [gain: number, levelled: boolean, side: Side];

/** The addon's functions: a flat list that works with handles. They throw TypeError, InvalidStateError and PjsipError. */
export interface Native {
  setErrorClasses(invalidState: typeof InvalidStateError, pjsip: typeof PjsipError): void;

  startEndpoint(options: NativeEndpointOptions, deliver: (events: RawEvent[], hasMore: boolean) => void): void;
  /** Delivers more events, if there are any. */
  goOnWithEvents(): void;
  closeEndpoint(): void;
  /** Called when the process ends: stops all threads. */
  abandonEndpoint(): void;
  setNameservers(nameservers: readonly Nameserver[]): void;
  endpointStatistics(): EndpointStatistics;

  addTransport(options: {
    readonly protocol: string;
    readonly address: string;
    readonly port: number;
    readonly publicAddress: string | undefined;
  }): { handle: Handle; address: string; port: number };
  setMediaAddress(transport: Handle, address: string): void;
  closeTransport(transport: Handle): void;

  setTlsIdentity(identity: TlsIdentity): void;
  setTlsServers(servers: readonly TlsServer[]): void;

  createRegistrar(options: NativeRegistrarOptions): Handle;
  setUsers(registrar: Handle, users: readonly RegistrarUser[]): void;
  setAlgorithms(registrar: Handle, options: { readonly algorithms: readonly DigestAlgorithm[] }): void;
  bindings(registrar: Handle, username: string | undefined): Binding[];
  closeRegistrar(registrar: Handle): void;
  setWatchable(registrar: Handle, watchable: readonly Watchable[], minExpires: number): void;
  subscriptions(registrar: Handle): Subscribed[];
  notifyWatcher(subscription: SubscriptionId, contentType: string, body: string): Request;
  setEmergencyNumbers(numbers: readonly string[]): void;
  setPeers(
    peers: readonly {
      readonly name: string;
      readonly addresses: readonly string[];
      readonly encryption?: Encryption;
    }[],
  ): void;

  addAccount(options: NativeAccountOptions): Handle;
  registerAccount(account: Handle): void;
  closeAccount(account: Handle): void;

  makeCall(options: NativeCallOptions): Handle;
  progressCall(call: Handle, status: number, media: boolean): void;
  answerCall(call: Handle, options: { readonly headers: HeaderList }): void;
  rejectCall(
    call: Handle,
    options: { readonly status: number; readonly reason: string; readonly headers: HeaderList },
  ): void;
  hangUpCall(
    call: Handle,
    options: { readonly status: number | undefined; readonly reasonHeader: string | undefined },
  ): void;
  holdCall(call: Handle): Request;
  resumeCall(call: Handle): Request;
  reinviteCall(call: Handle): Request;
  sendDigits(call: Handle, digits: string, method: string, durationMs: number): Request;
  probeCall(call: Handle): Request;
  probe(uri: string): Request;
  tellPhone(options: {
    readonly uri: string;
    readonly event: string;
    readonly username: string;
    readonly password: string;
  }): Request;
  reportTransfer(call: Handle, status: number): void;
  callLevel(call: Handle): Level;
  callStatistics(call: Handle): MediaStatistics | undefined;

  connect(source: Handle, sink: Handle, ...volume: NativeVolume): { handle: Handle; request: Request };
  setVolume(connection: Handle, ...volume: NativeVolume): Request;
  disconnect(connection: Handle): Request;

  createPlayer(segments: readonly NativeSegment[], loop: boolean): Handle;
  closePlayer(player: Handle): void;
  createRecorder(path: string): Handle;
  closeRecorder(recorder: Handle): Request;

  openSoundChannel(device: SoundDevice): Handle;
  closeSoundChannel(channel: Handle): void;
}

/**
 * A file other than the usual one, such as a build with AddressSanitizer. The usual one is required by its literal name, so that this
 * package can be bundled.
 */
const binary = process.env.NODE_PJSUA2_BINARY ?? 'node-pjsua2/addon';

/** The loaded addon. */
export const native = createRequire(import.meta.url)(binary) as Native;

native.setErrorClasses(InvalidStateError, PjsipError);
