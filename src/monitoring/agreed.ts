import {
  type AgreedQuotaRefusal,
  type AgreementInForce,
  agreedQuotaRefusal,
  isByDraw,
  type PairRefusal,
  pairRefusal,
  purposeRefusal,
} from '../agreement/decision.js';
import type { NoticeFloor, Side } from '../agreement/document.js';
import type { ExtensionNumber } from '../primitives/ids.js';
import type { LocalTime, MonitoringPolicy, Notice, Profile } from './profile.js';
import { isCallCounted, type MemberInCall, monthsUse, type QuotaUse } from './quota.js';

/** What stands above every profile as it is now. */
interface Agreed {
  readonly policy: Pick<MonitoringPolicy, 'agreement'>;
  readonly local: LocalTime;
}

/** The rules under an agreement: no profile allows more than that does. */
export function underAgreement(policy: MonitoringPolicy, agreement: AgreementInForce | null): MonitoringPolicy {
  if (agreement === null) return { ...policy, agreement };
  const { modes, admission } = agreement.document;
  const agreed = new Set(modes);
  const profiles = [...policy.profiles].map(([id, profile]): [Profile['id'], Profile] => {
    const interventions = new Set([...profile.interventions].filter((intervention) => agreed.has(intervention)));
    return [id, { ...profile, interventions, admission: admission || profile.admission }];
  });
  return { ...policy, agreement, profiles: new Map(profiles) };
}

/**
 * Whether the agreement lets this moderator listen to all of these now, whatever the profiles say; undefined means yes. Everybody who speaks
 * from one of our extensions counts, whichever end of the call is the member.
 * @param wishing The member who has asked for the moderator, if one has.
 */
export function agreementRefusal(
  { policy: { agreement }, local }: Agreed,
  moderator: ExtensionNumber,
  heard: readonly ExtensionNumber[],
  wishing: ExtensionNumber | null = null,
): PairRefusal | undefined {
  if (agreement === null) return undefined;
  for (const member of heard) {
    const refusal = pairRefusal(agreement, { moderator, member, isWished: member === wishing }, local.time);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Whether the session has a purpose, where one is needed; undefined means yes. That a member has asked for help is what it is for. */
export const sessionsPurposeRefusal = (
  { policy: { agreement } }: Pick<Agreed, 'policy'>,
  { purpose, helps }: { readonly purpose: string | null; readonly helps: object | null },
): 'noPurpose' | undefined => (agreement === null || helps !== null ? undefined : purposeRefusal(agreement, purpose));

/** Whether the box draws what is listened to in the session. What a member has asked for is not drawn. */
export const goesByDraw = (
  { policy: { agreement } }: Pick<Agreed, 'policy'>,
  { purpose, helps }: { readonly purpose: string | null; readonly helps: object | null },
): boolean => agreement !== null && helps === null && isByDraw(agreement, purpose);

/** Whether one more call of the member may be listened to this month; undefined means yes. One that has been counted already may. */
export function monthsRefusal(
  { policy: { agreement }, local }: Agreed,
  use: QuotaUse,
  target: MemberInCall,
): AgreedQuotaRefusal | undefined {
  if (agreement === null || isCallCounted(use, target)) return undefined;
  return agreedQuotaRefusal(agreement, monthsUse(use.records.quotas, target.member, local));
}

/** Whether it is the agreement that forbids an intervention, rather than the profile. */
export const isNotAgreed = (
  { agreement }: Pick<MonitoringPolicy, 'agreement'>,
  intervention: 'whisper' | 'barge' | 'takeOver',
): boolean => agreement !== null && !agreement.document.modes.includes(intervention);

/** All notices that a party has to get: that of the profile, and those that are agreed on. */
export const owedNotices = (
  { agreement }: Pick<MonitoringPolicy, 'agreement'>,
  { notice }: Profile,
  side: Side,
): readonly Notice[] => [...(agreement === null ? [] : floorNotices(agreement.document.notice[side])), notice[side]];

function floorNotices({ start, toneEvery }: NoticeFloor): readonly Notice[] {
  return [
    ...(start === 'none' ? [] : [{ kind: start === 'tone' ? 'toneAtStart' : 'announcement' } as const]),
    ...(toneEvery === null ? [] : [{ kind: 'toneEvery', seconds: toneEvery } as const]),
  ];
}
