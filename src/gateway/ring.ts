import type { RingCadence } from '../switchboard/network-tones.js';
import type { CallerId } from '../switchboard/wishes.js';

/** How an analog telephone rings. */
export interface Ring {
  readonly cadence: RingCadence;
  readonly caller: CallerId;
}
