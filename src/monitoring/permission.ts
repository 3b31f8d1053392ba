import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { isEmergencyCall } from '../switchboard/emergency-call.js';
import { isKnowable, reaches } from '../switchboard/numbering.js';
import type { Party, TalkingCall } from '../switchboard/state.js';
import { otherParty, parties } from '../switchboard/state.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { agreementRefusal, goesByDraw, monthsRefusal, sessionsPurposeRefusal } from './agreed.js';
import { encryptionRefusal } from './encryption.js';
import type { LocalTime, MonitoringPolicy, Profile, TimeWindow } from './profile.js';
import type { QuotaUse } from './quota.js';
import { isQuotaUsedUp } from './quota.js';
import type { Barrier, Closure, ProfileClosure, RefusalReason } from './records.js';
import { type Help, type Session, type SessionContext, wishingIn } from './session.js';

/** A call of a member, seen from the member's side. */
export interface Target {
  readonly call: TalkingCall;
  readonly member: ExtensionNumber;
  readonly memberParty: Party;
  readonly other: Party;
}

/**
 * Whether a monitor may begin at this moment; checked at every start, including the next call
 * that is stepped to or followed into. Undefined means yes.
 */
export function startRefusal(
  { closures, local }: SessionContext,
  { profile }: Session,
): Closure | ProfileClosure | undefined {
  return [...closures][0] ?? profileRefusal(profile, local);
}

/** Whether the profile is open at all; undefined means yes. */
export function profileRefusal(profile: Profile, local: LocalTime): ProfileClosure | undefined {
  if (!profile.enabled) return 'profileOff';
  const open = profile.windows.length === 0 || profile.windows.some((window) => isWithin(window, local));
  return open ? undefined : 'outsideHours';
}

function isWithin(window: TimeWindow, local: LocalTime): boolean {
  return window.weekdays.includes(local.weekday) && local.minute >= window.from && local.minute < window.to;
}

/** Whether this person may moderate in the profile at all. */
export function moderatorRefusal(
  policy: MonitoringPolicy,
  profile: Profile,
  moderator: ExtensionNumber,
): Barrier | undefined {
  const isModerator = policy.persons.has(moderator) && policy.groups.get(profile.moderators)?.includes(moderator);
  return isModerator ? undefined : 'notModerator';
}

/** Whether the PIN by which the moderator is known is still theirs. */
export const pinRefusal = (
  { persons }: MonitoringPolicy,
  moderator: ExtensionNumber,
  pinMark: string | null,
): Barrier | undefined => (persons.get(moderator)?.pinMark === pinMark ? undefined : 'pinChanged');

/** Whether calls of this member may be monitored at all, apart from the call at hand. Whoever asks for it agrees to it. */
export function memberRefusal(
  policy: MonitoringPolicy,
  profile: Profile,
  member: ExtensionNumber,
  wishing: ExtensionNumber | null = null,
): Barrier | undefined {
  const person = policy.persons.get(member);
  if (!person) return 'noSuchMember';
  if (!policy.groups.get(profile.members)?.includes(member)) return 'notInGroup';
  if (policy.exclusions.extensions.has(member)) return 'excluded';
  return person.consents || member === wishing ? undefined : 'noConsent';
}

/** Whether this moderator may join this call now: for a purpose by draw only the one that was drawn; undefined means yes. */
export const targetRefusal = (
  context: SessionContext,
  use: QuotaUse,
  session: Session,
  moderator: ExtensionNumber,
  target: Target,
): RefusalReason | undefined =>
  undrawnRefusal(context, session, target) ?? listeningRefusal(context, use, session, moderator, target);

/** Whether the box draws for this purpose, and has not drawn this call; undefined means no. */
export const undrawnRefusal = (
  context: Pick<SessionContext, 'policy'>,
  session: Session,
  { member, memberParty }: Pick<Target, 'member' | 'memberParty'>,
): 'drawOnly' | undefined =>
  goesByDraw(context, session) && session.drawn?.leg !== memberParty.leg
    ? 'drawOnly'
    : undrawnMemberRefusal(context, session, member);

/** Whether the box draws for this purpose, and has drawn no call of this member. */
export const undrawnMemberRefusal = (
  context: Pick<SessionContext, 'policy'>,
  session: Session,
  member: ExtensionNumber,
): 'drawOnly' | undefined =>
  goesByDraw(context, session) && session.drawn?.member !== member ? 'drawOnly' : undefined;

/** The same wherever it is drawn or chosen; the session's own present monitor does not count against the limits. */
export function listeningRefusal(
  context: SessionContext,
  use: QuotaUse,
  session: Session,
  moderator: ExtensionNumber,
  target: Target,
): RefusalReason | undefined {
  const { policy } = context;
  if (session.helps && !isHelped(session.helps, target)) return 'noOtherCall';
  const wishing = wishingIn(session);
  return (
    agreementRefusal(context, moderator, extensionsIn(target.call), wishing) ??
    sessionsPurposeRefusal(context, session) ??
    memberRefusal(policy, session.profile, target.member, wishing) ??
    callRefusal(policy, moderator, target.call, wishing) ??
    encryptionRefusal(context, session, target.call) ??
    (wishing === null ? quotasRefusal(context, use, session, target) : undefined) ??
    limitReached(context, session, target.call)
  );
}

