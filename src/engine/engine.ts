import type { BusyLamp, LampSubject } from '../primitives/busy-lamp.js';
import type { CallerIdentity } from '../primitives/caller-identity.js';
import type { Diversion } from '../primitives/diversion.js';
import type { Encryption } from '../primitives/encryption.js';
import type { ExtensionNumber, LegId, PlaybackId, TrunkId } from '../primitives/ids.js';
import type { Digit, KeyDetection } from '../primitives/keys.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import type { LegEvent, LineEvent, PresenceEvent, TransferEvent } from '../switchboard/events.js';
import type { CallerId, Destination, TransferProgress } from '../switchboard/leg-commands.js';
import type { ProtectionEvent } from '../switchboard/protection.js';
import type { ReleaseCause } from '../switchboard/release-cause.js';
import type { LineAudio } from './line-audio.js';

export type SipProtocol = 'udp' | 'tcp' | 'tls';

/** A certificate with its issuers, and its key, in PEM form. */
export interface TlsIdentity {
  readonly key: string;
  readonly certificate: string;
}

export interface TrunkTls {
  /** In PEM form: one of them is the certificate of the other side, or has issued it. Without them it is one that the operating system trusts. */
  readonly authorities?: string;
  /** Shown to the other side if it asks, instead of the box's own. */
  readonly identity?: TlsIdentity;
}

/** A SIP account that phones register to. */
export interface ExtensionAccount {
  readonly number: ExtensionNumber;
  readonly password: string;
  /** Digest algorithms offered to its phones; by default those offered to all. */
  readonly digest?: readonly ('SHA-256' | 'MD5')[];
  /** Of the sound of its calls; their keys go along with the signalling, so that it takes TLS. By default none. */
  readonly encryption?: Encryption;
}

/** A SIP connection to a provider or another PBX. */
export type TrunkAccount = {
  readonly id: TrunkId;
  /** Host name or address of the other side, with port. */
  readonly host: string;
  readonly port: number;
  readonly transport: SipProtocol;
  /** What is special about its certificates, over TLS. */
  readonly tls?: TrunkTls;
  /** As of an extension. */
  readonly encryption?: Encryption;
  /** Where it is told the number of who calls; by default in From. */
  readonly identity?: CallerIdentity;
  /** How it is told who has forwarded a call. */
  readonly diversion?: Diversion;
} & (
  | {
      readonly kind: 'registering';
      readonly username: string;
      readonly password: string;
      /** Whom the password belongs to; by default `username`. */
      readonly authName?: string;
      /** Where everything is sent, so that `host` only names the network there (an outbound proxy). */
      readonly proxy?: { readonly host: string; readonly port: number };
    }
  | {
      /** Calls are admitted by the address they come from. */
      readonly kind: 'address';
      readonly addresses: readonly string[];
      /** The number that stands in From for the trunk itself, where a registering one has its user name; by default that of who calls. */
      readonly account?: string;
    }
);

export interface EngineAddress {
  readonly protocol: SipProtocol;
  readonly address: string;
  readonly port: number;
}

export type EngineEvent =
  | LegEvent
  | LineEvent
  /** Requested by the far end of a leg, to which `reportTransfer` reports how it goes. */
  | TransferEvent
  | PresenceEvent
  | ProtectionEvent
  /** A command failed; the leg itself lives on unless `released` follows. */
  | { readonly type: 'commandFailed'; readonly leg: LegId; readonly command: string; readonly reason: string }
  /** The audio device of a channel is unavailable; retried until `soundFound`. Each reason is reported once. */
  | { readonly type: 'soundLost'; readonly leg: LegId; readonly reason: string }
  | { readonly type: 'soundFound'; readonly leg: LegId }
  /** Refused traffic from outside; rate-limited, with the number of unreported refusals before it. */
  | {
      readonly type: 'rejected';
      readonly kind: string;
      readonly method: string;
      readonly source: string;
      readonly suppressed: number;
    }
  /** A trunk or phone refused a call of ours, or nobody answered it at all; with `keysInClear` it was not even sent, for want of TLS. */
  | {
      readonly type: 'callRefused';
      readonly leg: LegId;
      readonly to: string;
      readonly status: number;
      readonly reason: string;
      readonly answered: boolean;
      readonly keysInClear?: true;
    }
  /** Why a trunk is not registered; reported at each attempt. */
  | {
      readonly type: 'trunkRefused';
      readonly trunk: TrunkId;
      readonly status: number;
      readonly reason: string;
      readonly answered: boolean;
    }
  /** The address behind the box's public name, or why it is unknown. */
  | ({ readonly type: 'publicName'; readonly name: string } & (
      | { readonly address: string }
      | { readonly reason: string }
    ))
  /** Too many events of some kinds came at once, and some were dropped; counted since the last report. */
  | { readonly type: 'overflow'; readonly lost: Readonly<Record<string, number>> };

