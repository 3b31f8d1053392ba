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
  const matches = ({ fact }: AuditEntry) => fact.moderator === moderator && typeof fact.session === 'number';
  let next: number | null = null;
  for (let part = 0; part < mostParts; part++) {
    const page = await auditPage(folder, { before: next, limit: entriesAtOnce, mentions: moderator, matches });
    for (const entry of page.entries) {
      if (isBarring(entry.fact)) barred.add(keyOf(entry.fact));
      if (entry.fact.type === 'ended' && !found.has(keyOf(entry.fact))) found.set(keyOf(entry.fact), callIn(entry));
    }
    next = page.next;
    if (next === null || isBefore(page.entries.at(-1), since)) break;
  }
  return [...found].flatMap(([key, call]) => (barred.has(key) || call.ended < since ? [] : [call]));
}

const isBarring = ({ type, wished, reason }: AuditEntry['fact']): boolean =>
  type === 'sheetMade' || (type === 'started' && wished === true) || (type === 'ended' && reason === 'endedByMember');

const keyOf = ({ session, call }: AuditEntry['fact']): string => `${session}/${call}`;

/** A whole day more, since a monitor may have begun before it. */
const isBefore = (entry: AuditEntry | undefined, since: UnixTime): boolean =>
  entry !== undefined && Date.parse(entry.time) < since - 24 * 3_600_000;

const callIn = ({ time, fact: { session, call, member, purpose } }: AuditEntry): WatchedCall => ({
  ...{ session: Number(session), call: Number(call), member: String(member), ended: Date.parse(time) },
  purpose: purpose === undefined ? null : String(purpose),
});
