import type { EventKind } from '../../../admin/event-kinds.js';
import type { Role } from '../../../admin/operation.js';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { latestCalls } from './latest-calls.js';

export type Call = OutputOf<'GET', '/calls'>['entries'][number];
export type Monitor = OutputOf<'GET', '/monitors'>['entries'][number];
export type BoxState = OutputOf<'GET', '/state'>;
export type Phone = OutputOf<'GET', '/registrations'>['entries'][number];
export type Line = OutputOf<'GET', '/lines'>['entries'][number];
export type Licence = OutputOf<'GET', '/licence'>;
export type CallRecord = OutputOf<'GET', '/calls/records'>['entries'][number];

/** Something that Live shows. */
export interface Source<Value> {
  readonly ask: () => Promise<Value>;
  /** The events after which it may be different. */
  readonly kinds: readonly EventKind[];
  /** Who may ask for it; an admin may ask for all. */
  readonly roles: readonly Role[];
  /** Least time between two questions, in milliseconds, where that is longer than usual. */
  readonly restMs?: number;
}

/** What Live shows of the box, which has the last word on who may see what. */
export const sources = {
  calls: { ask: () => ask('GET', '/calls', {}), kinds: ['calls', 'monitors'], roles: ['read', 'council', 'moderator'] },
  monitors: { ask: () => ask('GET', '/monitors', {}), kinds: ['monitors'], roles: ['council', 'moderator', 'member'] },
  state: {
    ask: () => ask('GET', '/state', {}),
    kinds: ['lamps', 'registrations', 'licence', 'settings', 'calls', 'monitors'],
    roles: ['read', 'council', 'moderator'],
  },
  phones: { ask: () => ask('GET', '/registrations', {}), kinds: ['registrations'], roles: ['read'] },
  lines: { ask: () => ask('GET', '/lines', {}), kinds: ['registrations', 'settings'], roles: ['read'] },
  setUp: { ask: () => ask('GET', '/set-up', {}), kinds: ['settings', 'licence', 'registrations', 'calls'], roles: [] },
  licence: { ask: () => ask('GET', '/licence', {}), kinds: ['licence'], roles: ['read', 'council', 'moderator'] },
  records: {
    ask: () => latestCalls((from, after) => ask('GET', '/calls/records', { from, after }), Date.now()),
    kinds: ['calls'],
    roles: [],
    // The box reads the month's records from its disk for this.
    restMs: 5000,
  },
} as const satisfies Readonly<Record<string, Source<unknown>>>;

export type SourceName = keyof typeof sources;