/**
 * Signalling and audio of all legs. Commands return at once and never throw for a leg that has just ended; their results
 * arrive as events, in order, never within a command.
 */
export interface Engine {
  /** Begins to listen. Rejects with a ListenError when an address cannot be used. */
  start(): Promise<readonly EngineAddress[]>;
  /** Ends all legs and frees all sockets. */
  stop(): Promise<void>;
  onEvent(listener: (event: EngineEvent) => void): void;

  /**
   * The extensions that there are from now on. Registrations with a changed password, or of an extension that is gone, end with
   * `contactUnbound`. No running call is touched.
   */
  setExtensions(accounts: readonly ExtensionAccount[]): void;
  /**
   * The trunks that there are from now on. One that is new or changed is `trunkUp` when calls can go over it: by address at once, else when it is
   * registered. One that is gone is `trunkDown`. No running call is touched.
   */
  setTrunks(accounts: readonly TrunkAccount[]): void;

  /** Calls a destination on behalf of the leg `caller`. `leg` is a new name, chosen by whoever gives the command. */
  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void;
  /** Tells an incoming leg that the called party rings. */
  ring(leg: LegId): void;
  /** Opens audio towards an incoming leg before it is answered. */
  openEarlyMedia(leg: LegId): void;
  answer(leg: LegId): void;
  /** Refuses, cancels or hangs up, as the leg's state demands. */
  release(leg: LegId, cause: ReleaseCause): void;
  /** Reports to the transferor at the far end how the transfer goes; ignored where none is under way. */
  reportTransfer(leg: LegId, progress: TransferProgress): void;

  /**
   * Asks the far end of an answered leg whether it is still there. The answer, if one comes at all, is a `probed` with this number.
   */
  probe(leg: LegId, probe: number): void;

  /** Shows those whose phones watch this what there is. At the start it is idle. */
  showBusy(subject: LampSubject, lamp: BusyLamp): void;

  /** Lets audio flow one way. An edge survives hold, re-INVITE and codec changes, until it is removed or a leg ends. */
  connect(edge: Edge): void;
  /** Changes gain, levelling and side of an edge in place. */
  setVolume(edge: Edge): void;
  disconnect(from: LegId, to: LegId): void;

  /** Plays to one leg only; ends with `playbackEnded` unless it is stopped first. */
  play(playback: Playback): void;
  stopPlayback(leg: LegId, playback: PlaybackId): void;
  /** Sends a digit that the other party pressed: out of band (RFC 4733 or SIP INFO), or as tones to a channel. */
  sendDigit(leg: LegId, digit: Digit): void;
}

/** An engine that also has the audio of analog lines. */
export interface SoundEngine extends Engine {
  /**
   * Makes the audio of an analog line a leg that exists until it is closed, whether or not there is a call on the line. It takes
   * edges, playbacks and digits, but has no signalling. The tones of its keys are never passed on; with `inBand` they are detected, and
   * reported as `digit`.
   */
  openChannel(leg: LegId, sound: LineAudio, keys: KeyDetection): void;
  closeChannel(leg: LegId): void;
}
