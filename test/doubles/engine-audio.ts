import type { LegId, PlaybackId } from '../../src/primitives/ids.js';
import type { Edge, Playback } from '../../src/switchboard/audio.js';

/** All audio connections and playbacks of the simulated engine. */
export class SimulatedAudio {
  readonly #edges = new Map<string, Edge>();
  readonly #playbacks = new Map<PlaybackId, Playback>();

  get edges(): readonly Edge[] {
    return [...this.#edges.values()];
  }

  get playbacks(): readonly Playback[] {
    return [...this.#playbacks.values()];
  }

  /** Adds the edge, or gives an existing one its new gain. */
  setEdge(edge: Edge): void {
    this.#edges.set(keyOf(edge.from, edge.to), edge);
  }

  hasEdge({ from, to }: Edge): boolean {
    return this.#edges.has(keyOf(from, to));
  }

  removeEdge(from: LegId, to: LegId): void {
    this.#edges.delete(keyOf(from, to));
  }

  startPlayback(playback: Playback): void {
    this.#playbacks.set(playback.id, playback);
  }

  /** Whether it was still playing. */
  removePlayback(id: PlaybackId): boolean {
    return this.#playbacks.delete(id);
  }

  /** A leg has ended, and all that hung on it. */
  removeLeg(leg: LegId): void {
    for (const { from, to } of this.edges) if (from === leg || to === leg) this.removeEdge(from, to);
    for (const playback of this.playbacks) if (playback.leg === leg) this.removePlayback(playback.id);
  }
}

const keyOf = (from: LegId, to: LegId): string => `${from}>${to}`;
