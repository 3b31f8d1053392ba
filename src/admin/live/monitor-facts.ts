import type { AuditFact } from '../../monitoring/records.js';

/** Lets those who have asked the rules of monitoring for something learn what has come of it. */
export class MonitorFacts {
  readonly #listeners = new Set<(fact: AuditFact) => void>();

  tell(fact: AuditFact): void {
    for (const listener of this.#listeners) listener(fact);
  }

  /** @returns what ends it. */
  watch(listener: (fact: AuditFact) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
