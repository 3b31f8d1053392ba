import type { Connection, Endpoint, Sink, Source, Volume } from 'node-pjsua2';
import type { LegId } from '../../primitives/ids.js';
import type { Edge } from '../../switchboard/audio.js';
import { edgeKey } from '../../switchboard/audio.js';

type Failed = (edge: Pick<Edge, 'from' | 'to'>, command: string, error: unknown) => void;

const volumeOf = ({ gain, levelled, side }: Edge): Volume => ({ gain, levelled, side });

/** What is done to one pair of legs, in its order. */
interface Pair {
  /** The connection as it is wanted; undefined once it is not. */
  edge: Edge | undefined;
  /** Gives up the newest connection, which may wait for audio: or the two would hear each other for a moment once there is some. */
  opening: AbortController;
  last: Promise<Connection | undefined>;
}

/** The audio connections between legs; the commands for each pair are executed in order. */
export class PjsuaEdges {
  readonly #endpoint: Pick<Endpoint, 'connect'>;
  readonly #failed: Failed;
  readonly #pairs = new Map<string, Pair>();

  constructor(endpoint: Pick<Endpoint, 'connect'>, failed: Failed) {
    this.#endpoint = endpoint;
    this.#failed = failed;
  }

  connect(edge: Edge, from: Source, to: Sink): void {
    const pair = this.#pairOf(edge);
    const opening = new AbortController();
    pair.edge = edge;
    pair.opening = opening;
    this.#then(edge, pair, 'connect', () =>
      this.#endpoint.connect(from, to, volumeOf(edge), opening).catch((error: unknown) => {
        if (opening.signal.aborted) return undefined;
        throw error;
      }),
    );
  }

  setVolume(edge: Edge): void {
    const pair = this.#pairOf(edge);
    if (pair.edge) pair.edge = edge;
    this.#then(edge, pair, 'setVolume', async (connection) => {
      await connection?.setVolume(volumeOf(edge));
      return connection;
    });
  }

  disconnect(edge: Pick<Edge, 'from' | 'to'>): void {
    const pair = this.#pairOf(edge);
    pair.edge = undefined;
    pair.opening.abort();
    this.#then(edge, pair, 'disconnect', async (connection) => {
      await connection?.close();
      return undefined;
    });
  }

  /** The leg has ended, and its connections with it. */
  forget(leg: LegId): void {
    for (const key of this.#pairs.keys()) if (key.split('>').includes(leg)) this.#pairs.delete(key);
  }

  /** Another call is this leg now: what was connected with the one before, which has ended, is connected with it. */
  follow(leg: LegId, soundOf: (leg: LegId) => (Source & Sink) | undefined): void {
    const edges = [...this.#pairs.values()].flatMap(({ edge }) => (edge?.from === leg || edge?.to === leg ? edge : []));
    this.forget(leg);
    for (const edge of edges) {
      const [from, to] = [soundOf(edge.from), soundOf(edge.to)];
      if (from && to) this.connect(edge, from, to);
    }
  }

  #pairOf(edge: Pick<Edge, 'from' | 'to'>): Pair {
    const key = edgeKey(edge);
    const known = this.#pairs.get(key);
    if (known) return known;
    const pair: Pair = { edge: undefined, opening: new AbortController(), last: Promise.resolve(undefined) };
    this.#pairs.set(key, pair);
    return pair;
  }

  #then(
    edge: Pick<Edge, 'from' | 'to'>,
    pair: Pair,
    command: string,
    operation: (connection: Connection | undefined) => Promise<Connection | undefined>,
  ): void {
    const isKnown = () => this.#pairs.get(edgeKey(edge)) === pair;
    const last = pair.last.then((connection) =>
      operation(connection).catch((error: unknown) => {
        if (isKnown()) this.#failed(edge, command, error);
        return connection;
      }),
    );
    pair.last = last;
    last.then(() => {
      if (pair.edge === undefined && pair.last === last && isKnown()) this.#pairs.delete(edgeKey(edge));
    });
  }
}
