import type { Lamps } from '../indication/lamps.js';
import type { Message } from '../locales/codes.js';

/** One line of a GPIO chip. */
export interface GpioLine {
  readonly driver: 'gpio';
  /** Regular expression for the whole label of the chip, since its number differs from kernel to kernel. */
  readonly chip: string;
  /** Counted within the chip, from 0. */
  readonly line: number;
  /** Whether low voltage means lit, or pressed. */
  readonly activeLow: boolean;
}

/** What drives a lamp: a LED of the kernel's LED class, as a folder with the file `brightness`, or a GPIO line. */
export type LampPart = { readonly driver: 'led'; readonly path: string } | GpioLine;

/** Where the button is read: a key of an input device (`EV_KEY` code of the kernel's input-event-codes.h), or a GPIO line. */
export type ButtonPart = { readonly driver: 'input'; readonly path: string; readonly key: number } | GpioLine;

/** The parts of a board's front panel. */
export interface PanelParts {
  readonly monitorLamp: LampPart;
  readonly statusLamp: LampPart;
  readonly button: ButtonPart;
}

/** Why a part does not work, and what to do about it; null where nothing can be said. */
export interface PartTrouble {
  readonly reason: string;
  readonly advice: Message | null;
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
