import type { CallHandling } from '../../switchboard/handling/call-handling.js';
import type { By } from '../users/access-fact.js';

/** What is to happen with the calls of an extension from now on, and who has ordered it: by a code, the person at the extension. */
export type HandlingFact = (By | { readonly by: string; readonly byKind: 'telephone' }) & {
  readonly type: 'callHandlingChanged';
  readonly extension: string;
} & CallHandling;
