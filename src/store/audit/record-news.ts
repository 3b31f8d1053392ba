import type { AuditEntry } from './audit-entry.js';
import { auditPage } from './audit-page.js';

/** The number of the newest entry; 0 where there is none. */
export async function newestEntry(folder: string): Promise<number> {
  const { entries } = await auditPage(folder, { before: null, limit: 1, matches: () => true });
  return entries[0]?.seq ?? 0;
}

/** Whether the record may have such a fact that is newer than this entry. */
export async function tellsMore(
  folder: string,
  seen: number,
  matches: (fact: AuditEntry['fact']) => boolean,
): Promise<boolean> {
  const { entries } = await auditPage(folder, {
    ...{ before: null, limit: 1 },
    matches: ({ seq, fact }) => seq <= seen || matches(fact),
  });
  return (entries[0]?.seq ?? Infinity) > seen;
}
