import { letInCode } from '../primitives/busy-lamp.js';
import type { ExtensionNumber } from '../primitives/ids.js';
import { extensionNumber } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import type { CallHandling, Forwarding } from './handling/call-handling.js';
import { privateCode } from './private-code.js';

/** Many telephones put the code for picking up before the number of a key whose lamp blinks. */
const pickedUpLetIn = `**${letInCode}`;

/** Calls a moderator into one's own call. No public network has it. */
export const helpCode = '*9';

/** Tells whoever dials it how often their own calls were listened to. No public network has it. */
export const ownRecordCode = '*4';

/** Where calls can be parked, each dialled as `*0` and its digit. */
export type ParkingPlace = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export const parkingPlaces: readonly ParkingPlace[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What the exchange itself does for whoever dials a code. */
export type Feature =
  /** Answers a call that rings at another telephone of a group: that of one extension, or the one that has rung longest. */
  | { readonly kind: 'pickUp'; readonly extension: ExtensionNumber | null }
  /** Takes the call that waits there; whoever is transferred to it waits there. */
  | { readonly kind: 'parking'; readonly place: ParkingPlace }
  /** Ends all listening to the calls of whoever dials it. */
  | { readonly kind: 'stop' }
  /** Lets a moderator in who asks for that. `isAsked`: there is one, as monitoring alone can tell. */
  | { readonly kind: 'letIn'; readonly isAsked: boolean }
  /** Calls a moderator into the present call. `refusal`: why nobody is called, as monitoring alone can tell; null where somebody is. */
  | { readonly kind: 'help'; readonly refusal: PromptName | null }
  /** Tells of the listening to the caller's own calls. */
  | { readonly kind: 'ownRecord' }
  /** Changes, or asks, what the caller wants to happen with their own calls. */
  | { readonly kind: 'handling'; readonly order: HandlingOrder };

/** What somebody orders for their own calls; `to` is null where they are not to be forwarded any more. */
export type HandlingOrder =
  | { readonly kind: 'forward'; readonly when: Forwarding; readonly to: string | null }
  | { readonly kind: 'doNotDisturb'; readonly isOn: boolean }
  | { readonly kind: 'ask'; readonly what: keyof CallHandling };

/** As people know them from the public network (ETSI EN 300 738, GSM 02.30). */
const handlingCodes: Readonly<Record<string, keyof CallHandling>> = {
  21: 'always',
  67: 'busy',
  61: 'noAnswer',
  26: 'doNotDisturb',
};

/**
 * The feature that is dialled like this; undefined where it is no code. Those of call handling have the form that the public network gives
 * them, and are the box's own unless the prefix of a trunk goes before them; the others are none of its codes (NANP vertical service codes
 * neither), so those still reach the provider.
 */
export function featureDialled(dialled: string): Feature | undefined {
  const order = handlingOrder(dialled);
  if (order) return { kind: 'handling', order };
  if (dialled === privateCode) return { kind: 'stop' };
  if (dialled === letInCode || dialled === pickedUpLetIn) return { kind: 'letIn', isAsked: false };
  if (dialled === helpCode) return { kind: 'help', refusal: 'nobody-can-help' };
  if (dialled === ownRecordCode) return { kind: 'ownRecord' };
  if (dialled === '*8') return { kind: 'pickUp', extension: null };
  const extension = /^\*\*(\d{2,8})$/.exec(dialled)?.[1];
  if (extension !== undefined) return { kind: 'pickUp', extension: extensionNumber(extension) };
  const place = /^\*0([1-9])$/.exec(dialled)?.[1];
  return place === undefined ? undefined : { kind: 'parking', place: Number(place) as ParkingPlace };
}

/** Whether a number of the house goes before the code: it may be older than this one. */
export const givesWay = ({ kind }: Feature): boolean => kind === 'help' || kind === 'ownRecord';

/** Many telephones take the last `#` for the end of the number, and leave it out. */
function handlingOrder(dialled: string): HandlingOrder | undefined {
  const [, start, code = '', to] = /^(\*#|\*|#)(\d\d)(?:\*([\d*#+]+?))?#?$/.exec(dialled) ?? [];
  const what = handlingCodes[code];
  if (what === undefined) return undefined;
  if (start === '*#') return to === undefined ? { kind: 'ask', what } : undefined;
  if (what === 'doNotDisturb') return to === undefined ? { kind: 'doNotDisturb', isOn: start === '*' } : undefined;
  if (start === '#') return to === undefined ? { kind: 'forward', when: what, to: null } : undefined;
  return to === undefined ? undefined : { kind: 'forward', when: what, to };
}

/** What codes begin with that only `#` or time ends. */
export const openCodes: readonly string[] = Object.keys(handlingCodes).flatMap((code) => [
  `*${code}*`,
  `*#${code}`,
  `#${code}`,
]);

/** Every code that is complete as it is where there are these extensions. */
export const featureCodes = (extensions: readonly ExtensionNumber[]): readonly string[] => [
  privateCode,
  letInCode,
  pickedUpLetIn,
  helpCode,
  ownRecordCode,
  '*8',
  ...extensions.map((extension) => `**${extension}`),
  ...parkingPlaces.map((place) => `*0${place}`),
];
