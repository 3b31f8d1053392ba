import type { Lamps } from '../indication/lamps.js';

/** One line of a GPIO chip. */
export interface GpioLine {
  readonly driver: 'gpio';
  /** Regular expression for the whole label of the chip: its kernel number differs from kernel to kernel. */
  readonly chip: string;
  /** Counted within the chip, from 0. */
  readonly line: number;
  /** Whether low voltage means lit, or pressed. */
  readonly activeLow: boolean;
}

/** What a lamp hangs on: a LED of the kernel's LED class, as a folder with the file `brightness`, or a GPIO line. */
export type LampPart = { readonly driver: 'led'; readonly path: string } | GpioLine;

/** What the button hangs on: a key of an input device (`EV_KEY` code of the kernel's input-event-codes.h), or a GPIO line. */
export type ButtonPart = { readonly driver: 'input'; readonly path: string; readonly key: number } | GpioLine;

/** What a board's front panel is made of. */
export interface PanelParts {
  readonly monitorLamp: LampPart;
  readonly statusLamp: LampPart;
  readonly button: ButtonPart;
}

export type PanelEvent =
  /** The contact of the button has closed or opened; it may bounce. */
  | { readonly type: 'button'; readonly isClosed: boolean }
  /** A part is missing or has failed; the rest of the panel works on. `reason` says what to do. */
  | { readonly type: 'fault'; readonly part: keyof PanelParts; readonly reason: string }
  /** A part that was missing or had failed works. */
  | { readonly type: 'recovered'; readonly part: keyof PanelParts };

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
