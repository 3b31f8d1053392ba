import type { ExtensionNumber } from '../primitives/ids.js';
import { extensionNumber } from '../primitives/ids.js';

/** Where calls can be parked, each dialled as `*0` and its digit. */
export type ParkingPlace = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

const places: readonly ParkingPlace[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What the exchange itself does for whoever dials a code. */
export type Feature =
  /** Answers a call that rings at another telephone of a group: that of one extension, or the one that has rung longest. */
  | { readonly kind: 'pickUp'; readonly extension: ExtensionNumber | null }
  /** Takes the call that waits there; whoever is transferred to it waits there. */
  | { readonly kind: 'parking'; readonly place: ParkingPlace };

/**
 * The feature that is dialled like this; undefined where it is no code. They are the exchange's own: none of them is a code of the public
 * network (ETSI EN 300 738, NANP vertical service codes), so those still reach the provider.
 */
export function featureDialled(dialled: string): Feature | undefined {
  if (dialled === '*8') return { kind: 'pickUp', extension: null };
  const extension = /^\*\*(\d{2,8})$/.exec(dialled)?.[1];
  if (extension !== undefined) return { kind: 'pickUp', extension: extensionNumber(extension) };
  const place = /^\*0([1-9])$/.exec(dialled)?.[1];
  return place === undefined ? undefined : { kind: 'parking', place: Number(place) as ParkingPlace };
}

/** Every code that can be dialled where there are these extensions. */
export const featureCodes = (extensions: readonly ExtensionNumber[]): readonly string[] => [
  '*8',
  ...extensions.map((extension) => `**${extension}`),
  ...places.map((place) => `*0${place}`),
];
