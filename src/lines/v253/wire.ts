import type { SerialPort } from 'serialport';
import { LineTrouble } from './line-trouble.js';

/** An open serial port. */
export interface Wire {
  write(text: string): void;
  /** Bytes as they come, cut anywhere. */
  onData(listener: (bytes: Uint8Array) => void): void;
  /** Called when the port is gone, but not after `close`. */
  onGone(listener: (trouble: LineTrouble) => void): void;
  close(): Promise<void>;
}

const baudRate = 115_200;

/** Opens a UART as in PROTOCOL.md, 1, or rejects with a LineTrouble. Loads the driver only now: most boxes have no analog lines. */
export async function openWire(path: string): Promise<Wire> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(explained(path, error.message)) : resolve()));
  });
  return new SerialWire(path, port);
}

class SerialWire implements Wire {
  readonly #path: string;
  readonly #port: SerialPort;

  constructor(path: string, port: SerialPort) {
    this.#path = path;
    this.#port = port;
    // When a port goes away, `close` follows the error; without a listener the error would end the process.
    port.on('error', () => {});
  }

  write(text: string): void {
    if (this.#port.isOpen) this.#port.write(text, 'latin1');
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    this.#port.on('data', listener);
  }

  onGone(listener: (trouble: LineTrouble) => void): void {
    this.#port.on('close', (error: Error | null) => {
      if (error) listener(new LineTrouble(`${this.#path} is gone`, 'advice.line.gone'));
    });
  }

  async close(): Promise<void> {
    this.#port.removeAllListeners('data');
    if (!this.#port.isOpen) return;
    await new Promise<void>((resolve) => {
      this.#port.close(() => resolve());
    });
  }
}

type Explanation = (path: string) => LineTrouble;

const explanations: readonly (readonly [RegExp, Explanation])[] = [
  [/no such file|no such device/i, (path) => new LineTrouble(`${path} does not exist`, 'advice.line.noTty')],
  [/cannot lock|busy/i, (path) => new LineTrouble(`${path} is in use by another program`, 'advice.line.busy')],
  [/permission denied/i, (path) => new LineTrouble(`${path} may not be opened`, 'advice.line.forbidden')],
  [/inappropriate ioctl/i, (path) => new LineTrouble(`${path} is not a serial port`, 'advice.line.notATty')],
];

function explained(path: string, message: string): LineTrouble {
  const known = explanations.find(([pattern]) => pattern.test(message));
  return known ? known[1](path) : new LineTrouble(`${path} cannot be opened: ${message}`);
}
