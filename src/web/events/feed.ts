import type { Caller } from '../../admin/operation.js';

/** What can be watched while it happens. */
export const eventKinds = ['calls', 'monitors', 'registrations', 'lamps', 'licence', 'log'] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that happened just now. */
export interface LiveEvent {
  readonly kind: EventKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Whatever JSON can say. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether somebody may see it: a moderator sees no calls but those of the own profiles' members. */
  isFor(caller: Caller): boolean;
}

/** What happens in the box. */
export interface Feed {
  /** Tells the listener from now on. @returns what ends that. */
  subscribe(listener: (event: LiveEvent) => void): () => void;
}
