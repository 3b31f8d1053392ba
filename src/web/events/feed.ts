import type { EventKind } from '../../admin/event-kinds.js';
import type { Caller } from '../../admin/operation.js';

/** Something that happened just now. */
export interface LiveEvent {
  readonly kind: EventKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Whatever JSON can say. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether a caller may see it: a moderator sees only calls of the members of their own profiles. */
  isFor(caller: Caller): boolean;
}

/** What happens in the box. */
export interface Feed {
  /** Calls the listener from now on. @returns what ends that. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}
