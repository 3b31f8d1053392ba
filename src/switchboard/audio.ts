import type { Country } from '../primitives/country.js';
import type { LegId, PlaybackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import type { PromptName } from '../primitives/prompts.js';
import type { NetworkTone } from './network-tones.js';

/** Audio that flows from one leg to another. */
export interface Edge {
  readonly from: LegId;
  readonly to: LegId;
  /** Decibel, -20 to +12. */
  readonly gain: number;
  /** Whether the speaker is first brought to a nominal level, to which the gain is then added. */
  readonly levelled: boolean;
  /** The ear that hears it, on phones that offer two (Opus in stereo); others mix both sides. */
  readonly side: Side;
}

export type Side = 'both' | 'left' | 'right';

/** There is at most one edge from one leg to another. */
export const edgeKey = ({ from, to }: Pick<Edge, 'from' | 'to'>): string => `${from}>${to}`;

export const soundsAlike = (one: Edge, other: Edge): boolean =>
  one.gain === other.gain && one.levelled === other.levelled && one.side === other.side;

/** Speech or a signal that the box plays to one leg, mixed with whatever else that leg hears. */
export interface Playback {
  readonly id: PlaybackId;
  readonly leg: LegId;
  readonly language: Language;
  readonly items: readonly Utterance[];
  /** Repeats until it is no longer wanted. */
  readonly loop: boolean;
}

export type Utterance =
  | { readonly kind: 'prompt'; readonly name: PromptName }
  /** Spoken digit by digit; other characters are left out. */
  | { readonly kind: 'digits'; readonly digits: string }
  /** Spoken letter by letter, with digits and the signs of addresses (. : -); other characters are left out. */
  | { readonly kind: 'spelling'; readonly text: string }
  | { readonly kind: 'tone'; readonly name: ToneName }
  | { readonly kind: 'networkTone'; readonly name: NetworkTone; readonly country: Country }
  | { readonly kind: 'pause'; readonly ms: number };

/** Short signals of the box itself. */
export type ToneName = 'notice' | 'confirm' | 'refuse';
