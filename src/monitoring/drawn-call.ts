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

/** A draw as long as its call goes on. No call survives a restart, so neither does this. */
export interface KeptDraw extends DrawnCall {
  readonly moderator: ExtensionNumber;
  readonly call: CallId;
  /** Of the dialogue in which it was drawn, as its entries have it. */
  readonly of: Pick<AuditFact, 'session' | 'caller'> & {
    readonly profile: ProfileId;
    readonly purpose: string;
  };
  /** What has become of it so far. */
  readonly course: DrawCourse;
}

type DrawCourse =
  /** The moderator has not heard the call. */
  | 'notHeard'
  | 'heard'
  /** The moderator has heard the call, and is not in it, by what they did themselves. */
  | 'left'
  /** The listening, or the wait to be let in, was ended by something else. */
  | 'barred'
  /** It has ended before its call, which is drawn for the moderator no more. */
  | 'over';
