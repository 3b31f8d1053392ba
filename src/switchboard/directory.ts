import type { Country } from '../primitives/country.js';
import type { ExtensionNumber, GroupId, ProfileId, TrunkId } from '../primitives/ids.js';

export interface Extension {
  readonly number: ExtensionNumber;
  /** Shown as the caller's name on other phones. */
  readonly name: string;
  /** Shown to those it calls outside, instead of the number of the trunk. */
  readonly callerId?: string;
}

export interface Group {
  readonly id: GroupId;
  readonly name: string;
  /** Number that rings the members; null where the group cannot be called. */
  readonly number: string | null;
  readonly members: readonly ExtensionNumber[];
  readonly strategy: RingStrategy;
  /** How long each member rings where they do so one after the other, in milliseconds. */
  readonly memberMs: number;
  /** Where a call goes on to that nobody has answered after so long, or for which nobody is there; null where it ends. */
  readonly overflow: { readonly to: string; readonly afterMs: number } | null;
}

/** Which members of a group ring: all at once, or one after the other: as they stand there, or whoever has talked least recently first. */
export const ringStrategies = ['all', 'inTurn', 'longestIdle'] as const;
export type RingStrategy = (typeof ringStrategies)[number];

export type InboundTarget =
  | { readonly kind: 'extension'; readonly number: ExtensionNumber }
  | { readonly kind: 'group'; readonly group: GroupId };

export interface Trunk {
  readonly id: TrunkId;
  readonly name: string;
  /** Digits that select this trunk; they are not sent. Trunks of the same prefix are tried in their order. */
  readonly prefix: string;
  /** Number shown to the called party where the calling extension has none of its own; null shows its number. */
  readonly callerId: string | null;
  /** Whether its network learns even a withheld number, to know it but not to show it. */
  readonly isTrusted: boolean;
  /** Whether it is an exchange's line, which carries one call and cannot be called out over while it rings. */
  readonly isLine?: boolean;
  /** What rings when a call comes in for a number of its own that has nothing else to ring. */
  readonly inbound: InboundTarget;
  /** Numbers of its own at which something else rings. */
  readonly numbers: readonly InboundNumber[];
}

export interface InboundNumber {
  readonly number: string;
  readonly to: InboundTarget;
}

/** A number that reaches the moderator's dialogue of a profile. */
export interface ServiceNumber {
  readonly number: string;
  readonly profile: ProfileId;
  /** Where it can be dialled from: by extensions, or by callers of one trunk. */
  readonly from: { readonly kind: 'extensions' } | { readonly kind: 'trunk'; readonly trunk: TrunkId };
}

/** Everything that can be dialled. */
export interface Directory {
  readonly country: Country;
  readonly extensions: ReadonlyMap<ExtensionNumber, Extension>;
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly trunks: readonly Trunk[];
  readonly services: readonly ServiceNumber[];
  /** How long a called party rings before the caller hears that nobody answers, in seconds. */
  readonly ringSeconds: number;
  /** Whether members may make calls that nobody can listen to. */
  readonly privateCalls?: boolean;
}
