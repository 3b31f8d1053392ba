import type { Call } from './call.js';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, type NativeVolume, native, type Side } from './native.js';
import type { Player } from './player.js';
import type { Recorder } from './recorder.js';
import type { SoundChannel } from './sound-channel.js';

export type Source = Call | Player | SoundChannel;
export type Sink = Call | Recorder | SoundChannel;

/** How a source is heard. */
export interface Volume {
  /** dB, -40 to +20, default 0 */
  readonly gain?: number;
  /**
   * Whether the gain is relative to a nominal level instead of the source's own: its loudness (ITU-R BS.1770) is measured while it speaks
   * and brought to about -26 LKFS, by at most 12 dB and a few dB per second, starting at 0 dB. The gain does not change in pauses. For
   * calls and sound channels; a player is heard as it is. Default false.
   */
  readonly levelled?: boolean;
  /**
   * In which ear a call is heard by another whose phone asks for Opus with two channels (RFC 7587: `stereo=1`), as long as the bridge need
   * not mix it; every other source and sink has only one channel. Default both.
   */
  readonly side?: Side;
}

const lowestGain = -40;
const highestGain = 20;

/** Converts dB to an amplitude factor. @throws TypeError unless it is from -40 to +20 */
function factor(gain: number): number {
  if (typeof gain !== 'number' || !(gain >= lowestGain && gain <= highestGain)) {
    throw new TypeError(`gain must be a number of dB from ${lowestGain} to ${highestGain}`);
  }
  return 10 ** (gain / 20);
}

const givenUp = () => new InvalidStateError('the connection was given up before audio flowed');

function volumeArguments({ gain = 0, levelled = false, side = 'both' }: Volume): NativeVolume {
  return [factor(gain), levelled, side];
}

/**
 * Lets the sink hear the source. It survives hold, re-INVITE and codec changes, and ends when either of the two ends.
 *
 * The bridge multiplies by 128ths: the gain is exact to 0.1 dB down to -20 dB, and to 3 dB at -40 dB.
 */
export class Connection {
  readonly source: Source;
  readonly sink: Sink;
  readonly #wiring: Wiring;
  readonly #handle: Handle;
  #closed: Promise<void> | undefined;

  /** @internal Use Endpoint.connect(). Resolves when audio flows. */
  static async open(
    wiring: Wiring,
    source: Source,
    sink: Sink,
    volume: Volume,
    signal: AbortSignal | undefined,
  ): Promise<Connection> {
    if (signal?.aborted) throw givenUp();
    const { handle, request } = native.connect(source.handle(), sink.handle(), ...volumeArguments(volume));
    const connection = new Connection(wiring, source, sink, handle);
    const giveUp = () => void connection.close();
    signal?.addEventListener('abort', giveUp);
    try {
      await wiring.request(request);
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
    if (signal?.aborted) throw givenUp();
    return connection;
  }

  private constructor(wiring: Wiring, source: Source, sink: Sink, handle: Handle) {
    this.#wiring = wiring;
    this.source = source;
    this.sink = sink;
    this.#handle = handle;
  }

  /** Anything left out of the volume gets its default; resolves when the change is audible. */
  async setVolume(volume: Volume): Promise<void> {
    if (this.#closed) throw new InvalidStateError('the connection is closed');
    await this.#wiring.request(native.setVolume(this.#handle, ...volumeArguments(volume)));
  }

  /** Resolves when the sink no longer hears the source. */
  close(): Promise<void> {
    this.#closed ??= this.#disconnect();
    return this.#closed;
  }

  async #disconnect(): Promise<void> {
    try {
      await this.#wiring.request(native.disconnect(this.#handle));
    } catch (error) {
      // The endpoint is closed, and so is the connection.
      if (!(error instanceof InvalidStateError)) throw error;
    }
  }
}
