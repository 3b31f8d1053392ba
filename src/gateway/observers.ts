import type { Lamps } from '../indication/lamps.js';
import type { LineEvent } from '../switchboard/events.js';
import type { CallNote } from '../switchboard/state.js';

/** Those who see what happens, and have no say in it. */
export interface Observers {
  /** How calls go. */
  call(note: CallNote): void;
  /** Which phones are registered, and which trunks are up. */
  line(event: LineEvent): void;
  /** What the lamps show from now on. */
  lamps(lamps: Lamps): void;
}

const lineEvents: ReadonlySet<string> = new Set<LineEvent['type']>([
  'contactBound',
  'contactUnbound',
  'contactUnresponsive',
  'contactResponsive',
  'trunkUp',
  'trunkDown',
]);

export const isLineEvent = (event: { readonly type: string }): event is LineEvent => lineEvents.has(event.type);
