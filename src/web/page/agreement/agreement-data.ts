import { effect } from '@preact/signals';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { hasRole, session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';

export type Shown = OutputOf<'GET', '/agreement'>;
export type Document = NonNullable<Shown['document']>;
export type Proposal = NonNullable<Shown['proposal']>;
export type Difference = Proposal['differences'][number];
export type Signer = Proposal['signedBy'][number];
export type Purpose = Document['purposes'][number];

/** The works agreement of the box, as whoever is signed in may see it. */
export const agreement = new Resource(() => ask('GET', '/agreement', {}));

/** Whether the person is one of those whom it concerns: who moderates, who may be listened to, and who watches over both. */
const isConcerned = (): boolean => hasRole('council') || hasRole('member') || hasRole('moderator');

// From signing in on; that somebody listens, or may not, is when another one would be noticed.
effect(() => {
  if (!session.value || !isConcerned()) return undefined;
  return watchEvents(['monitors'], () => agreement.refresh());
});

/** Those of which a moderator has to name one; none where nothing was agreed on. */
export const purposes = (): readonly Purpose[] => agreement.value.value?.document?.purposes ?? [];

/** Whether a purpose has to be named. */
export const isAgreedOn = (): boolean => agreement.value.value?.document != null;
