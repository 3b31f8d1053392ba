import type { MonthsUse } from '../agreement/decision.js';
import type { ExtensionNumber, LegId, ProfileId } from '../primitives/ids.js';
import type { LocalTime, Profile } from './profile.js';
import type { DurableRecords, Quotas } from './records.js';

/**
 * A running call that has been counted, identified by the member's own leg, which stays the same through hold and transfer. It
 * need not survive a restart, because no call does.
 */
export interface CountedCall {
  readonly profile: ProfileId;
  readonly leg: LegId;
}

/** What decides about quotas. */
export interface QuotaUse {
  readonly records: DurableRecords;
  readonly countedCalls: readonly CountedCall[];
}

export interface MemberInCall {
  readonly member: ExtensionNumber;
  readonly memberParty: { readonly leg: LegId };
}

/**
 * Whether this call would exceed what may be monitored of the member in a month. What counts is the member's call: once, in the
 * month in which it is first monitored under the profile, however many moderators join it and however often.
 */
export function isQuotaUsedUp(use: QuotaUse, profile: Profile, target: MemberInCall, local: LocalTime): boolean {
  if (profile.quota === null || isCounted(use, profile.id, target)) return false;
  return quotaUsed(use.records.quotas, profile.id, target.member, local) >= profile.quota;
}

/** Counts the call unless it has been counted already. */
export function counted<Use extends QuotaUse>(
  use: Use,
  profile: ProfileId,
  target: MemberInCall,
  local: LocalTime,
): Use {
  if (isCounted(use, profile, target)) return use;
  const { records, countedCalls } = use;
  const quotas = withQuotaUse(records.quotas, profile, target.member, local);
  return {
    ...use,
    records: { ...records, quotas },
    countedCalls: [...countedCalls, { profile, leg: target.memberParty.leg }],
  };
}

const isCounted = ({ countedCalls }: QuotaUse, profile: ProfileId, { memberParty }: MemberInCall): boolean =>
  countedCalls.some((call) => call.profile === profile && call.leg === memberParty.leg);

/** Whether the call counts for the month already, under whatever profile. */
export const isCallCounted = ({ countedCalls }: QuotaUse, { memberParty }: MemberInCall): boolean =>
  countedCalls.some(({ leg }) => leg === memberParty.leg);

/** What was monitored in the current month under all profiles: a call that was heard under two of them counts for both. */
export function monthsUse(quotas: Quotas, member: ExtensionNumber, local: LocalTime): MonthsUse {
  const used = isNewMonth(quotas, local) ? [] : Object.entries(quotas.used).filter(([, calls]) => calls > 0);
  const members = new Set(used.map(([key]) => memberOf(key)));
  members.delete(member);
  const own = used.filter(([key]) => memberOf(key) === member);
  return { calls: own.reduce((sum, [, calls]) => sum + calls, 0), otherMembers: members.size };
}

const memberOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

const keyOf = (profile: ProfileId, member: ExtensionNumber): string => `${profile}/${member}`;

/** How many calls of the member were monitored in the current month. */
export function quotaUsed(quotas: Quotas, profile: ProfileId, member: ExtensionNumber, local: LocalTime): number {
  return isNewMonth(quotas, local) ? 0 : (quotas.used[keyOf(profile, member)] ?? 0);
}

/** A clock that went back, or was never set, starts no new month. */
const isNewMonth = (quotas: Quotas, local: LocalTime): boolean => quotas.month < local.month;

/** Counts one more monitored call; a new month starts at zero. */
export function withQuotaUse(quotas: Quotas, profile: ProfileId, member: ExtensionNumber, local: LocalTime): Quotas {
  const isNew = isNewMonth(quotas, local);
  const used = isNew ? {} : quotas.used;
  const key = keyOf(profile, member);
  return { month: isNew ? local.month : quotas.month, used: { ...used, [key]: (used[key] ?? 0) + 1 } };
}
