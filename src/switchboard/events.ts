import type { CallId, ContactId, ExtensionNumber, LegId, PlaybackId, TrunkId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Origin } from './dial-plan.js';
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
    }
  /** The other side has got the call; what it does with it is not known yet. */
  | { readonly type: 'proceeding'; readonly leg: LegId }
  /** More has become known of who is at the outside end of the leg: who calls, or was reached instead of who was called. */
  | { readonly type: 'identified'; readonly leg: LegId; readonly caller: Caller }
  | { readonly type: 'ringing'; readonly leg: LegId }
  | { readonly type: 'earlyMedia'; readonly leg: LegId }
  /** The first sound of early media has come. */
  | { readonly type: 'earlyMediaHeard'; readonly leg: LegId }
  /** Who was called has answered; who calls has got our answer. */
  | { readonly type: 'answered'; readonly leg: LegId }
  /** The phone called sends its caller on, to this number of ours; null when to somewhere else. `released` follows. */
  | { readonly type: 'redirected'; readonly leg: LegId; readonly number: string | null }
  /** The far side takes no sound from us any more, since it holds the call or has agreed on none; or takes it again. */
  | { readonly type: 'held'; readonly leg: LegId; readonly held: boolean }
  | MediaEvent
  | { readonly type: 'digit'; readonly leg: LegId; readonly digit: Digit }
  | { readonly type: 'playbackEnded'; readonly leg: LegId; readonly playback: PlaybackId }
  | { readonly type: 'released'; readonly leg: LegId; readonly cause: ReleaseCause };

/** Whether anything is heard of the far end of a leg, from its early media on. An analog line has its own ways to tell. */
export type MediaEvent =
  /** No audio has come for a while, and again when `reports` or `excuse` are others. Who holds the call and reports is not silent. */
  | {
      readonly type: 'mediaSilent';
      readonly leg: LegId;
      /** For so long; counted anew from the beginning of a hold and from its end. */
      readonly silentMs: number;
      /** Whether the far end still says by RTCP that it is there. Not all phones ever do. */
      readonly reports: 'heard' | 'silent' | 'never';
      /**
       * Why it may be silent though it is there. hold: one side holds the call, or it only listens; pauses: it has announced comfort
       * noise, or leaves pauses out (DTX).
       */
      readonly excuse: 'none' | 'hold' | 'pauses';
    }
  /** After mediaSilent: audio comes again, or need not for a while yet since the call was held or resumed. */
  | { readonly type: 'mediaHeard'; readonly leg: LegId; readonly silentMs: number };

/** What happens to lines while no leg is concerned. */
export type LineEvent =
  | { readonly type: 'contactBound'; readonly extension: ExtensionNumber; readonly contact: ContactId }
  | { readonly type: 'contactUnbound'; readonly extension: ExtensionNumber; readonly contact: ContactId }
  /** A phone is registered, and did not answer a call of ours in any way; and it answers again. */
  | { readonly type: 'contactUnresponsive' | 'contactResponsive'; readonly contact: ContactId }
  | { readonly type: 'trunkUp'; readonly trunk: TrunkId }
  | { readonly type: 'trunkDown'; readonly trunk: TrunkId; readonly reason: string };

/** What came of asking whether anybody is at the far end of a leg. */
export interface PresenceEvent {
  readonly type: 'probed';
  readonly leg: LegId;
  readonly probe: number;
  readonly isThere: boolean;
}

/** What monitoring asks of the switchboard. */
export type MonitoringRequest = {
  readonly type: 'takeOver';
  readonly call: CallId;
  /** The member's leg, which leaves the call. */
  readonly leaving: LegId;
  /** The moderator, who stays in it. */
  readonly arriving: {
    readonly leg: LegId;
    readonly line: Origin;
    readonly number: string;
    readonly known: readonly string[];
  };
};

/**
 * What an extension does with the other end of its call. Its own legs leave the calls once it is done, and stay if it cannot be: while
 * somebody has yet to answer, the leg that the other end was on waits for what comes of it. On that leg it is told, too.
 */
export type TransferEvent =
  /**
   * Joins the other end of one call of the phone with the one that its second call has reached, or is still ringing.
   * `held` and `to` are the phone's own legs in the two calls.
   */
  | { readonly type: 'transfer'; readonly held: LegId; readonly to: LegId }
  /** Sends the other end of the call on to a number, as if the phone on `leg` had dialled it. */
  | { readonly type: 'transferTo'; readonly leg: LegId; readonly number: string };

/** Time went on: deadlines may have passed. */
export interface TickEvent {
  readonly type: 'tick';
}
