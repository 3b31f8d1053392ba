import { createHash } from 'node:crypto';
import type { AuditFact } from '../../monitoring/records.js';
import type { AgreementFact } from '../agreement/agreement-fact.js';
import type { EvaluationFact } from '../evaluations/evaluation-fact.js';
import type { SettingsFact } from '../settings/settings-fact.js';
import type { AccessFact, By } from '../users/access-fact.js';
import type { ControlFact } from './control-fact.js';
import type { HandlingFact } from './handling-fact.js';

/** What the box itself records in the audit record. */
export type BoxFact =
  /** `key` is the fingerprint of the key with which the box signs the record; absent from entries older than the key. */
  | { readonly type: 'boxStarted'; readonly version: string; readonly key?: string }
  | { readonly type: 'boxStopped' }
  | (By & { readonly type: 'restartOrdered'; readonly when: 'idle' | 'now' })
  /** `restores`: with it a restore that was ordered. */
  | (By & { readonly type: 'restartCalledOff'; readonly restores: boolean })
  /** An update of the system: it could not be installed, the box runs by it, or has gone back to the system before it. */
  | { readonly type: 'updateFailed' | 'updateInUse' | 'updateFellBack'; readonly version: string }
  /** The settings could not be used at the start: `instead` names what is in use, and monitoring is closed. */
  | { readonly type: 'settingsLost'; readonly instead: 'lastGood' | 'salvaged' }
  /** There are good settings again, and monitoring may go on. */
  | { readonly type: 'settingsFound' }
  /** Asked for by holding the button. `hadPassword`: there was one to reset. */
  | { readonly type: 'adminPasswordReset'; readonly hadPassword: boolean }
  /** A last line that was being written when the power went; it was never confirmed. Kept in `file`. */
  | { readonly type: 'tornTail'; readonly file: string; readonly bytes: number }
  /** The disk took no entries for a time: `late` of those before this one were written only now, `lost` could not be kept. */
  | { readonly type: 'recordResumed'; readonly since: string; readonly late: number; readonly lost: number }
  /** The record is not as it was left. It goes on after what is known to have been there, so that the gap stays to be seen. */
  | { readonly type: 'recordDamaged'; readonly problem: RecordProblem };

export type RecordProblem =
  | 'anchorMissing'
  | 'anchorUnreadable'
  | 'anchorForged'
  | 'keyMissing'
  | 'tailCut'
  | 'changed'
  /** Entries stand after the signed end that this box did not sign. */
  | 'foreignEntries'
  /** The record and its end are those of an earlier day. */
  | 'olderCopy';

export type RecordedFact =
  | AuditFact
  | AgreementFact
  | BoxFact
  | AccessFact
  | SettingsFact
  | ControlFact
  | HandlingFact
  | EvaluationFact;

/** `behind`: earlier than what the record had already. `notSet`: no time at all, as on a board without a battery. */
export type ClockDoubt = 'behind' | 'notSet';

/** When something happened, for the record. */
export interface Stamp {
  readonly time: string;
  readonly clock?: ClockDoubt;
  /** Hash of the works agreement in force then; absent where there was none. */
  readonly agreement?: string;
}

/** One line of the record. */
export interface AuditEntry {
  /** From 1, without gaps. */
  readonly seq: number;
  /** ISO 8601, UTC, with milliseconds. */
  readonly time: string;
  /** What was wrong with the clock: `time` is then the best that the box knew. */
  readonly clock?: ClockDoubt;
  /** Hash of the works agreement in force; absent where there was none. */
  readonly agreement?: string;
  /** Hash of the entry before; `firstHash` for the first. */
  readonly previous: string;
  readonly fact: Readonly<Record<string, unknown>>;
  /** SHA-256 in hex over the canonical JSON of all the others but the signature. */
  readonly hash: string;
  /**
   * The box's signature over the hash: it proves that an entry after the signed end is this box's own. Absent from entries of older
   * versions.
   */
  readonly signature?: string;
}

/** Where the confirmed part of the record ends. Kept in a file of its own, so that a cut-off tail is noticed. */
export interface Anchor {
  readonly count: number;
  readonly hash: string;
  readonly bytes: number;
  /** Rises each time, so that the newer of two is known. */
  readonly counter: number;
  /** Whether every entry after it is signed; older versions did not sign them. */
  readonly signsEntries: boolean;
  /** Number of the lockouts and quotas that are known to have been on disk by then: older ones put back are told by it. 0 for none. */
  readonly recordsSerial: number;
  /** The works agreement that is known to have been in force by then: an older one, or none, in its place is told by it. */
  readonly agreement: AgreementMark | null;
}

