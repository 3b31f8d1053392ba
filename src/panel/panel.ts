import type { Lamps } from '../indication/lamps.js';
import type { GpioLine, PartTrouble } from '../parts/part.js';

/** A part on a plain GPIO line. */
type GpioPart = { readonly driver: 'gpio' } & GpioLine;

/** What drives a lamp: a LED of the kernel's LED class, as a folder with the file `brightness`, or a GPIO line. */
export type LampPart = { readonly driver: 'led'; readonly path: string } | GpioPart;

/** Where the button is read: a key of an input device (`EV_KEY` code of the kernel's input-event-codes.h), or a GPIO line. */
export type ButtonPart = { readonly driver: 'input'; readonly path: string; readonly key: number } | GpioPart;

/** The parts of a board's front panel. */
export interface PanelParts {
  readonly monitorLamp: LampPart;
  readonly statusLamp: LampPart;
  readonly button: ButtonPart;
}

export type PanelEvent =
  /** The contact of the button has closed or opened; it may bounce. */
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** A part is missing or has failed; the rest of the panel keeps working. */
  | ({ readonly type: 'fault'; readonly part: keyof PanelParts } & PartTrouble)
  /** A part that was missing or had failed works again. */
  | { readonly type: 'recovered'; readonly part: keyof PanelParts };

/** The lamps and the button of the box. */
export interface Panel {
  /** Opens the parts that are present. Missing ones are reported as faults and tried again. */
  start(): Promise<void>;
  /** Switches the lamps off and releases all parts. */
  stop(): Promise<void>;
  /** Shows within 50 ms; a pattern that is already shown goes on without a break. */
  show(lamps: Lamps): void;
  onEvent(listener: (event: PanelEvent) => void): void;
}
