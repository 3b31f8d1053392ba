import { execFile } from 'node:child_process';
import { close, constants, openSync, read, write } from 'node:fs';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';

/** linux/input-event-codes.h */
const eventKey = 1;
const eventSynchronize = 0;

/** Size of a `struct input_event` on 64 bit Linux (linux/input.h): seconds, microseconds, type, code, value. */
const eventBytes = 24;

/** A finger holds a button for so long at least, in milliseconds; the box takes less for a contact that bounces. */
const shortestPressMs = 60;

/** How long an event waits for a reader, in milliseconds; a real device keeps nothing for one that comes later. */
const keptMs = 1000;

/** The button of the box: a FIFO that carries what an evdev device of the kernel would. */
export class ButtonDevice {
  readonly #descriptor: number;
  readonly #code: number;
  #forgetting: NodeJS.Timeout | undefined;
  #isPressed = false;
  #pressedAt = 0;
  /** Whether the finger is still on it; a click's release waits until the press was long enough. */
  #isHeld = false;
  #release: NodeJS.Timeout | undefined;
  #onChange = () => {};

  private constructor(descriptor: number, code: number) {
    this.#descriptor = descriptor;
    this.#code = code;
  }

  /** Makes the FIFO. `code` is the key code, such as 0x100 for BTN_0. */
  static async open(path: string, code: number): Promise<ButtonDevice> {
    await rm(path, { force: true });
    await promisify(execFile)('mkfifo', [path]);
    // Opened for reading, too, so that a reader always finds a writer and never sees the end.
    return new ButtonDevice(openSync(path, constants.O_RDWR | constants.O_NONBLOCK), code);
  }

  get isPressed(): boolean {
    return this.#isPressed;
  }

  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  press(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (isHeld) this.#switch(true);
    else this.#release ??= setTimeout(() => this.#letGo(), this.#pressedAt + shortestPressMs - performance.now());
  }

  #letGo(): void {
    this.#release = undefined;
    if (!this.#isHeld) this.#switch(false);
  }

  #switch(isPressed: boolean): void {
    if (isPressed === this.#isPressed) return;
    this.#isPressed = isPressed;
    // One reading of the clock: a machine that stands still between two would shorten the press.
    const at = performance.now();
    if (isPressed) this.#pressedAt = at;
    const events = Buffer.concat([
      inputEvent(at, eventKey, this.#code, isPressed ? 1 : 0),
      inputEvent(at, eventSynchronize, 0, 0),
    ]);
    write(this.#descriptor, events, () => {});
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => this.#forgetUnread(), keptMs);
    this.#onChange();
  }

  async close(): Promise<void> {
    clearTimeout(this.#forgetting);
    clearTimeout(this.#release);
    await promisify(close)(this.#descriptor);
  }

  #forgetUnread(): void {
    const unread = Buffer.alloc(64 * eventBytes);
    read(this.#descriptor, unread, 0, unread.length, null, () => {});
  }
}

function inputEvent(at: number, type: number, code: number, value: number): Buffer {
  const microseconds = BigInt(Math.round((performance.timeOrigin + at) * 1000));
  const event = Buffer.alloc(eventBytes);
  event.writeBigInt64LE(microseconds / 1_000_000n, 0);
  event.writeBigInt64LE(microseconds % 1_000_000n, 8);
  event.writeUInt16LE(type, 16);
  event.writeUInt16LE(code, 18);
  event.writeInt32LE(value, 20);
  return event;
}
