import type { Gpio } from 'onoff';
import { openGpio } from './open-gpio.js';
import type { GpioLine, Part } from './part.js';

/** A GPIO line that is set; inactive when it is opened. */
export class GpioOutput implements Part {
  readonly #gpio: Gpio;
  #isActive = false;

  /** @throws an error that says what to do. */
  constructor(line: GpioLine) {
    this.#gpio = openGpio(line, line.activeLow ? 'high' : 'low', 'none');
  }

  set(isActive: boolean): void {
    this.#isActive = isActive;
    this.#gpio.writeSync(isActive ? 1 : 0);
  }

  check(): void {
    this.set(this.#isActive);
  }

  close(): void {
    this.#gpio.unexport();
  }
}
