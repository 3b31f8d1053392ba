import { EventEmitter } from 'node:events';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, type NativeSegment, native } from './native.js';

/** Samples at the endpoint's clock rate; a sum of 1 to 4 sines (`levelDbfs` is the level of the sum, at most 0); a pause. */
export type Segment = NativeSegment;

export interface PlayerOptions {
  /** Played one after the other. */
  readonly segments: readonly Segment[];
  /** Start again after the last; a single tone loops without a seam. Default false. */
  readonly loop?: boolean;
}

interface PlayerEvents {
  /** The last segment has been played to its end. */
  finished: [];
}

/** A sound source in memory. It plays while something is connected to it, and pauses otherwise. */
export class Player extends EventEmitter<PlayerEvents> {
  readonly #handle: Handle;
  readonly #wiring: Wiring;
  #closed = false;

  /** @internal Use Endpoint.createPlayer(). */
  constructor(wiring: Wiring, { segments, loop = false }: PlayerOptions) {
    super();
    if (segments.length === 0) throw new TypeError('a player needs at least one segment');
    this.#handle = native.createPlayer(segments, loop);
    this.#wiring = wiring;
    wiring.subscribe(this.#handle, () => this.emit('finished'));
  }

  /** Ends its sound and its connections. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wiring.unsubscribe(this.#handle);
    native.closePlayer(this.#handle);
  }

  /** @internal */
  handle(): Handle {
    if (this.#closed) throw new InvalidStateError('the player is closed');
    return this.#handle;
  }
}
