import type { Country } from '../primitives/country.js';

/** One piece of a signal: a mix of frequencies in Hz (none is silence), for so many milliseconds. */
export interface ToneSegment {
  readonly frequencies: readonly number[];
  readonly ms: number;
}

/** The tones that an exchange plays to its telephones. */
export type NetworkTone =
  | 'dial'
  /** Dial tone while somebody is on hold. */
  | 'recallDial'
  | 'ringback'
  | 'busy'
  /** No way through: called reorder in America. */
  | 'congestion'
  | 'callWaiting'
  /** The handset was left off the hook. */
  | 'howler';

/** Segments that repeat as long as the tone lasts. */
export type TonePattern = readonly ToneSegment[];

/** Ringing and silence in turn, in milliseconds. */
export type RingCadence = readonly number[];

/** Level of a tone relative to full scale: about -13 dBm0, within the -10 ± 5 dBm0 of ITU-T E.180, 2. */
export const toneDbfs = -16;
/** Loud enough to be heard across a room. */
export const howlerDbfs = -3;

const steady = (...frequencies: readonly number[]): TonePattern => [{ frequencies, ms: 1000 }];

type KnownCountry = Exclude<Country, 'unknown'>;

/** On and off in turn, in milliseconds. */
function cadenced(frequencies: readonly number[], ...durations: readonly number[]): TonePattern {
  return durations.map((ms, index) => ({ frequencies: index % 2 === 0 ? frequencies : [], ms }));
}

/** The American receiver-off-hook tone, used everywhere: E.180 names none for Germany, and Britain's rising one is not worth copying. */
const howler = cadenced([1400, 2060, 2450, 2600], 100, 100);

/** Tones of the national networks, from ITU-T E.180 Supplement 2. */
const national: Record<KnownCountry, Record<NetworkTone, TonePattern>> = {
  de: {
    dial: steady(425),
    recallDial: steady(425, 400),
    ringback: cadenced([425], 1000, 4000),
    busy: cadenced([425], 480, 480),
    congestion: cadenced([425], 240, 240),
    callWaiting: cadenced([425], 200, 200, 200, 5000),
    howler,
  },
  gb: {
    dial: steady(350, 440),
    recallDial: [
      { frequencies: [350, 440], ms: 750 },
      { frequencies: [440], ms: 750 },
    ],
    ringback: cadenced([400, 450], 400, 200, 400, 2000),
    busy: cadenced([400], 375, 375),
    congestion: cadenced([400], 400, 350, 225, 525),
    callWaiting: cadenced([400], 100, 4000),
    howler,
  },
  us: {
    dial: steady(350, 440),
    recallDial: cadenced([350, 440], 100, 100),
    ringback: cadenced([440, 480], 2000, 4000),
    busy: cadenced([480, 620], 500, 500),
    congestion: cadenced([480, 620], 250, 250),
    callWaiting: cadenced([440], 300, 9700),
    howler,
  },
};

/** Where nobody has said which country it is, those of 425 Hz, which E.180 recommends. */
export const networkTones: Record<Country, Record<NetworkTone, TonePattern>> = { ...national, unknown: national.de };

/** How a telephone rings: in the rhythm of the ringback tone that the caller hears. */
export const ringCadences: Record<Country, RingCadence> = {
  de: [1000, 4000],
  gb: [400, 200, 400, 2000],
  us: [2000, 4000],
  unknown: [1000, 4000],
};
