import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Remedies, withRemedy } from '../parts/part-error.js';
import type { LampOutput } from './lamp.js';

const remedies = {
  ENOENT: 'advice.part.noDevice',
  EACCES: 'advice.part.ledForbidden',
} as const satisfies Remedies;

/**
 * A LED of the kernel's LED class (Documentation/leds/leds-class.rst): a folder with the files `brightness` and, unless it is a
 * simulated one, `max_brightness` and `trigger`.
 */
export class KernelLed implements LampOutput {
  readonly #path: string;
  readonly #on: string;
  readonly #off: string;
  #isOn = false;

  /** @throws an error that says what to do. */
  constructor(path: string) {
    this.#path = path;
    this.#on = readIfThere(join(path, 'max_brightness'))?.trim() ?? '1';
    // Of the same length, since a simulated LED is a plain file: no reader finds the rest of a longer text.
    this.#off = '0'.repeat(this.#on.length);
    this.check();
    if (readIfThere(join(path, 'trigger')) !== null) this.#write('trigger', 'none');
  }

  set(isOn: boolean): void {
    this.#isOn = isOn;
    this.#write('brightness', isOn ? this.#on : this.#off);
  }

  /** Writing is the only way to find out, and it corrects what somebody else has written. */
  check(): void {
    this.set(this.#isOn);
  }

  close(): void {}

  /** The file is opened each time: the LED may have been unloaded and replaced. */
  #write(name: string, text: string): void {
    withRemedy(`the LED ${this.#path}`, remedies, () => {
      const file = openSync(join(this.#path, name), constants.O_WRONLY);
      try {
        writeSync(file, `${text}\n`);
      } finally {
        closeSync(file);
      }
    });
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
