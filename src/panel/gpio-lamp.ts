import type { Gpio } from 'onoff';
import { openGpio } from './gpio.js';
import type { LampOutput } from './lamp.js';
import type { GpioLine } from './panel.js';

/** A lamp on a GPIO line. */
export class GpioLamp implements LampOutput {
  readonly #gpio: Gpio;
  #isOn = false;

  /** @throws an error that says what to do. */
  constructor(line: GpioLine) {
    this.#gpio = openGpio(line, line.activeLow ? 'high' : 'low', 'none');
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    this.#gpio.writeSync(isOn ? 1 : 0);
  }

  check(): void {
    this.set(this.#isOn);
  }

  close(): void {
    this.#gpio.unexport();
  }
}
