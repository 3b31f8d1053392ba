import type { Connection, Endpoint, Sink, Source, Volume } from 'node-pjsua2';
import type { LegId } from '../../primitives/ids.js';
import type { Edge } from '../../switchboard/audio.js';

type Failed = (edge: Pick<Edge, 'from' | 'to'>, command: string, error: unknown) => void;

const volumeOf = ({ gain, levelled, side }: Edge): Volume => ({ gain, levelled, side });

/** The audio connections between legs; the commands for each pair are executed in order. */
export class PjsuaEdges {
  readonly #endpoint: Endpoint;
  readonly #failed: Failed;
  /** The last operation on each pair. */
  readonly #last = new Map<string, Promise<Connection | undefined>>();

  constructor(endpoint: Endpoint, failed: Failed) {
    this.#endpoint = endpoint;
    this.#failed = failed;
  }

  connect(edge: Edge, from: Source, to: Sink): void {
    this.#then(edge, 'connect', () => this.#endpoint.connect(from, to, volumeOf(edge)));
  }

  setVolume(edge: Edge): void {
    this.#then(edge, 'setVolume', async (connection) => {
      await connection?.setVolume(volumeOf(edge));
      return connection;
    });
  }

  disconnect(edge: Pick<Edge, 'from' | 'to'>): void {
    this.#then(edge, 'disconnect', async (connection) => {
      await connection?.close();
      return undefined;
    });
  }

  /** The leg has ended, and its connections with it. */
  forget(leg: LegId): void {
    for (const key of this.#last.keys()) if (key.split('>').includes(leg)) this.#last.delete(key);
  }

  #then(
    edge: Pick<Edge, 'from' | 'to'>,
    command: string,
    operation: (connection: Connection | undefined) => Promise<Connection | undefined>,
  ): void {
    const key = `${edge.from}>${edge.to}`;
    const before = this.#last.get(key) ?? Promise.resolve(undefined);
    const last = before.then(operation).catch((error: unknown) => {
      if (this.#last.has(key)) this.#failed(edge, command, error);
      return undefined;
    });
    this.#last.set(key, last);
    last.then((connection) => {
      if (connection === undefined && this.#last.get(key) === last) this.#last.delete(key);
    });
  }
}
