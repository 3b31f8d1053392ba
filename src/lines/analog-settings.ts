import type { Country } from '../primitives/country.js';
import type { ExtensionNumber, PortId, TrunkId } from '../primitives/ids.js';

/** What is connected to the box's analog ports. */
export interface AnalogSettings {
  readonly phones: readonly PhoneSettings[];
  readonly trunks: readonly TrunkSettings[];
}

/** An analog telephone of an extension. */
export interface PhoneSettings {
  /** Begins the names of its legs. */
  readonly port: PortId;
  readonly extension: ExtensionNumber;
  readonly country: Country;
  /** What lifting the handset does: an ordinary telephone gets a dial tone, a moderator's calls the service number at once. */
  readonly onLift: { readonly kind: 'dialTone' } | { readonly kind: 'call'; readonly number: string };
  /** Whether the number is complete, so that the call starts without waiting for another digit. */
  readonly isComplete: (number: string) => boolean;
}

/** An exchange's line that serves as a trunk. */
export interface TrunkSettings {
  /** Begins the names of its legs. */
  readonly port: PortId;
  readonly trunk: TrunkId;
  /** Of the exchange. */
  readonly country: Country;
}

/** What the settings connect to a port. */
export type PortUse =
  | { readonly kind: 'fxs'; readonly settings: PhoneSettings }
  | { readonly kind: 'fxo'; readonly settings: TrunkSettings };
