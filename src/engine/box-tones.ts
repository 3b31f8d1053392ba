import type { ToneName } from '../switchboard/audio.js';

/** One piece of a signal: a mix of frequencies in Hz, or silence. */
export interface ToneSegment {
  readonly frequencies: readonly number[];
  readonly ms: number;
  /** Level of the whole mix relative to full scale. */
  readonly levelDbfs: number;
}

/** The notice is the 1400 Hz tone by which telephone networks warn that a call is being recorded. */
export const boxTones: Record<ToneName, readonly ToneSegment[]> = {
  notice: [{ frequencies: [1400], ms: 400, levelDbfs: -20 }],
  confirm: [{ frequencies: [800], ms: 80, levelDbfs: -22 }],
  refuse: [
    { frequencies: [400], ms: 120, levelDbfs: -20 },
    { frequencies: [], ms: 60, levelDbfs: -20 },
    { frequencies: [400], ms: 120, levelDbfs: -20 },
  ],
};
