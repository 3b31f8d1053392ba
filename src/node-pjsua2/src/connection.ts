import type { Call } from './call.js';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native } from './native.js';
import type { Player } from './player.js';
import type { Recorder } from './recorder.js';
import type { SoundChannel } from './sound-channel.js';

export type Source = Call | Player | SoundChannel;
export type Sink = Call | Recorder | SoundChannel;

/** How loud a source is to be heard. */
export interface Volume {
  /** dB, -40 to +20, default 0 */
  readonly gain?: number;
  /**
   * Whether the gain is on top of a nominal level instead of the source's own: its loudness (ITU-R BS.1770) is measured while it speaks,
   * and brought to about -26 LKFS, by 12 dB at most and a few dB a second, from 0 dB on. Nothing moves in its pauses. For calls and
   * sound channels; a player is heard as it is. Default false.
   */
  readonly levelled?: boolean;
}

const lowestGain = -40;
const highestGain = 20;

/** dB to the factor of the amplitude. @throws TypeError unless it is from -40 to +20 */
function factor(gain: number): number {
  if (typeof gain !== 'number' || !(gain >= lowestGain && gain <= highestGain)) {
    throw new TypeError(`gain must be a number of dB from ${lowestGain} to ${highestGain}`);
  }
  return 10 ** (gain / 20);
}

/**
 * The sink hears the source. It survives hold, re-INVITE and changes of codec, and ends with either of the two.
 *
 * The bridge multiplies by 128ths: the gain is exact to 0.1 dB down to -20 dB, to 3 dB at -40 dB.
 */
export class Connection {
  readonly source: Source;
  readonly sink: Sink;
  readonly #wiring: Wiring;
  readonly #handle: Handle;
  #levelled: boolean;
  #closed: Promise<void> | undefined;

  /** @internal Use Endpoint.connect(). Resolves when audio flows. */
  static async open(
    wiring: Wiring,
    source: Source,
    sink: Sink,
    { gain = 0, levelled = false }: Volume,
  ): Promise<Connection> {
    const { handle, request } = native.connect(source.handle(), sink.handle(), factor(gain), levelled);
    await wiring.request(request);
    return new Connection(wiring, source, sink, handle, levelled);
  }

  private constructor(wiring: Wiring, source: Source, sink: Sink, handle: Handle, levelled: boolean) {
    this.#wiring = wiring;
    this.source = source;
    this.sink = sink;
    this.#handle = handle;
    this.#levelled = levelled;
  }

  /** Changes the gain, in dB, and if said so whether it is levelled; resolves when it is audible. */
  async setGain(gain: number, levelled = this.#levelled): Promise<void> {
    if (this.#closed) throw new InvalidStateError('the connection is closed');
    const request = native.setVolume(this.#handle, factor(gain), levelled);
    this.#levelled = levelled;
    await this.#wiring.request(request);
  }

  /** Resolves when the sink hears nothing of the source any more. */
  close(): Promise<void> {
    this.#closed ??= this.#disconnect();
    return this.#closed;
  }

  async #disconnect(): Promise<void> {
    try {
      await this.#wiring.request(native.disconnect(this.#handle));
    } catch (error) {
      // The endpoint is closed, and the connection with it.
      if (!(error instanceof InvalidStateError)) throw error;
    }
  }
}
