import type { ExtensionNumber } from '../primitives/ids.js';
import type { EvaluationRule } from './evaluation.js';

/** The two who sign. */
export const signers = ['employer', 'council'] as const;
export type Signer = (typeof signers)[number];

/** The two ends of a call that is listened to. */
export const sides = ['member', 'other'] as const;
export type Side = (typeof sides)[number];

/** What a moderator may do beyond listening. */
export const agreedModes = ['whisper', 'barge', 'takeOver'] as const;
export type AgreedMode = (typeof agreedModes)[number];

/** What a party hears when somebody begins to listen, from the less to the more explicit. */
export const noticeStarts = ['none', 'tone', 'announcement'] as const;

/** The least that a party is told, whatever a profile says. */
export interface NoticeFloor {
  readonly start: (typeof noticeStarts)[number];
  /** The longest time between two tones, in seconds; null where none has to follow. */
  readonly toneEvery: number | null;
}

/** Why somebody listens; a moderator names one by its key, before anything is heard. */
export interface Purpose {
  /** On the telephone, 1 to 9. */
  readonly digit: string;
  readonly id: string;
  /** For people to read. */
  readonly name: string;
  /** Whether the box draws whose call is listened to for it; absent where moderators choose. */
  readonly byDraw?: true | undefined;
}

/** Each of these may listen to each of those. Extensions, not groups: whom a group has is the admin's alone to change. */
export interface Listening {
  readonly moderators: readonly ExtensionNumber[];
  readonly members: readonly ExtensionNumber[];
}

/** Members are listened to only in periods that were announced to them. */
export interface PeriodRule {
  /** So many days lie between the announcement and the beginning. */
  readonly daysAhead: number;
  /** So many days a period lasts at most. */
  readonly mostDays: number;
  /** So many days lie between two periods of the same member. */
  readonly gapDays: number;
}

export interface AgreedQuota {
  /** Calls of one member that are listened to in a calendar month; null for any number. */
  readonly callsPerMember: number | null;
  /** Members who are listened to in a calendar month; null for any number. */
  readonly membersPerMonth: number | null;
}

/**
 * What employer and works council have agreed on, as they sign it. It stands above every profile: what it does not allow, no setting
 * allows.
 */
export interface AgreementDocument {
  readonly format: 'modcall-agreement-1';
  /** From 1; each document that replaces another has the next number. */
  readonly version: number;
  /** Hash of the document that this one replaces; null for the first. */
  readonly previous: string | null;
  /** Public keys (Ed25519, in hexadecimal digits) of those who have to sign what replaces this document. */
  readonly signers: Readonly<Record<Signer, string>>;
  readonly purposes: readonly Purpose[];
  readonly listening: readonly Listening[];
  readonly notice: Readonly<Record<Side, NoticeFloor>>;
  readonly modes: readonly AgreedMode[];
  /** Null where nothing has to be announced. */
  readonly periods: PeriodRule | null;
  /** Whether everybody who speaks from one of our extensions lets the moderator in before anything of the call is heard. */
  readonly admission: boolean;
  readonly quota: AgreedQuota;
  /** Whether members may make calls that nobody can listen to. */
  readonly privateCalls: boolean;
  /** For how many days at most calls may be recorded and kept; null where nothing may be recorded. */
  readonly recordingDays: number | null;
  /** What holds for sheets about what was heard; absent where there are none. */
  readonly evaluation?: EvaluationRule | undefined;
}

/** The document that is in force, or was. */
export interface Agreement {
  readonly document: AgreementDocument;
  /** SHA-256 of its canonical form, in hexadecimal digits: what people compare, and what every entry of the record names. */
  readonly hash: string;
}
