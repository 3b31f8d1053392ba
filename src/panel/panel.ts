import type { Lamps } from '../indication/lamps.js';

export type PanelEvent =
  /** The contact of the button has closed or opened; it may bounce. */
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** A part is missing or has failed; the rest of the panel works on. `reason` says what to do. */
  | { readonly type: 'fault'; readonly part: 'monitorLamp' | 'statusLamp' | 'button'; readonly reason: string }
  /** A part that was missing or had failed works. */
  | { readonly type: 'recovered'; readonly part: 'monitorLamp' | 'statusLamp' | 'button' };

/** The lamps and the button of the box. */
export interface Panel {
  /** Takes hold of the parts that are there. Missing ones are reported as faults and tried again. */
  start(): Promise<void>;
  /** Puts the lamps out and lets go of all parts. */
  stop(): Promise<void>;
  /** Shows within 50 ms; a pattern that is shown already goes on without a break. */
  show(lamps: Lamps): void;
  onEvent(listener: (event: PanelEvent) => void): void;
}
