import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';
import { timeBefore } from './time-before.js';

/** A call to which a moderator has listened, once that is over. */
export interface WatchedCall {
  readonly session: number;
  readonly call: number;
  readonly member: string;
  readonly ended: UnixTime;
  readonly purpose: string | null;
  /** The entry with which it began. */
  readonly began: number;
}

const entriesAtOnce = 500;
/** So many parts of the record are read, however few entries there are of the moderator. */
const mostParts = 10;

/**
 * The calls about which a moderator may still make a sheet, the latest first: those that ended since then, of which there was none yet, each once,
 * however often the moderator has dialled in to it. What a member has asked for, or has ended, is never judged: nobody shall fear to ask for help,
 * or to stop somebody. So a call is only among them where its beginning was read, too.
 */
export async function watchedCalls(
  folder: string,
  moderator: ExtensionNumber,
  since: UnixTime,
): Promise<readonly WatchedCall[]> {
  const ended = new Map<string, AuditEntry>();
  const began = new Map<string, number>();
  const barred = new Set<string>();
  for await (const entry of entriesOf(folder, moderator, since)) {
    const key = keyOf(entry.fact);
    if (isBarring(entry.fact)) barred.add(key);
    if (entry.fact.type === 'ended' && !ended.has(key)) ended.set(key, entry);
    if (entry.fact.type === 'started') began.set(watchOf(entry.fact), entry.seq);
  }
  return [...ended].flatMap(([key, entry]) => {
    const first = began.get(watchOf(entry.fact));
    const isOld = Date.parse(entry.time) < since;
    return first === undefined || isOld || barred.has(key) ? [] : [callIn(entry, first)];
  });
}

/** Entries about sessions of a moderator, the latest first, until they are too old. */
async function* entriesOf(folder: string, moderator: ExtensionNumber, since: UnixTime): AsyncGenerator<AuditEntry> {
  const matches = ({ fact }: AuditEntry) => fact.moderator === moderator && typeof fact.session === 'number';
  let next: number | null = null;
  for (let part = 0; part < mostParts; part++) {
    const page = await auditPage(folder, { before: next, limit: entriesAtOnce, mentions: moderator, matches });
    yield* page.entries;
    next = page.next;
    if (next === null || (await isPast(folder, next, since))) return;
  }
}

const isBarring = ({ type, wished, reason }: AuditEntry['fact']): boolean =>
  type === 'sheetMade' || (type === 'started' && wished === true) || (type === 'ended' && reason === 'endedByMember');

/** What is judged: a call of a member, in whichever session. */
const keyOf = ({ call, member }: AuditEntry['fact']): string => `${call}/${member}`;

const watchOf = ({ session, call, member }: AuditEntry['fact']): string => `${session}/${call}/${member}`;

/** Whether what stands before this entry is too old; a whole day more, since a monitor may have begun long before its end. */
const isPast = async (folder: string, before: number, since: UnixTime): Promise<boolean> =>
  (await timeBefore(folder, before)) < since - 24 * 3_600_000;

const callIn = ({ time, fact: { session, call, member, purpose } }: AuditEntry, began: number): WatchedCall => ({
  ...{ session: Number(session), call: Number(call), member: String(member), ended: Date.parse(time), began },
  purpose: purpose === undefined ? null : String(purpose),
});
