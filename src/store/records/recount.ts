import type { Quotas } from '../../monitoring/records.js';
import { monthOf } from '../../primitives/calendar.js';
import { auditEntries } from '../audit/audit-verify.js';

/** More than a month of a busy office: a start must not take forever. */
const mostBytes = 64 * 1024 * 1024;

/** Counts from the audit record the calls that were monitored in the latest month that had any. */
export async function recountedQuotas(folder: string): Promise<Quotas> {
  let month = '';
  let starts = 0;
  let counted = new Set<string>();
  let used: Record<string, number> = {};
  for await (const { time, fact } of auditEntries(folder, mostBytes)) {
    // The serial numbers of calls start over at each start of the box.
    if (fact.type === 'boxStarted') starts += 1;
    // What a member has asked for counts for no quota.
    if (fact.type !== 'started' || fact.wished === true) continue;
    const present = monthOf(Date.parse(time));
    if (present > month) [month, counted, used] = [present, new Set(), {}];
    const key = `${fact.profile}/${fact.member}`;
    const call = `${key} ${starts} ${fact.call}`;
    if (!counted.has(call)) used[key] = (used[key] ?? 0) + 1;
    counted.add(call);
  }
  return { month, used };
}
