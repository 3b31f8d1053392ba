import type { CallerId } from '../switchboard/leg-commands.js';
import type { RingCadence } from '../switchboard/network-tones.js';

/** How an analog telephone rings. */
export interface Ring {
  readonly cadence: RingCadence;
  readonly caller: CallerId;
}
