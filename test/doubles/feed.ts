import type { Feed, LiveEvent } from '../../src/web/events/feed.js';

/** Happens what a test says. */
export class FeedDouble implements Feed {
  readonly listeners = new Set<(event: LiveEvent) => void>();

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(kind: LiveEvent['kind'], data: LiveEvent['data'], isFor: LiveEvent['isFor'] = () => true): void {
    for (const listener of this.listeners) listener({ kind, at: '2026-11-29T05:00:00.000Z', data, isFor });
  }
}
