import type { CallId, ExtensionNumber, LegId, ProfileId } from '../primitives/ids.js';
import type { AuditFact } from './records.js';

/** The result of a draw. */
export interface Draw {
  /** Number of the entry of the record that has the candidates. */
  readonly draw: number;
  /** From 0. */
  readonly index: number;
}

/** A call of a member that the box has drawn. As with quotas it is identified by the member's own leg, which stays the same to its end. */
export interface DrawnCall {
  /** Number of the entry of the record by which it was drawn. */
  readonly draw: number;
  readonly member: ExtensionNumber;
  readonly leg: LegId;
}

/** A draw that stands: its call goes on, and as long as it does the moderator gets no other by a draw. No call survives a restart, so neither does this. */
export interface StandingDraw extends DrawnCall {
  readonly moderator: ExtensionNumber;
  readonly call: CallId;
  /** Of the dialogue in which it was drawn, as its entries have it. */
  readonly of: Pick<AuditFact, 'session' | 'caller'> & {
    readonly profile: ProfileId;
    readonly purpose: string;
  };
  /** Whether the moderator is not in the call, by what they did themselves. */
  readonly isLeft: boolean;
}
