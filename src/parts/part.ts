import type { Message } from '../locales/codes.js';

/** A part of a board that is present and in use. */
export interface Part {
  /** @throws an error that says what to do if the part is gone. */
  check(): void;
  /** Releases it. Does not throw. */
  close(): void;
}

/** Why a part does not work, and what to do about it; null where nothing can be said. */
export interface PartTrouble {
  readonly reason: string;
  readonly advice: Message | null;
}

/** One line of a GPIO chip. */
export interface GpioLine {
  /** Regular expression for the whole label of the chip, since its number differs from kernel to kernel. */
  readonly chip: string;
  /** Counted within the chip, from 0. */
  readonly line: number;
  /** Whether low voltage means active: lit, pressed, or whatever the line is for. */
  readonly activeLow: boolean;
}
