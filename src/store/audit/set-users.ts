import { nameKey } from '../../primitives/user-name.js';
import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';

/** When users were last set up or changed, by the numbers of entries: before that, each may have had another extension, or none. */
export interface SetUsers {
  /** Whether this user, by the key of their name, is as they were at this entry. */
  isSameSince(user: string, entry: number): boolean;
}

/** Users of a backup are who they were when it was made. */
const changes = ['userSet', 'backupRestored'] as const;

export const isUsersChange = ({ type }: AuditEntry['fact']): boolean => changes.some((each) => each === type);

/** Reads who was set since then; the record does not say which extension they had before, so any change counts. */
export async function setUsers(folder: string, since: number): Promise<SetUsers> {
  const set = await entriesOf(folder, 'userSet', since);
  const restored = await entriesOf(folder, 'backupRestored', since);
  const latest = new Map<string, number>();
  for (const { seq, fact } of set.entries.toReversed()) latest.set(nameKey(String(fact.user)), seq);
  const known = Math.max(set.from, restored.from, restored.entries[0]?.seq ?? 0);
  return { isSameSince: (user, entry) => entry >= known && entry > (latest.get(user) ?? 0) };
}

/** Entries of this kind that are newer than this one, the newest first, and from which on all of them are known. */
async function entriesOf(folder: string, type: (typeof changes)[number], since: number) {
  const entries: AuditEntry[] = [];
  let before: number | null = null;
  for (let part = 0; part < mostParts; part++) {
    const query = { before, limit: entriesAtOnce, mentions: type };
    const page = await auditPage(folder, { ...query, matches: ({ fact }) => fact.type === type });
    for (const entry of page.entries) entries.push(entry);
    before = page.next;
    if (before === null || before <= since) return { entries, from: 0 };
  }
  return { entries, from: before ?? 0 };
}

const entriesAtOnce = 500;
/** As many as are read of a moderator's sessions. */
const mostParts = 10;
