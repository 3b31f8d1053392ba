import type { SoundEngine } from '../engine/engine.js';
import type { LegId, PlaybackId } from '../primitives/ids.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import { edgeKey, soundsAlike } from '../switchboard/audio.js';

/** The engine's leg that carries the audio of this leg; null for a leg that does not have its line at the moment. */
export type Route = (leg: LegId) => LegId | null;

/**
 * The audio wanted on the legs of analog ports, and what the engine was told to do about it. A port has one channel and up to two
 * legs, so edges and playbacks follow the leg that has the line.
 */
export class AnalogAudio {
  readonly #engine: SoundEngine;
  readonly #wanted = { edges: new Map<string, Edge>(), playbacks: new Map<PlaybackId, Playback>() };
  readonly #actual = { edges: new Map<string, Edge>(), playbacks: new Map<PlaybackId, Playback>() };

  constructor(engine: SoundEngine) {
    this.#engine = engine;
  }

  connect(edge: Edge): void {
    this.#wanted.edges.set(edgeKey(edge), edge);
  }

  setVolume(edge: Edge): void {
    if (this.#wanted.edges.has(edgeKey(edge))) this.connect(edge);
  }

  disconnect(edge: Pick<Edge, 'from' | 'to'>): void {
    this.#wanted.edges.delete(edgeKey(edge));
  }

  play(playback: Playback): void {
    this.#wanted.playbacks.set(playback.id, playback);
  }

  stop(id: PlaybackId): void {
    this.#wanted.playbacks.delete(id);
  }

  /** A playback has ended by itself; returns the leg that it was for, if any. */
  ended(id: PlaybackId): LegId | undefined {
    const leg = this.#wanted.playbacks.get(id)?.leg;
    this.#wanted.playbacks.delete(id);
    this.#actual.playbacks.delete(id);
    return leg;
  }

  /** The leg has ended, and everything attached to it. */
  forget(leg: LegId): void {
    for (const { edges, playbacks } of [this.#wanted, this.#actual]) {
      for (const [key, edge] of edges) if (edge.from === leg || edge.to === leg) edges.delete(key);
      for (const [id, playback] of playbacks) if (playback.leg === leg) playbacks.delete(id);
    }
  }

  /** Removes what must no longer be heard. @param own What the ports themselves play on their channels. */
  withdraw(route: Route, own: readonly Playback[]): void {
    const { edges, playbacks } = this.#routed(route, own);
    for (const [key, { from, to }] of this.#actual.edges) {
      if (edges.has(key)) continue;
      this.#actual.edges.delete(key);
      this.#engine.disconnect(from, to);
    }
    for (const [id, { leg }] of this.#actual.playbacks) {
      if (playbacks.get(id)?.leg === leg) continue;
      this.#actual.playbacks.delete(id);
      this.#engine.stopPlayback(leg, id);
    }
  }

  /** Adds what is now to be heard. */
  apply(route: Route, own: readonly Playback[]): void {
    const { edges, playbacks } = this.#routed(route, own);
    for (const [key, edge] of edges) {
      const before = this.#actual.edges.get(key);
      if (before === undefined) this.#engine.connect(edge);
      else if (!soundsAlike(before, edge)) this.#engine.setVolume(edge);
      this.#actual.edges.set(key, edge);
    }
    for (const [id, playback] of playbacks) {
      if (!this.#actual.playbacks.has(id)) this.#engine.play(playback);
      this.#actual.playbacks.set(id, playback);
    }
  }

  #routed(route: Route, own: readonly Playback[]) {
    const edges = [...this.#wanted.edges.values()].flatMap((edge) => {
      const [from, to] = [route(edge.from), route(edge.to)];
      return from === null || to === null ? [] : [{ ...edge, from, to }];
    });
    const playbacks = [...this.#wanted.playbacks.values()].flatMap((playback) => {
      const leg = route(playback.leg);
      return leg === null ? [] : [{ ...playback, leg }];
    });
    return {
      edges: new Map(edges.map((edge) => [edgeKey(edge), edge])),
      playbacks: new Map([...playbacks, ...own].map((playback) => [playback.id, playback])),
    };
  }
}
