import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import epoll from 'epoll';
import type { Part } from '../parts/part.js';
import { type Remedies, withRemedy } from '../parts/part-error.js';
import { contactsOf, inputEventBytes } from './input-event.js';
import type { ButtonPart } from './panel.js';

type InputKey = Extract<ButtonPart, { driver: 'input' }>;

const remedies = {
  ENOENT: 'advice.part.noDevice',
  EACCES: 'advice.part.inputForbidden',
} as const satisfies Remedies;

/** Only after a long stall of the program does the device have more than this to read. */
const mostEvents = 64;

/** A button that is a key of an input device: a device file of the kernel, or the named pipe of a simulated board. */
export class InputButton implements Part {
  readonly #input: InputKey;
  readonly #onContact: (isClosed: boolean) => void;
  readonly #onLost: (error: unknown) => void;
  readonly #device: number;
  readonly #poller: InstanceType<typeof epoll.Epoll>;
  readonly #buffer = Buffer.alloc(mostEvents * inputEventBytes);
  /** Bytes of an event that has not arrived completely. */
  #pending = 0;

  /**
   * @param onContact called for each press and release.
   * @param onLost called when the device can no longer be read.
   * @throws an error that says what to do.
   */
  constructor(input: InputKey, onContact: (isClosed: boolean) => void, onLost: (error: unknown) => void) {
    this.#input = input;
    this.#onContact = onContact;
    this.#onLost = onLost;
    // Also for writing: otherwise a pipe would be at its end whenever nobody has it open for writing.
    this.#device = this.#explained(() => openSync(input.path, constants.O_RDWR | constants.O_NONBLOCK));
    // The device is read only when there is something: a waiting read would occupy one of Node's few threads for ever.
    this.#poller = new epoll.Epoll((error) => {
      if (error) onLost(error);
      else this.#read();
    });
    try {
      this.#explained(() => this.#poller.add(this.#device, epoll.Epoll.EPOLLIN));
    } catch (error) {
      closeSync(this.#device);
      throw error;
    }
  }

  /** A device that was unplugged and plugged in again is a different one under the same name. */
  check(): void {
    const here = this.#explained(() => statSync(this.#input.path));
    const held = fstatSync(this.#device);
    if (here.ino !== held.ino || here.dev !== held.dev)
      throw new Error(`${this.#input.path} is a different device now`);
  }

  close(): void {
    this.#poller.remove(this.#device);
    closeSync(this.#device);
  }

  #read(): void {
    try {
      const room = this.#buffer.length - this.#pending;
      const length = this.#pending + readSync(this.#device, this.#buffer, this.#pending, room, null);
      const whole = length - (length % inputEventBytes);
      const contacts = contactsOf(this.#input.key, this.#buffer.subarray(0, whole));
      this.#buffer.copyWithin(0, whole, length);
      this.#pending = length - whole;
      for (const isClosed of contacts) this.#onContact(isClosed);
    } catch (error) {
      this.#onLost(error);
    }
  }

  #explained<T>(action: () => T): T {
    return withRemedy(`the input device ${this.#input.path}`, remedies, action);
  }
}
