import type { CallId, ContactId, ExtensionNumber, LegId, PlaybackId, TrunkId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Origin } from './dial-plan.js';
import type { CallHandling } from './handling/call-handling.js';
import type { Caller } from './leg-commands.js';
import type { ReleaseCause } from './release-cause.js';

/** What happens on legs. `released` comes exactly once per leg and is its last event. */
export type LegEvent =
  | {
      readonly type: 'incoming';
      readonly leg: LegId;
      readonly origin: Origin;
      readonly caller: Caller;
      /** What was dialled, as digits, `*`, `#` or `+`. */
      readonly dialled: string;
      /** Other numbers under which a trunk says that the call was dialled. */
      readonly alsoDialled?: readonly string[];
      /** The leg on which the same telephone has put its party on hold to dial this; absent where it has none, or nobody can tell. */
      readonly holds?: LegId;
    }
  /** The other side has received the call, but has not said what it does with it. */
  | { readonly type: 'proceeding'; readonly leg: LegId }
  /** More is known about the outside party: the caller, or whoever was reached in place of the number called. */
  | { readonly type: 'identified'; readonly leg: LegId; readonly caller: Caller }
  | { readonly type: 'ringing'; readonly leg: LegId }
  | { readonly type: 'earlyMedia'; readonly leg: LegId }
  /** The first audio of early media has arrived. */
  | { readonly type: 'earlyMediaHeard'; readonly leg: LegId }
  /** The called party has answered, or the caller has received our answer. */
  | { readonly type: 'answered'; readonly leg: LegId }
  /** The called phone forwards its caller to this number of ours; null when it names any other address. `released` follows. */
  | { readonly type: 'redirected'; readonly leg: LegId; readonly number: string | null }
  /** The far side stops accepting our audio, because it holds the call or agreed on none; or accepts it again. */
  | { readonly type: 'held'; readonly leg: LegId; readonly held: boolean }
  | MediaEvent
  | { readonly type: 'digit'; readonly leg: LegId; readonly digit: Digit }
  | { readonly type: 'playbackEnded'; readonly leg: LegId; readonly playback: PlaybackId }
  | { readonly type: 'released'; readonly leg: LegId; readonly cause: ReleaseCause };

/** Whether audio arrives from the far end of a leg, from early media on. Analog lines have other ways to tell. */
export type MediaEvent =
  /** No audio has come for a while; repeated when `reports` or `excuse` change. A party on hold that sends reports is not silent. */
  | {
      readonly type: 'mediaSilent';
      readonly leg: LegId;
      /** How long; counted anew when a hold begins and when it ends. */
      readonly silentMs: number;
      /** Whether RTCP reports still arrive from the far end. Some phones never send any. */
      readonly reports: 'heard' | 'silent' | 'never';
      /**
       * Why it may be silent without being gone. hold: one side holds the call, or it only listens; pauses: it has announced comfort
       * noise, or does not send during pauses (DTX).
       */
      readonly excuse: 'none' | 'hold' | 'pauses';
    }
  /** After mediaSilent: audio arrives again, or is not due yet because the call was just held or resumed. */
  | { readonly type: 'mediaHeard'; readonly leg: LegId; readonly silentMs: number };

/** What is known of a phone that registers. */
export interface PhoneFacts {
  readonly address: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
  /** What the phone says that it is; empty where it does not. */
  readonly userAgent: string;
  readonly expiresInMs: number;
}

/** What happens to phones and trunks apart from any leg. */
export type LineEvent =
  | {
      readonly type: 'contactBound';
      readonly extension: ExtensionNumber;
      readonly contact: ContactId;
      /** Not of a telephone on a port of the board. */
      readonly phone?: PhoneFacts;
    }
  | { readonly type: 'contactRefreshed'; readonly contact: ContactId; readonly phone: PhoneFacts }
  | { readonly type: 'contactUnbound'; readonly extension: ExtensionNumber; readonly contact: ContactId }
  /** A registered phone gave no response at all to a call of ours; or it responds again. */
  | { readonly type: 'contactUnresponsive' | 'contactResponsive'; readonly contact: ContactId }
  | { readonly type: 'trunkUp'; readonly trunk: TrunkId }
  | { readonly type: 'trunkDown'; readonly trunk: TrunkId; readonly reason: string };

/** The result of a probe: whether anybody is still at the far end of a leg. */
export interface PresenceEvent {
  readonly type: 'probed';
  readonly leg: LegId;
  readonly probe: number;
  readonly isThere: boolean;
}

/** What monitoring asks the switchboard to do. */
export type MonitoringRequest = {
  readonly type: 'takeOver';
  readonly call: CallId;
  /** The member's leg, which leaves the call. */
  readonly leaving: LegId;
  /** The moderator, who takes the member's place. */
  readonly arriving: {
    readonly leg: LegId;
    readonly line: Origin;
    readonly number: string;
    readonly known: readonly string[];
    /** Whether the moderator has dialled in, or was called. */
    readonly direction: 'incoming' | 'outgoing';
  };
};

/**
 * An extension transfers the other end of its call. Its own legs leave once that has succeeded, and stay if it fails: until somebody
 * answers, the transferor's leg waits for the result, which is reported on that leg.
 */
export type TransferEvent =
  /**
   * Joins the other end of one call of the phone with the one that its second call has reached, or is still ringing.
   * `held` and `to` are the phone's own legs in the two calls. With `isHungUp` both leave in any case.
   */
  | { readonly type: 'transfer'; readonly held: LegId; readonly to: LegId; readonly isHungUp?: boolean }
  /** Sends the other end of the call on to a number, as if the phone on `leg` had dialled it. */
  | { readonly type: 'transferTo'; readonly leg: LegId; readonly number: string };

export type HandlingEvent =
  /** Somebody changes by a page or program what is to happen with the calls of an extension. */
  | {
      readonly type: 'handlingSet';
      readonly extension: ExtensionNumber;
      readonly handling: CallHandling;
      /** Who, for the log. */
      readonly by: string;
    }
  /** Changes of call handling are kept beyond a restart, up to the one with this serial. */
  | { readonly type: 'handlingsKept'; readonly serial: number };

/** Time has passed, and deadlines with it perhaps. */
export interface TickEvent {
  readonly type: 'tick';
}

/** Somebody ends a call from outside it. */
export interface HangUpEvent {
  readonly type: 'hangUp';
  readonly call: CallId;
  /** Who, for the log. */
  readonly by: string;
}

/** Whoever speaks from this extension wants nobody to listen to the present calls. */
export interface MemberStopsEvent {
  readonly type: 'memberStops';
  readonly extension: ExtensionNumber;
}
