import type { ExtensionNumber, LegId, PlaybackId, TrunkId } from '../primitives/ids.js';
import type { Digit, KeyDetection } from '../primitives/keys.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import type { LegEvent, LineEvent, PresenceEvent, TransferEvent } from '../switchboard/events.js';
import type { CallerId, Destination, TransferProgress } from '../switchboard/leg-commands.js';
import type { ReleaseCause } from '../switchboard/release-cause.js';
import type { LineAudio } from './audio.js';

/** A SIP account that phones register to. */
export interface ExtensionAccount {
  readonly number: ExtensionNumber;
  readonly password: string;
  /** Ways to prove the password that its phones are offered; default: those of all. */
  readonly digest?: readonly ('SHA-256' | 'MD5')[];
}

/** A SIP connection to a provider or another PBX. */
export type TrunkAccount = {
  readonly id: TrunkId;
  /** Host name or address of the other side, with port. */
  readonly host: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp';
} & (
  | { readonly kind: 'registering'; readonly username: string; readonly password: string }
  /** Calls are admitted by the address they come from. */
  | { readonly kind: 'address'; readonly addresses: readonly string[] }
);

export interface EngineAddress {
  readonly protocol: 'udp' | 'tcp';
  readonly address: string;
  readonly port: number;
}

export type EngineEvent =
  | LegEvent
  | LineEvent
  /** Asked for by the far end of a leg, who is to be told by `reportTransfer` how it goes. */
  | TransferEvent
  | PresenceEvent
  /** A command could not be carried out; the leg itself lives on unless `released` follows. */
  | { readonly type: 'commandFailed'; readonly leg: LegId; readonly command: string; readonly reason: string }
  /** The sound of a channel cannot be had; it is tried again until `soundFound`. Each reason is told once. */
  | { readonly type: 'soundLost'; readonly leg: LegId; readonly reason: string }
  | { readonly type: 'soundFound'; readonly leg: LegId }
  /** Traffic from outside that was refused; rate-limited, with the number of unreported ones before it. */
  | {
      readonly type: 'rejected';
      readonly kind: string;
      readonly method: string;
      readonly source: string;
      readonly suppressed: number;
    }
  /** A call of ours was refused by what it went to (a trunk, or the address of a phone), or nobody answered at all. */
  | {
      readonly type: 'callRefused';
      readonly leg: LegId;
      readonly to: string;
      readonly status: number;
      readonly reason: string;
      readonly answered: boolean;
    }
  /** Why a trunk is not registered; told at each try. */
  | {
      readonly type: 'trunkRefused';
      readonly trunk: TrunkId;
      readonly status: number;
      readonly reason: string;
      readonly answered: boolean;
    }
  /** The address behind the name by which the box is reached from outside, or why it is not known. */
  | ({ readonly type: 'publicName'; readonly name: string } & (
      | { readonly address: string }
      | { readonly reason: string }
    ))
  /** More of some kinds came at once than anybody needs, and was left out; counted since the last report. */
  | { readonly type: 'overflow'; readonly lost: Readonly<Record<string, number>> };

/**
 * Signalling and audio of all legs. Commands return at once and never throw for a leg that has just ended; what became of
 * them arrives as events, in order, never within the call of a command.
 */
export interface Engine {
  /** Begins to listen. Rejects with a text for the admin when an address is in use. */
  start(): Promise<readonly EngineAddress[]>;
  /** Ends all legs and frees all sockets. */
  stop(): Promise<void>;
  onEvent(listener: (event: EngineEvent) => void): void;

  /** Calls a destination, for who is on the leg `caller`. `leg` is new, and chosen by whoever commands. */
  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void;
  /** Tells an incoming leg that the called party rings. */
  ring(leg: LegId): void;
  /** Opens audio towards an incoming leg before it is answered. */
  openEarlyMedia(leg: LegId): void;
  answer(leg: LegId): void;
  /** Refuses, cancels or hangs up, as the leg's state demands. */
  release(leg: LegId, cause: ReleaseCause): void;
  /** Tells the far end, which has asked for a transfer, how it goes. Nothing where none is asked for, or its end is told already. */
  reportTransfer(leg: LegId, progress: TransferProgress): void;

  /**
   * Asks the far end of an answered leg whether it is still there. An answer comes as `probed`, with this number; it may not come at all.
   */
  probe(leg: LegId, probe: number): void;

  /** Lets audio flow one way. An edge stays through hold, re-INVITE and codec changes, until it is removed or a leg ends. */
  connect(edge: Edge): void;
  /** Changes gain, levelling and side of an edge in place. */
  setVolume(edge: Edge): void;
  disconnect(from: LegId, to: LegId): void;

  /** Plays to one leg only; ends with `playbackEnded` unless it is stopped before. */
  play(playback: Playback): void;
  stopPlayback(leg: LegId, playback: PlaybackId): void;
  /** Sends one digit, as pressed by the other party: out of band (RFC 4733, else SIP INFO), to a channel as its tones. */
  sendDigit(leg: LegId, digit: Digit): void;
}

/** An engine that also has the audio of analog lines. */
export interface SoundEngine extends Engine {
  /**
   * Makes the sound of an analog line a leg, which is there until it is closed, with a call on the line or without. It takes
   * edges, playbacks and digits, but has no signalling. The tones of its keys are never heard; where they are to be found `inBand`,
   * they come as `digit`.
   */
  openChannel(leg: LegId, sound: LineAudio, keys: KeyDetection): void;
  closeChannel(leg: LegId): void;
}
