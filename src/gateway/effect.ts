import type { AuditFact, KeptState } from '../monitoring/records.js';
import type { Handlings } from '../switchboard/handling/call-handling.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { CallNote } from '../switchboard/state.js';
import type { BoxState } from './box-state.js';

/** What an event causes once, apart from what is desired from then on. */
export type Effect =
  /** For the log: how a call goes. */
  | { readonly kind: 'note'; readonly note: CallNote }
  /** For the audit record: how a monitor goes. */
  | { readonly kind: 'record'; readonly fact: AuditFact }
  /** Tells whoever holds the button how the box is. */
  | { readonly kind: 'reportState'; readonly state: BoxState }
  | { readonly kind: 'resetAdminPassword' }
  /** Saves what must survive a restart. */
  | { readonly kind: 'keep'; readonly state: KeptState }
  /** The same for what people want to happen with their calls. */
  | { readonly kind: 'keepHandlings'; readonly handlings: Handlings }
  | Signal;
