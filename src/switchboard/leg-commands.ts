import type { ContactId, ExtensionNumber, LegId, TrunkId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { ReleaseCause } from './release-cause.js';

/** Where an outgoing leg leads: to one registered phone, or to a number behind a trunk. */
export type Destination =
  | { readonly kind: 'contact'; readonly extension: ExtensionNumber; readonly contact: ContactId }
  | {
      readonly kind: 'trunk';
      readonly trunk: TrunkId;
      readonly number: string;
      /** Whether a line that rings is freed for it: picked up and put down. */
      readonly frees?: true;
    };

export interface CallerId {
  /** Digits, or empty when withheld. */
  readonly number: string;
  readonly name: string;
  /** A withheld number, for a network that is trusted with it (RFC 3325). */
  readonly asserted?: string;
  /** The number shown outside of who has forwarded the call; absent where nobody has. */
  readonly divertedBy?: string;
}

/** The outside party of a leg, as far as the network tells. */
export interface Caller extends CallerId {
  /** Every number of the caller, even one that may not be shown; empty where none could be read. */
  readonly known: readonly string[];
  /** Whether somebody is there who cannot be read, and may be anybody; undefined where nothing was said about who is there. */
  readonly isUnread?: boolean | undefined;
  /** Whether the network told more than is ever looked at: whatever it tells later, an excluded number may have been among it. */
  readonly isUnreadable?: boolean;
  /** Whether the phone asks for its number to be withheld outside (RFC 3323). */
  readonly isPrivate?: boolean;
}

/** A caller about whom nothing but the shown number and name is known. */
export const shownCaller = ({ number, name }: CallerId): Caller => ({
  number,
  name,
  known: number === '' ? [] : [number],
});

/** What a driver is to do with one of its legs. */
export type LegCommand =
  | {
      readonly kind: 'dial';
      readonly leg: LegId;
      readonly to: Destination;
      readonly callerId: CallerId;
      /** The leg of the party that the call is made for. */
      readonly caller: LegId;
    }
  /** Tells the caller that the called party rings. */
  | { readonly kind: 'ring'; readonly leg: LegId }
  | { readonly kind: 'openEarlyMedia'; readonly leg: LegId }
  | { readonly kind: 'answer'; readonly leg: LegId }
  | { readonly kind: 'release'; readonly leg: LegId; readonly cause: ReleaseCause };

type WithoutLeg<Command> = Command extends unknown ? Omit<Command, 'leg'> : never;

/** The state that the rules want for a leg: the one that this command leads to, or the present one. */
export type DesiredLeg = WithoutLeg<LegCommand> | { readonly kind: 'stay' };

/** An instruction that leaves no lasting state behind. */
export type Signal =
  /** Passes a digit on to the other party. */
  | { readonly kind: 'sendDigit'; readonly leg: LegId; readonly digit: Digit }
  /** Reports to the transferor on this leg how the transfer goes. */
  | { readonly kind: 'reportTransfer'; readonly leg: LegId; readonly progress: TransferProgress }
  /** Reads what the record has of the extension, for whoever has asked on this leg. */
  | { readonly kind: 'readOwnRecord'; readonly leg: LegId; readonly extension: ExtensionNumber };

/** How a transfer goes, as the transferor learns it; `done` and a cause are final. */
export type TransferProgress = 'ringing' | 'done' | ReleaseCause;
