import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native } from './native.js';

/**
 * Writes what is connected to it to a WAV file (16 bit, mono, at the endpoint's clock rate), and silence while nothing is. The file may be
 * read while it grows.
 */
export class Recorder {
  readonly #handle: Handle;
  readonly #wiring: Wiring;
  readonly #onClosed: () => void;
  #closed: Promise<void> | undefined;

  /** @internal Use Endpoint.createRecorder(). */
  constructor(wiring: Wiring, path: string, onClosed: () => void) {
    this.#handle = native.createRecorder(path);
    this.#wiring = wiring;
    this.#onClosed = onClosed;
  }

  /** Resolves when the file is complete. @throws PjsipError if the disk failed */
  close(): Promise<void> {
    this.#closed ??= this.#wiring.request(native.closeRecorder(this.#handle)).finally(this.#onClosed);
    return this.#closed;
  }

  /** @internal */
  handle(): Handle {
    if (this.#closed) throw new InvalidStateError('the recorder is closed');
    return this.#handle;
  }

  /** @internal Called when the endpoint closes, which completes the file. */
  abandon(): void {
    this.#closed ??= Promise.resolve();
  }
}
