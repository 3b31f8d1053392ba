import type { Country } from '../primitives/country.js';

/** How numbers are dialled in a country. */
export interface NumberingPlan {
  readonly countryCode: string;
  readonly internationalPrefix: string;
  /** Goes before the area code; empty where there is none. */
  readonly nationalPrefix: string;
  /** Digits of the shortest number that is dialled without its area code. */
  readonly shortestLocal: number;
  /** What chooses a carrier for one call, or says whether the own number is shown, before the number itself. */
  readonly callPrefixes: readonly RegExp[];
  /** Those of them that say whether the own number is shown, as they are dialled. */
  readonly identityCodes: readonly string[];
  /** Always go out, whatever else is configured. */
  readonly emergency: readonly string[];
}

/** Of GSM and of ISDN (ETSI EN 300 738: CLIR), understood in every network. */
const commonIdentityCodes = ['*31#', '#31#', '*31*', '#31*'];

/** ITU-T E.164 and the national plans: Bundesnetzagentur, Ofcom, NANPA. */
export const numberingPlans: Readonly<Record<Country, NumberingPlan>> = {
  de: {
    countryCode: '49',
    internationalPrefix: '00',
    nationalPrefix: '0',
    shortestLocal: 3,
    callPrefixes: [/^[*#]31[*#]/, /^010(?:0\d{2}|[1-9]\d)/],
    identityCodes: commonIdentityCodes,
    emergency: ['110', '112'],
  },
  gb: {
    countryCode: '44',
    internationalPrefix: '00',
    nationalPrefix: '0',
    shortestLocal: 4,
    callPrefixes: [/^[*#]31[*#]/, /^1470/, /^141/, /^1[2-9]\d{2}/, /^1[2-9]\d{3}/],
    identityCodes: [...commonIdentityCodes, '141', '1470'],
    emergency: ['999', '112'],
  },
  us: {
    countryCode: '1',
    internationalPrefix: '011',
    nationalPrefix: '1',
    shortestLocal: 7,
    callPrefixes: [/^[*#]31[*#]/, /^\*(?:67|82)/, /^101\d{4}/],
    identityCodes: [...commonIdentityCodes, '*67', '*82'],
    emergency: ['911'],
  },
  // Until somebody chooses, what is an emergency number anywhere is one: 112 works in all networks, and a wrong guess costs a life.
  unknown: {
    countryCode: '',
    internationalPrefix: '00',
    nationalPrefix: '0',
    shortestLocal: 3,
    callPrefixes: [/^[*#]31[*#]/],
    identityCodes: [...commonIdentityCodes, '141', '1470', '*67', '*82'],
    emergency: ['112', '110', '911', '999'],
  },
};
