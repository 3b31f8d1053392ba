import { type BinaryValue, Gpio } from 'onoff';
import { openGpio } from './gpio.js';
import type { Part } from './held-part.js';
import type { GpioLine } from './panel.js';

/** A button on a GPIO line. A press that began before it was opened does not count. */
export class GpioButton implements Part {
  readonly #gpio: Gpio;

  /**
   * @param onContact called for each edge.
   * @param onLost called when the line can no longer be read.
   * @throws an error that says what to do.
   */
  constructor(line: GpioLine, onContact: (isClosed: boolean) => void, onLost: (error: unknown) => void) {
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
      else onContact(value === 1);
    });
  }

  check(): void {
    this.#gpio.readSync();
  }

  close(): void {
    this.#gpio.unexport();
  }
}
