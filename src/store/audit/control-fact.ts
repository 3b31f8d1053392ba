import type { By } from '../users/access-fact.js';

/** What the audit record tells of somebody who ended a running call or monitor from outside it. */
export type ControlFact = By & {
  /** Why, in their own words; null where they said nothing. */
  readonly note: string | null;
} & (
    | { readonly type: 'callHungUp'; readonly call: number; readonly caller: string; readonly other: string }
    | {
        readonly type: 'monitorEnded';
        readonly session: number;
        readonly moderator: string;
        readonly member: string;
      }
  );
