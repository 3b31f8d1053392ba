import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PanelParts } from '../../../src/panel/panel.js';
import { until } from '../waiting.js';

/** KEY_PROG1, as the board file of the simulator says. */
const key = 148;
const evSyn = 0;
const evKey = 1;

/** Where the board file of the simulator has its parts, in the runtime folder. */
const places: Readonly<Record<keyof PanelParts, string>> = {
  monitorLamp: 'leds/monitor',
  statusLamp: 'leds/status',
  button: 'button',
};

/** Two LEDs as folders with the kernel's files, and a button as a named pipe that carries the kernel's input events. */
export class FakePanel {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes all parts in a folder. */
  static async make(folder: string): Promise<FakePanel> {
    const panel = new FakePanel(folder);
    for (const lamp of ['monitorLamp', 'statusLamp'] as const) {
      await mkdir(panel.path(lamp), { recursive: true });
      await writeFile(join(panel.path(lamp), 'brightness'), '0\n');
      await writeFile(join(panel.path(lamp), 'max_brightness'), '255\n');
      await writeFile(join(panel.path(lamp), 'trigger'), '[heartbeat] none timer\n');
    }
    panel.#makePipe();
    return panel;
  }

  get parts(): PanelParts {
    return {
      monitorLamp: { driver: 'led', path: this.path('monitorLamp') },
      statusLamp: { driver: 'led', path: this.path('statusLamp') },
      button: { driver: 'input', path: this.path('button'), key },
    };
  }

  path(part: keyof PanelParts): string {
    return join(this.folder, places[part]);
  }

  /** What the LED's file says; a LED that was taken away is dark. */
  isLit(lamp: 'monitorLamp' | 'statusLamp'): boolean {
    try {
      return Number(readFileSync(join(this.path(lamp), 'brightness'), 'utf8')) > 0;
    } catch {
      return false;
    }
  }

  /** Presses or releases the key, as soon as somebody reads it. */
  async setButton(isClosed: boolean): Promise<void> {
    await this.write(inputEvents([evKey, key, isClosed ? 1 : 0], [evSyn, 0, 0]));
  }

  /** Puts octets into the pipe, as soon as somebody reads it. */
  async write(octets: Buffer): Promise<void> {
    const pipe = await until('somebody to read the button', () => this.#openPipe());
    writeSync(pipe, octets);
    closeSync(pipe);
  }

  async takeAway(part: keyof PanelParts): Promise<void> {
    await rename(this.path(part), `${this.path(part)}.away`);
  }

  /** A device that comes back is a new one. */
  async putBack(part: keyof PanelParts): Promise<void> {
    if (part === 'button') this.#makePipe();
    else await rename(`${this.path(part)}.away`, this.path(part));
  }

  #makePipe(): void {
    execFileSync('mkfifo', [this.path('button')]);
  }

  #openPipe(): number | undefined {
    try {
      return openSync(this.path('button'), constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      return undefined;
    }
  }
}

/** The kernel's struct input_event on a 64-bit system, for each type, code and value. */
export function inputEvents(...events: readonly (readonly [type: number, code: number, value: number])[]): Buffer {
  const structs = events.map(([type, code, value]) => {
    const struct = Buffer.alloc(24);
    struct.writeBigInt64LE(BigInt(Math.floor(Date.now() / 1000)), 0);
    struct.writeUInt16LE(type, 16);
    struct.writeUInt16LE(code, 18);
    struct.writeInt32LE(value, 20);
    return struct;
  });
  return Buffer.concat(structs);
}
