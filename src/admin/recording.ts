import type { AccessFact, By } from '../store/users/access-fact.js';
import type { Caller } from './operation.js';

export type { AccessFact } from '../store/users/access-fact.js';

/** A box with an audit record. */
export interface RecordingBox {
  /** Adds a fact, in the order of the calls. */
  record(fact: AccessFact): void;
}

/** Whoever does something with the files of a box that does not run, as the record names them. */
export const byConsole: By = { by: 'console', byKind: 'console' };

/** The caller as the record names them. */
export const byOf = ({ name, kind }: Pick<Caller, 'name' | 'kind'>): By => ({ by: name, byKind: kind });
