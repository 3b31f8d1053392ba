import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';

/** A call to which a moderator has listened, once that is over. */
export interface WatchedCall {
  readonly session: number;
  readonly call: number;
  readonly member: string;
  readonly ended: UnixTime;
  readonly purpose: string | null;
}

const entriesAtOnce = 500;
/** So many parts of the record are read, however few entries there are of the moderator. */
const mostParts = 10;

/**
 * The calls about which a moderator may still make a sheet, the latest first: those that ended since then, of which there was none yet. What a
 * member has asked for, or has ended, is never judged: nobody shall fear to ask for help, or to stop somebody.
 */
export async function watchedCalls(
  folder: string,
  moderator: ExtensionNumber,
  since: UnixTime,
): Promise<readonly WatchedCall[]> {
  const found = new Map<string, WatchedCall>();
  const barred = new Set<string>();
  for await (const entry of entriesOf(folder, moderator, since)) {
    const key = keyOf(entry.fact);
    if (isBarring(entry.fact)) barred.add(key);
    if (entry.fact.type === 'ended' && !found.has(key)) found.set(key, callIn(entry));
  }
  return [...found].flatMap(([key, call]) => (barred.has(key) || call.ended < since ? [] : [call]));
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

const keyOf = ({ session, call }: AuditEntry['fact']): string => `${session}/${call}`;

/** Whether what stands before this entry is too old; a whole day more, since a monitor may have begun long before its end. */
async function isPast(folder: string, before: number, since: UnixTime): Promise<boolean> {
  const { entries } = await auditPage(folder, { before, limit: 1, matches: () => true });
  return entries.every(({ time }) => Date.parse(time) < since - 24 * 3_600_000);
}

const callIn = ({ time, fact: { session, call, member, purpose } }: AuditEntry): WatchedCall => ({
  ...{ session: Number(session), call: Number(call), member: String(member), ended: Date.parse(time) },
  purpose: purpose === undefined ? null : String(purpose),
});
