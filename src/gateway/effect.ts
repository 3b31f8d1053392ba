import type { AuditFact, KeptState } from '../monitoring/records.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { CallNote } from '../switchboard/state.js';
import type { BoxState } from './box-state.js';

/** What follows from an event once, beside what is desired from then on. */
export type Effect =
  /** The log learns what became of a call. */
  | { readonly kind: 'note'; readonly note: CallNote }
  /** The audit record learns what became of a monitor. */
  | { readonly kind: 'record'; readonly fact: AuditFact }
  /** Whoever holds the button learns how the box is. */
  | { readonly kind: 'reportState'; readonly state: BoxState }
  | { readonly kind: 'resetAdminPassword' }
  /** This is to survive a restart. */
  | { readonly kind: 'keep'; readonly state: KeptState }
  | Signal;
