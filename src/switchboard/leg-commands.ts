import type { ContactId, ExtensionNumber, LegId, TrunkId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
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

/** Who is at the outside end of a leg, as far as the network says. */
export interface Caller extends CallerId {
  /** Every number that stands for the caller, also one that may not be shown; empty where none could be read. */
  readonly known: readonly string[];
  /** Whether more is told of them than could be read: then they may be anybody. */
  readonly isUnread?: boolean;
  /** An extension whose phone asks that it is not shown outside (RFC 3323). */
  readonly isPrivate?: boolean;
}

/** A caller of whom no more is known than is shown. */
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

/** What the rules want of a leg: to be as this command leaves it, or to stay as it is. */
export type DesiredLeg = WithoutLeg<LegCommand> | { readonly kind: 'stay' };

/** A one-off instruction that has no lasting state. */
export type Signal =
  /** A digit passed on to the other party. */
  | { readonly kind: 'sendDigit'; readonly leg: LegId; readonly digit: Digit }
  /** Who asked for a transfer on this leg is told how it goes. */
  | { readonly kind: 'reportTransfer'; readonly leg: LegId; readonly progress: TransferProgress };

/** How a transfer goes for who asked for it; `done` and a cause are its end. */
export type TransferProgress = 'ringing' | 'done' | ReleaseCause;