/** How far the works agreement of a box had come. */
export interface AgreementMark {
  /** Rises with each change of what is kept of it; 0 where only the hash is known. */
  readonly serial: number;
  readonly version: number;
  readonly hash: string;
}

/** Deeper than any fact is nested; deeper nesting could overflow the stack. */
const deepest = 8;

export const firstHash = '0'.repeat(64);
export const emptyAnchor: Anchor = {
  count: 0,
  hash: firstHash,
  bytes: 0,
  counter: 0,
  signsEntries: true,
  recordsSerial: 0,
  agreement: null,
};

/** @param sign Signs the hash; without it the entry has no signature. */
export function makeEntry(
  seq: number,
  { time, clock, agreement }: Stamp,
  previous: string,
  fact: RecordedFact,
  sign?: (hash: string) => string,
): AuditEntry {
  const content = {
    ...{ seq, time, previous, fact: { ...fact } },
    ...(clock === undefined ? {} : { clock }),
    ...(agreement === undefined ? {} : { agreement }),
  };
  const hash = contentHash(content);
  return { ...content, hash, ...(sign === undefined ? {} : { signature: sign(hash) }) };
}

/** Whether an entry's hash fits its content. */
export function isUnchanged({ hash, signature: _, ...content }: AuditEntry): boolean {
  return contentHash(content) === hash;
}

export function entryLine(entry: AuditEntry): string {
  return `${canonicalJson(entry)}\n`;
}

/** Reads one line, without its end; null if it is not an entry. */
export function parseEntry(line: string): AuditEntry | null {
  const value = parsed(line);
  if (!isRecord(value)) return null;
  const { seq, time, previous, fact, hash, clock, agreement, signature, ...unknown } = value;
  if (Object.keys(unknown).length > 0 || typeof seq !== 'number' || typeof time !== 'string') return null;
  if (typeof previous !== 'string' || typeof hash !== 'string' || !isRecord(fact) || !isShallow(fact, deepest))
    return null;
  const others = optionalParts({ clock, agreement, signature });
  return others && { seq, time, previous, fact, hash, ...others };
}

/** What an entry may have besides; null if one of them is not what it should be. */
function optionalParts({
  clock,
  agreement,
  signature,
}: Record<'clock' | 'agreement' | 'signature', unknown>): Pick<AuditEntry, 'clock' | 'agreement' | 'signature'> | null {
  if (clock !== undefined && !isDoubt(clock)) return null;
  if (agreement !== undefined && typeof agreement !== 'string') return null;
  if (signature !== undefined && typeof signature !== 'string') return null;
  return {
    ...(clock === undefined ? {} : { clock }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(signature === undefined ? {} : { signature }),
  };
}

/** Anchors from before the box's key have neither counter nor signature. */
export function parseAnchor(text: string): (Anchor & { readonly signature: string | null }) | null {
  const value = parsed(text);
  if (!isRecord(value)) return null;
  const { count, hash, bytes, counter = 0, signature = null, signsEntries = false, recordsSerial = 0 } = value;
  const { agreement = null } = value;
  if (!isCount(count) || typeof hash !== 'string' || !isCount(bytes) || !isCount(counter)) return null;
  if (typeof signsEntries !== 'boolean' || !isCount(recordsSerial)) return null;
  if (agreement !== null && !isMark(agreement)) return null;
  return signature === null || typeof signature === 'string'
    ? { count, hash, bytes, counter, signsEntries, recordsSerial, agreement, signature }
    : null;
}

/** What is signed of an anchor. Those of older versions say nothing of the entries after them, nor of what is kept beside the record. */
export function anchorText({ signsEntries, recordsSerial, agreement, ...older }: Anchor): string {
  return canonicalJson({
    ...older,
    ...(signsEntries ? { signsEntries } : {}),
    ...(recordsSerial > 0 ? { recordsSerial } : {}),
    ...(agreement === null ? {} : { agreement }),
  });
}

/** JSON in exactly one form: keys sorted, no spaces (RFC 8785 for the plain data that entries hold). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function contentHash(content: Omit<AuditEntry, 'hash' | 'signature'>): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

function isDoubt(value: unknown): value is ClockDoubt {
  return value === 'behind' || value === 'notSet';
}

function isMark(value: unknown): value is AgreementMark {
  if (!isRecord(value)) return false;
  const { serial, version, hash, ...others } = value;
  return isCount(serial) && isCount(version) && typeof hash === 'string' && Object.keys(others).length === 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
