import { EventEmitter } from 'node:events';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native, type RawEvent } from './native.js';
import type { SoundDevice } from './sound-device.js';

interface SoundChannelEvents {
  /** Sound flows. */
  up: [];
  /** The device cannot be reached or has gone; it is retried. Emitted once for each reason until the channel is up. */
  down: [{ readonly reason: string }];
  /** A telephone key was heard in the device's sound (0-9, *, #, A-D). */
  digit: [{ readonly digit: string }];
}

type RawSoundChannelEvent = RawEvent &
  (
    | { readonly type: 'up' }
    | { readonly type: 'down'; readonly reason: string }
    | { readonly type: 'digit'; readonly digit: string }
  );

/**
 * The sound of an analog line, as source and sink, for as long as it is open; silent while the device is away. Tones of telephone keys are
 * removed from its sound, because keys are passed on as digits.
 */
export class SoundChannel extends EventEmitter<SoundChannelEvents> {
  readonly #handle: Handle;
  readonly #wiring: Wiring;
  #closed = false;

  /** @internal Use Endpoint.openSoundChannel(). */
  constructor(wiring: Wiring, device: SoundDevice) {
    super();
    this.#handle = native.openSoundChannel(device);
    this.#wiring = wiring;
    wiring.subscribe<RawSoundChannelEvent>(this.#handle, (event) => this.#deliver(event));
  }

  /** Releases the device and ends its connections. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wiring.unsubscribe(this.#handle);
    native.closeSoundChannel(this.#handle);
  }

  /** @internal */
  handle(): Handle {
    if (this.#closed) throw new InvalidStateError('the sound channel is closed');
    return this.#handle;
  }

  #deliver(event: RawSoundChannelEvent): void {
    if (event.type === 'up') this.emit('up');
    else if (event.type === 'down') this.emit('down', { reason: event.reason });
    else this.emit('digit', { digit: event.digit });
  }
}
