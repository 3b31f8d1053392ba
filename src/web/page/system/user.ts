import type { OutputOf } from '../api/table.js';

/** Somebody who may sign in. */
export type User = OutputOf<'GET', '/users'>['entries'][number];
