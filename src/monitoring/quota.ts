import type { ExtensionNumber, ProfileId } from '../switchboard/ids.js';
import type { LocalTime } from './profile.js';
import type { Quotas } from './records.js';

const keyOf = (profile: ProfileId, member: ExtensionNumber): string => `${profile}/${member}`;

/** How many calls of the member were monitored in the current month. */
export function quotaUsed(quotas: Quotas, profile: ProfileId, member: ExtensionNumber, local: LocalTime): number {
  return quotas.month === local.month ? (quotas.used[keyOf(profile, member)] ?? 0) : 0;
}

/** Counts one more monitored call; a new month starts at nought. */
export function withQuotaUse(quotas: Quotas, profile: ProfileId, member: ExtensionNumber, local: LocalTime): Quotas {
  const used = quotas.month === local.month ? quotas.used : {};
  const key = keyOf(profile, member);
  return { month: local.month, used: { ...used, [key]: (used[key] ?? 0) + 1 } };
}
