import type { Instant } from '../../primitives/time.js';

/** More than anybody wants at once, and then as many as people can want in the long run. */
const atOnce = 40;
const everyMs = 2000;

/**
 * How fast each may order something. What is ordered stands in the audit record, which is kept permanently: a program that orders without
 * end would fill it.
 */
export class Pace<Key> {
  /** Until when all would have been in time, one after another. */
  readonly #until = new Map<Key, Instant>();

  /** Counts an order, unless it comes too fast. @returns how long to wait; 0 if it was counted. */
  waitMs(key: Key, now: Instant): number {
    for (const [other, until] of this.#until) if (until <= now) this.#until.delete(other);
    const until = (this.#until.get(key) ?? now) + everyMs;
    const waitMs = Math.max(0, until - now - atOnce * everyMs);
    if (waitMs === 0) this.#until.set(key, until);
    return waitMs;
  }
}
