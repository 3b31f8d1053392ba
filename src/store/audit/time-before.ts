import type { UnixTime } from '../../primitives/time.js';
import { auditPage } from './audit-page.js';

/** When the entry before this one was made; before all times where there is none. */
export async function timeBefore(folder: string, before: number): Promise<UnixTime> {
  const { entries } = await auditPage(folder, { before, limit: 1, matches: () => true });
  const [entry] = entries;
  return entry === undefined ? Number.NEGATIVE_INFINITY : Date.parse(entry.time);
}
