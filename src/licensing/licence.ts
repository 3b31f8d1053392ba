import type { UnixTime } from '../primitives/time.js';
import type { HardwareId } from './hardware-id.js';

/** How many extensions may be set up. */
export type MemberLimit = number | 'unlimited';

/** The tiers that are sold, by their highest number of extensions. */
export const tiers: readonly MemberLimit[] = [20, 40, 80, 150, 250, 'unlimited'];

/** This appliance, as licence keys name it. */
export const modcallProduct = 'modcall';
/** A server licence key stands for an installation: other keys can be bound to it instead of to hardware IDs. */
export const serverProduct = 'modcall-server';

export type LicenceKind = 'bought' | 'rented' | 'demo' | 'nfr';

/** How long a licence lasts. It ends at the very moment given; a rented one remains valid for the grace days after it. */
export type Term =
  | { readonly kind: 'bought' }
  | { readonly kind: 'rented'; readonly expires: UnixTime; readonly graceDays: number }
  | { readonly kind: 'demo'; readonly expires: UnixTime }
  | { readonly kind: 'nfr'; readonly expires?: UnixTime };

/** What a licence is bound to: a box, or the installation that holds the server licence key of that number. */
export type Binding =
  | { readonly to: 'hardware'; readonly id: HardwareId }
  | { readonly to: 'server'; readonly keyNumber: number };

/** What the vendor signs. */
export interface Licence {
  readonly product: string;
  /** 1 to 4294967295; never given twice. */
  readonly keyNumber: number;
  /** Whole seconds, like every moment in a licence. */
  readonly issued: UnixTime;
  readonly term: Term;
  /** At least one; several when a standby unit shares the key. */
  readonly bindings: readonly Binding[];
  readonly members: MemberLimit;
  /** The licence is valid for this major version of the product and for older ones; 0 to 255. */
  readonly highestMajor: number;
  /** Whom it was issued for; at most 255 bytes. */
  readonly holder?: string;
  /** Number of the key that this one replaces, after an upgrade. */
  readonly replaces?: number;
}

export const dayMs = 24 * 3_600_000;

/** When the licence no longer allows anything, the grace time included; undefined when it never ends. */
export function endOf(term: Term): UnixTime | undefined {
  switch (term.kind) {
    case 'bought':
      return undefined;
    case 'rented':
      return term.expires + term.graceDays * dayMs;
    case 'demo':
    case 'nfr':
      return term.expires;
  }
}

/** When the licence expires, before any grace time; undefined when it never does. */
export function expiryOf(term: Term): UnixTime | undefined {
  return term.kind === 'bought' ? undefined : term.expires;
}

export function boundHardware(licence: Licence): HardwareId[] {
  return licence.bindings.flatMap((binding) => (binding.to === 'hardware' ? [binding.id] : []));
}

export function boundServerKeys(licence: Licence): number[] {
  return licence.bindings.flatMap((binding) => (binding.to === 'server' ? [binding.keyNumber] : []));
}
