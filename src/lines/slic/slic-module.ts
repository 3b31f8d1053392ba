import { GpioInput } from '../../parts/gpio-input.js';
import { GpioOutput } from '../../parts/gpio-output.js';
import type { GpioLine, Part } from '../../parts/part.js';
import type { RingOutputs } from './ring-generator.js';

/** The GPIO lines to which the control pins of a SLIC module are wired (Silvertel AG1171: SHK, RM, F/R). */
export interface SlicWiring {
  /** Active while current flows in the loop. */
  readonly hook: GpioLine;
  /** Active while it shall ring. */
  readonly ringMode: GpioLine;
  /** Active while the polarity of the wires is reversed. */
  readonly reverse: GpioLine;
}

/** A SLIC module that is present, and not ringing when it is opened. */
export class SlicModule implements Part, RingOutputs {
  readonly #opened: Part[] = [];
  readonly #hook: GpioInput;
  readonly #ringMode: GpioOutput;
  readonly #reverse: GpioOutput;

  /**
   * @param onLoop called when current begins or ceases to flow.
   * @param onLost called when that can no longer be read.
   * @throws an error that says what to do.
   */
  constructor(wiring: SlicWiring, onLoop: (isClosed: boolean) => void, onLost: (error: unknown) => void) {
    try {
      this.#ringMode = this.#keep(new GpioOutput(wiring.ringMode));
      this.#reverse = this.#keep(new GpioOutput(wiring.reverse));
      this.#hook = this.#keep(new GpioInput(wiring.hook, onLoop, onLost));
      this.check();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get isLoopClosed(): boolean {
    return this.#hook.isActive;
  }

  setRingMode(isOn: boolean): void {
    this.#ringMode.set(isOn);
  }

  setReversed(isReversed: boolean): void {
    this.#reverse.set(isReversed);
  }

  check(): void {
    for (const part of this.#opened) part.check();
  }

  close(): void {
    for (const part of this.#opened) part.close();
  }

  #keep<P extends Part>(part: P): P {
    this.#opened.push(part);
    return part;
  }
}
