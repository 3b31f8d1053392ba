import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edge, Gpio } from 'onoff';
import type { GpioLine } from './part.js';
import { type Remedies, withRemedy } from './part-error.js';

/** The kernel's sysfs interface to GPIO lines, which onoff uses. */
const root = '/sys/class/gpio';

const remedies = {
  ENOENT: 'advice.part.noGpio',
  EACCES: 'advice.part.gpioForbidden',
  EBUSY: 'advice.part.gpioTaken',
} as const satisfies Remedies;

/**
 * Opens a GPIO line.
 * @param direction for an output, its initial level; active low is not applied to it.
 * @throws an error that says what to do.
 */
export function openGpio(line: GpioLine, direction: 'in' | 'high' | 'low', edge: Edge, Kind: typeof Gpio = Gpio): Gpio {
  return withRemedy(`line ${line.line} of the GPIO chip "${line.chip}"`, remedies, () => {
    const number = kernelNumber(line);
    // Without permission to write, onoff would keep trying for a long time and let nothing else run.
    if (!existsSync(join(root, `gpio${number}`))) accessSync(join(root, 'export'), constants.W_OK);
    return new Kind(number, direction, edge, { activeLow: line.activeLow });
  });
}

/** The line's number in the kernel's numbering of all chips, which differs from kernel to kernel. */
function kernelNumber({ chip, line }: GpioLine): number {
  const labels: string[] = [];
  for (const name of readdirSync(root).filter((each) => each.startsWith('gpiochip'))) {
    const label = read(name, 'label');
    if (new RegExp(`^(?:${chip})$`, 'v').test(label)) {
      if (line < Number(read(name, 'ngpio'))) return Number(read(name, 'base')) + line;
      throw new Error(`${label} has only ${read(name, 'ngpio')} lines`);
    }
    labels.push(label);
  }
  throw new Error(`no GPIO chip has such a label; the labels are: ${labels.join(', ') || 'none'}`);
}

function read(chip: string, file: string): string {
  return readFileSync(join(root, chip, file), 'utf8').trim();
}
