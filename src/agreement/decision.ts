import type { ExtensionNumber } from '../primitives/ids.js';
import type { UnixTime } from '../primitives/time.js';
import { type Block, isBlocked } from './blocks.js';
import type { AgreementDocument } from './document.js';
import { isAnnounced, type Period } from './periods.js';

/** An agreement as it is asked: what is signed, and what was announced under it. */
export interface AgreementInForce {
  readonly hash: string;
  readonly document: AgreementDocument;
  readonly periods: readonly Period[];
  /** Who may not listen to whom now; absent where nobody was blocked. */
  readonly blocks?: readonly Block[];
}

/** Why two may not be moderator and member, whatever it is for. */
export type PairRefusal =
  | 'notAgreed'
  | 'outsidePeriod'
  /** No talk was noted about a sheet on the member. */
  | 'talkMissing';

/** Why the agreement does not let somebody listen to a member. */
export type AgreementBarrier =
  | PairRefusal
  | 'noPurpose'
  /** For this purpose the box draws, and it has not drawn this call. */
  | 'drawOnly';

/** Why it does not let them begin. */
export type AgreedQuotaRefusal = 'agreedCallsUsedUp' | 'agreedMembersUsedUp';

export interface Pair {
  readonly moderator: ExtensionNumber;
  readonly member: ExtensionNumber;
  /** Whether it is the member who has asked for it, and so needs no announcement. */
  readonly isWished?: boolean;
}

/** Whether these two may be moderator and member at this time at all; undefined means yes. @param time Null while the clock cannot be trusted. */
export function pairRefusal(
  agreement: AgreementInForce,
  { moderator, member, isWished = false }: Pair,
  time: UnixTime | null,
): PairRefusal | undefined {
  const { document } = agreement;
  const isAgreed = document.listening.some(
    ({ moderators, members }) => moderators.includes(moderator) && members.includes(member),
  );
  if (!isAgreed) return 'notAgreed';
  if (isWished) return undefined;
  if (isBlocked(agreement.blocks ?? [], { moderator, member })) return 'talkMissing';
  if (document.periods === null) return undefined;
  return isInPeriod(agreement, member, time) ? undefined : 'outsidePeriod';
}

/** Whether a period of the member runs that was announced in time. @param time Null while the clock cannot be trusted. */
export const isInPeriod = (
  { document, periods }: AgreementInForce,
  member: ExtensionNumber,
  time: UnixTime | null,
): boolean => document.periods !== null && time !== null && isAnnounced(document.periods, periods, member, time);

/** The purpose that a key or a name stands for; undefined where it stands for none. */
export const purposeBy = ({ document }: AgreementInForce, named: string): string | undefined =>
  document.purposes.find(({ digit, id }) => digit === named || id === named)?.id;

/** Whether this purpose is one of those agreed on; undefined means yes. */
export const purposeRefusal = ({ document }: AgreementInForce, purpose: string | null): 'noPurpose' | undefined =>
  document.purposes.some(({ id }) => id === purpose) ? undefined : 'noPurpose';

/** Whether the box draws whose call is listened to for this purpose. */
export const isByDraw = ({ document }: AgreementInForce, purpose: string | null): boolean =>
  document.purposes.some(({ id, byDraw }) => id === purpose && byDraw === true);

/** What has been listened to in the present month. */
export interface MonthsUse {
  /** Calls of the member in question. */
  readonly calls: number;
  /** Members who were listened to, that one left out. */
  readonly otherMembers: number;
}

/** Whether one more call of a member may be listened to this month; undefined means yes. */
export function agreedQuotaRefusal(
  { document: { quota } }: AgreementInForce,
  { calls, otherMembers }: MonthsUse,
): AgreedQuotaRefusal | undefined {
  if (quota.callsPerMember !== null && calls >= quota.callsPerMember) return 'agreedCallsUsedUp';
  const isNew = calls === 0;
  return isNew && quota.membersPerMonth !== null && otherMembers >= quota.membersPerMonth
    ? 'agreedMembersUsedUp'
    : undefined;
}