/** Whether it is the call in which the member has asked for a moderator. */
export const isHelped = (
  { call, leg, otherLeg }: Pick<Help, 'call' | 'leg' | 'otherLeg'>,
  target: Pick<Target, 'call' | 'memberParty' | 'other'>,
): boolean => target.call.id === call && target.memberParty.leg === leg && target.other.leg === otherLeg;

function quotasRefusal(
  context: SessionContext,
  use: QuotaUse,
  { profile }: Session,
  target: Target,
): RefusalReason | undefined {
  const months = monthsRefusal(context, use, target);
  if (months) return months;
  return isQuotaUsedUp(use, profile, target, context.local) ? 'quotaUsedUp' : undefined;
}

/** Whether some profile would let this moderator listen to the call now, limits and quotas aside. */
export function couldListen(
  { policy, closures }: { readonly policy: MonitoringPolicy; readonly closures: ReadonlySet<Closure> },
  local: LocalTime,
  moderator: ExtensionNumber,
  call: TalkingCall,
): boolean {
  if (closures.size > 0 || agreementRefusal({ policy, local }, moderator, extensionsIn(call))) return false;
  if (callRefusal(policy, moderator, call)) return false;
  return [...policy.profiles.values()].some(
    (profile) =>
      !profileRefusal(profile, local) &&
      !moderatorRefusal(policy, profile, moderator) &&
      groupTargets(policy, profile, [call]).some(({ member }) => !memberRefusal(policy, profile, member)),
  );
}

/** Both ends count: anybody who speaks from one of our extensions must have agreed, member or not, or asked for it. */
export function callRefusal(
  policy: MonitoringPolicy,
  moderator: ExtensionNumber,
  call: TalkingCall,
  wishing: ExtensionNumber | null = null,
): Barrier | undefined {
  if (parties(call).some(({ isConfidential }) => isConfidential === true)) return 'privateCall';
  if (isCallExcluded(policy, call)) return 'excluded';
  const extensions = extensionsIn(call);
  if (extensions.includes(moderator)) return 'ownCall';
  const hasAgreed = (extension: ExtensionNumber) =>
    extension === wishing || policy.persons.get(extension)?.consents === true;
  return extensions.every(hasAgreed) ? undefined : 'noConsent';
}

/** Those of our extensions that speak in the call. */
export const extensionsIn = (call: TalkingCall): readonly ExtensionNumber[] =>
  parties(call).flatMap((party) => extensionOf(party) ?? []);

/** Whether this call is off limits because of what it is or who is in it. */
function isCallExcluded(policy: MonitoringPolicy, call: TalkingCall): boolean {
  return isEmergencyCall(policy.country, call) || parties(call).some((party) => isExcluded(policy, party));
}

/**
 * A party that could be an excluded one counts as excluded. Our extensions are identified by their account; an outside caller without a
 * readable number may be anybody, even an employee on another telephone.
 */
export function isExcluded({ exclusions, country }: MonitoringPolicy, party: Party): boolean {
  const { extensions, numbers } = exclusions;
  const extension = extensionOf(party);
  if (extension !== undefined) return extensions.has(extension);
  const known = party.known.filter((number) => isKnowable(country, number));
  if (known.length === 0 || party.isUnread === true) return extensions.size > 0 || numbers.length > 0;
  return numbers.some((number) => known.some((each) => reaches(country, each, number)));
}

function limitReached(
  { policy, sessions }: SessionContext,
  own: Session,
  call: TalkingCall,
): RefusalReason | undefined {
  const running = [...sessions.values()].flatMap(({ leg, stage }) =>
    leg !== own.leg && stage.kind === 'monitoring' ? [stage.monitor.target] : [],
  );
  if (running.length >= policy.limits.total) return 'boxLimit';
  const here = running.filter((target) => target.kind !== 'waiting' && target.call === call.id);
  return here.length >= policy.limits.perCall ? 'callLimit' : undefined;
}

/** The extension a party speaks from; undefined for outside parties. */
export function extensionOf(party: Party): ExtensionNumber | undefined {
  return party.line.kind === 'extension' ? party.line.number : undefined;
}

/** The call from the side of `member`; undefined when that extension is not in it. */
export function targetIn(call: TalkingCall, member: ExtensionNumber): Target | undefined {
  const memberParty = parties(call).find((party) => extensionOf(party) === member);
  const other = memberParty && otherParty(call, memberParty.leg);
  return memberParty && other ? { call, member, memberParty, other } : undefined;
}

/** The call that the member is in on this leg; undefined when there is none. */
export function targetOn(calls: TalkingCalls, member: ExtensionNumber, leg: LegId): Target | undefined {
  const call = calls.byLeg.get(leg);
  const target = call && targetIn(call, member);
  return target?.memberParty.leg === leg ? target : undefined;
}

/** The given calls of the profile's members in their order; one between two members is seen from the caller's side, then from the other. */
export function groupTargets(
  policy: MonitoringPolicy,
  profile: Profile,
  calls: readonly TalkingCall[],
): readonly Target[] {
  const members = policy.groups.get(profile.members) ?? [];
  return calls.flatMap((call) =>
    parties(call)
      .flatMap((party) => extensionOf(party) ?? [])
      .filter((extension) => members.includes(extension))
      .flatMap((member) => targetIn(call, member) ?? []),
  );
}
