import type { ContactId, ExtensionNumber, LegId, PlaybackId, TrunkId } from '../primitives/ids.js';
import type { Country } from './directory.js';
import type { NetworkTone } from './network-tones.js';
import type { ReleaseCause } from './release-cause.js';

/** Whom an outgoing leg calls: one registered phone, or a number behind a trunk. */
export type Destination =
  | { readonly kind: 'contact'; readonly extension: ExtensionNumber; readonly contact: ContactId }
  | { readonly kind: 'trunk'; readonly trunk: TrunkId; readonly number: string };

export interface CallerId {
  /** Digits, or empty when withheld. */
  readonly number: string;
  readonly name: string;
  /** The number of who withholds theirs, for a network that is trusted with it (RFC 3325). */
  readonly asserted?: string;
}

/** Who calls from outside, as far as the network says. */
export interface Caller extends CallerId {
  /** Every number that stands for the caller, also one that may not be shown; empty where none could be read. */
  readonly known: readonly string[];
  /** An extension whose phone asks that it is not shown outside (RFC 3323). */
  readonly isPrivate?: boolean;
}

/** A caller of whom no more is known than is shown. */
export const shownCaller = ({ number, name }: CallerId): Caller => ({
  number,
  name,
  known: number === '' ? [] : [number],
});

/** What the rules want the signalling of one leg to be. */
export type LegWish =
  | { readonly kind: 'dial'; readonly to: Destination; readonly callerId: CallerId; readonly caller: LegId }
  /** Leave the leg as it is. */
  | { readonly kind: 'stay' }
  | { readonly kind: 'ring' }
  | { readonly kind: 'earlyMedia' }
  | { readonly kind: 'answer' }
  | { readonly kind: 'release'; readonly cause: ReleaseCause };

/** Audio that flows from one leg to another. */
export interface Edge {
  readonly from: LegId;
  readonly to: LegId;
  /** Decibel, -20 to +12. */
  readonly gain: number;
  /** Whether the gain is on top of a nominal level, to which whoever speaks is brought, instead of that of the source. */
  readonly levelled: boolean;
  /** On which ear it is heard, where the phone can do two (Opus that asks for them); others hear every side in one. */
  readonly side: Side;
}

export type Side = 'both' | 'left' | 'right';

/**
 * Where the audio of an analog line is to be had: 8 kHz, 16 bit signed linear, one channel, frames of 20 ms (320 bytes), both ways.
 * Tones that the line's telephone hears are audio of the engine; the line itself makes none.
 */
export type SoundChannel =
  /** Names of ALSA devices. */
  | { readonly kind: 'alsa'; readonly capture: string; readonly playback: string }
  /** A unix stream socket on which the line listens; frames of 320 bytes, little endian. */
  | { readonly kind: 'socket'; readonly path: string };

/** How the keys of a telephone are learnt: its hardware reports them, or they have to be found in its audio. */
export type KeyDetection = 'reported' | 'inBand';

/** Speech or signal that the box plays to one leg; mixed with whatever else the leg hears. */
export interface Playback {
  readonly id: PlaybackId;
  readonly leg: LegId;
  readonly language: Language;
  readonly items: readonly Utterance[];
  /** Repeats until it is no longer wanted. */
  readonly loop: boolean;
}

export type Language = 'de' | 'en';

export type Utterance =
  | { readonly kind: 'prompt'; readonly name: PromptName }
  /** Spoken digit by digit; characters that are no digits are left out. */
  | { readonly kind: 'digits'; readonly digits: string }
  /** Spoken letter by letter, with digits and the signs of addresses (. : -); other characters are left out. */
  | { readonly kind: 'spelling'; readonly text: string }
  | { readonly kind: 'tone'; readonly name: ToneName }
  | { readonly kind: 'networkTone'; readonly name: NetworkTone; readonly country: Country }
  | { readonly kind: 'pause'; readonly ms: number };

/** Short signals of the box itself. */
export type ToneName = 'notice' | 'confirm' | 'refuse';

/** Spoken texts; each exists in every language (see `scripts/prompts`). */
export const promptNames = [
  'enter-pin',
  'wrong-pin',
  'locked-out',
  'enter-member',
  'no-such-member',
  'not-permitted',
  'excluded',
  'no-live-call',
  'member-has-no-call',
  'no-other-call',
  'limit-reached',
  'quota-used-up',
  'outside-hours',
  'profile-off',
  'listening-to',
  'talking-to',
  'extension',
  'outside-caller',
  'mode-listen',
  'mode-whisper',
  'mode-barge',
  'mode-take-over',
  'mode-not-allowed',
  'follow-on',
  'follow-off',
  'waiting-for-call',
  'call-ended',
  'not-available',
  'ended-by-button',
  'licence-missing',
  'licence-invalid',
  'licence-expired',
  'licence-tier',
  'licence-clock',
  'goodbye',
  'notice',
  'hold',
  'box-hardware-id',
  'box-address',
  'box-phones',
  'box-calls',
  'box-moderators',
  'box-licensed',
  'box-not-licensed',
  'box-private',
] as const;

export type PromptName = (typeof promptNames)[number];

/** A one-off instruction that has no lasting state. */
export type Signal =
  /** A digit passed on to the other party. */
  | { readonly type: 'digit'; readonly leg: LegId; readonly digit: Digit }
  /** Who asked for a transfer on this leg is told how it goes. */
  | { readonly type: 'transfer'; readonly leg: LegId; readonly progress: TransferProgress };

/** How a transfer goes for who asked for it; `done` and a cause are its end. */
export type TransferProgress = 'ringing' | 'done' | ReleaseCause;

/** The keys of a telephone (ITU-T Q.23). */
const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'] as const;
export type Digit = (typeof digits)[number];

/** Whether the text is one key of a telephone. */
export function isDigit(text: string): text is Digit {
  return digits.some((digit) => digit === text);
}
