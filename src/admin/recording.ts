import type { AccessFact } from '../store/users/access-fact.js';

/** A box with an audit record. */
export interface RecordingBox {
  /** Adds a fact, in the order of the calls. */
  record(fact: AccessFact): void;
}
