import { type BinaryValue, Gpio } from 'onoff';
import { openGpio } from './open-gpio.js';
import type { GpioLine, Part } from './part.js';

/** A GPIO line that is read. */
export class GpioInput implements Part {
  readonly #gpio: Gpio;

  /**
   * @param onChange called for each edge, not for the state in which the line is found.
   * @param onLost called when the line can no longer be read.
   * @throws an error that says what to do.
   */
  constructor(line: GpioLine, onChange: (isActive: boolean) => void, onLost: (error: unknown) => void) {
    /** onoff reads in a callback of its own, where an error would end the program. */
    class WatchedGpio extends Gpio {
      override readSync(): BinaryValue {
        try {
          return super.readSync();
        } catch (error) {
          queueMicrotask(() => onLost(error));
          return 0;
        }
      }
    }
    this.#gpio = openGpio(line, 'in', 'both', WatchedGpio);
    this.#gpio.watch((error, value) => {
      if (error) onLost(error);
      else onChange(value === 1);
    });
  }

  get isActive(): boolean {
    return this.#gpio.readSync() === 1;
  }

  check(): void {
    this.#gpio.readSync();
  }

  close(): void {
    this.#gpio.unexport();
  }
}
