import type { ExtensionNumber, LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Playback } from '../switchboard/audio.js';
import { canHear } from '../switchboard/state.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { joinCall } from './admission.js';
import { isNotAgreed } from './agreed.js';
import { dismissed, isCalledAlready, isLockedOut, refused, ringMs } from './dialogue.js';
import type { HelpAskedEvent } from './monitoring-event.js';
import {
  after,
  contextIn,
  type MonitoringContext,
  type MonitoringOutcome,
  onEverySession,
  onSession,
  unchanged,
} from './on-session.js';
import {
  isHelped,
  moderatorRefusal,
  startRefusal,
  type Target,
  targetIn,
  targetOn,
  targetRefusal,
} from './permission.js';
import type { Mode, MonitoringPolicy, Profile } from './profile.js';
import type { RefusalReason } from './records.js';
import {
  type Draft,
  type Help,
  type Helper,
  isCalledForHelp,
  noted,
  parting,
  type Session,
  type SessionContext,
  staged,
} from './session.js';
import { nobodyHelpedSpeech, prompt, refusalSpeech } from './speech.js';
import { type BegunSession, beginSession, type MonitoringState, newSession } from './state.js';
import { helpEnded, newMonitor, stopWatching, watchedBy } from './watching.js';

/** Who could be called, if the rules allow it. */
export type PossibleHelper = Pick<Helper, 'leg' | 'phones'>;

/** Why nobody is called for a member, as far as the member may know: not, for instance, that somebody listens already. */
export type HelpRefusal =
  | 'noCall'
  | 'alreadyAsked'
  | 'excluded'
  | 'privateCall'
  /** A colleague in the call has not agreed to be listened to, or not at this time. */
  | 'colleague'
  | 'closed'
  | 'modeNotAllowed'
  | 'nobody';

/** Whom a member gets called, in which call. */
export type HelpFound =
  | { readonly kind: 'helpers'; readonly help: Help; readonly helpers: readonly Helper[] }
  | { readonly kind: 'none'; readonly reason: HelpRefusal };

const nobody = (reason: HelpRefusal): HelpFound => ({ kind: 'none', reason });

/** Who asks, and how. */
export interface Wish {
  readonly member: ExtensionNumber;
  readonly mode: Mode;
  /** Whether a telephone has asked, which holds the call that it is in while it dials. */
  readonly isDialled: boolean;
}

/** The moderators of all profiles that cover the member, in the call that is meant. What would be refused then lets no telephone ring. */
export function helpersFor(
  state: MonitoringState,
  { member, mode, isDialled }: Wish,
  possible: ReadonlyMap<ExtensionNumber, PossibleHelper>,
  around: MonitoringContext,
): HelpFound {
  const target = targetMeant(around, member, isDialled);
  if (!target) return nobody('noCall');
  const help = helpIn(target, mode);
  if (isBeingHelped(state, help)) return nobody('alreadyAsked');
  const candidates = candidatesIn(state.policy, member).map(({ profile, moderator }) => {
    const { leg, phones } = possible.get(moderator) ?? { leg: target.memberParty.leg, phones: [] };
    const helper: Helper = { leg, moderator, profile: profile.id, phones };
    return { helper, refusal: helperRefusal(state, around, { help, helper, profile, target }) };
  });
  const open = candidates.flatMap(({ helper, refusal }) => (refusal === undefined ? [helper] : []));
  const helpers = open.filter(({ moderator }, index) => open.findIndex((one) => one.moderator === moderator) === index);
  return helpers.length > 0
    ? { kind: 'helpers', help, helpers }
    : nobody(whyNobody(candidates.flatMap(({ refusal }) => refusal ?? [])));
}

/** Of several calls, maybe at several telephones, the newest that the asking telephone holds, or in which the member talks; the newest where none is so. */
function targetMeant({ calls }: MonitoringContext, member: ExtensionNumber, isDialled: boolean): Target | undefined {
  const targets = calls.all.toReversed().flatMap((call) => targetIn(call, member) ?? []);
  return targets.find(({ memberParty }) => memberParty.held === isDialled) ?? targets[0];
}

const helpIn = (target: Target, mode: Mode): Help => ({
  ...watchedBy(target),
  leg: target.memberParty.leg,
  otherLeg: target.other.leg,
  mode,
});

/** Whether a profile lets its moderators help this member so, if they are there and the call allows it. */
export const canAskForHelp = (policy: MonitoringPolicy, member: ExtensionNumber, mode: Mode): boolean =>
  candidatesIn(policy, member).some(({ profile }) => profile.enabled && isModeAllowed(profile, mode));

function candidatesIn(
  { profiles, groups }: MonitoringPolicy,
  member: ExtensionNumber,
): readonly { readonly profile: Profile; readonly moderator: ExtensionNumber }[] {
  const covering = [...profiles.values()].filter(({ members }) => groups.get(members)?.includes(member));
  return covering.flatMap((profile) =>
    (groups.get(profile.moderators) ?? [])
      .filter((moderator) => moderator !== member)
      .map((moderator) => ({ profile, moderator })),
  );
}

const isModeAllowed = ({ interventions }: Profile, mode: Mode): boolean => mode === 'listen' || interventions.has(mode);

interface Candidate {
  readonly help: Help;
  readonly helper: Helper;
  readonly profile: Profile;
  readonly target: Target;
}

/** What stands against the call first, then what does against this moderator. */
function helperRefusal(
  state: MonitoringState,
  around: MonitoringContext,
  { help, helper, profile, target }: Candidate,
): RefusalReason | undefined {
  const { policy, records, sessions } = state;
  const { moderator, leg, phones } = helper;
  const context = contextIn(state, around);
  const session = newSession(state, sessionOf(policy, help, { ...helper, profile }, around.now));
  const closure = startRefusal(context, session);
  if (closure) return closure;
  if (!isModeAllowed(profile, help.mode))
    return help.mode !== 'listen' && isNotAgreed(policy, help.mode) ? 'modeNotAllowed' : 'interventionNotAllowed';
  const refusal = targetRefusal(context, state, session, moderator, target);
  if (refusal) return refusal;
  if (moderatorRefusal(policy, profile, moderator) || session.pinMark === null) return 'notModerator';
  if (isLockedOut(context, { session, records })) return 'lockedOut';
  if (isCalledAlready(sessions.values(), moderator, leg)) return 'alreadyAsked';
  return phones.length === 0 ? 'noPhone' : undefined;
}

const refusals: Partial<Record<RefusalReason, HelpRefusal>> = {
  excluded: 'excluded',
  privateCall: 'privateCall',
  noConsent: 'colleague',
  outsidePeriod: 'colleague',
  talkMissing: 'colleague',
  interventionNotAllowed: 'modeNotAllowed',
  modeNotAllowed: 'modeNotAllowed',
  profileOff: 'closed',
  recordUnavailable: 'closed',
  settingsLost: 'closed',
  agreementLost: 'closed',
  endedByButton: 'closed',
  licenceMissing: 'closed',
  licenceInvalid: 'closed',
  licenceExpired: 'closed',
  licenceTier: 'closed',
  licenceClock: 'closed',
  licenceUnread: 'closed',
};

/** Only what stands against all of them is a reason. */
function whyNobody(reasons: readonly RefusalReason[]): HelpRefusal {
  const [first = 'nobody', ...others] = new Set(reasons.map((reason) => refusals[reason] ?? 'nobody'));
  return others.length === 0 ? first : 'nobody';
}

/** The same call with the same parties, whoever is called for it. */
const isSame = (one: Help, other: Help): boolean =>
  one.call === other.call && one.leg === other.leg && one.otherLeg === other.otherLeg;

/** Whether moderators are being called, or one helps already. */
const isBeingHelped = ({ helps, sessions }: MonitoringState, help: Help): boolean =>
  helps.some((open) => isSame(open, help) && !open.isInVain) ||
  [...sessions.values()].some((session) => isHelpingIn(session, help));

const isHelpingIn = ({ helps, stage }: Session, help: Help): boolean =>
  helps !== null && isSame(helps, help) && (stage.kind === 'calling' || stage.kind === 'monitoring');

/** A dialogue that begins with a telephone that rings: who is called has asked for nothing, and is known by whose telephone it is. */
function sessionOf(
  { persons, helpTitles, language }: MonitoringPolicy,
  help: Help,
  { leg, moderator, phones, profile }: Omit<Helper, 'profile'> & { readonly profile: Profile },
  now: number,
): BegunSession {
  const { member, call } = help;
  const person = persons.get(moderator);
  const title = helpTitles[person?.language ?? language];
  const callerId = { number: member, name: `${title} ${member}`.trim() };
  return {
    ...{ leg, caller: moderator, number: moderator, known: [moderator], profile, helps: help },
    line: { kind: 'extension', number: moderator },
    asked: { moderator, wanted: { member, call }, on: 'phone', by: '', rights: [], phones, callerId },
    pinMark: person?.pinMark ?? null,
    stage: { kind: 'calling', moderator },
    inputUntil: now + ringMs,
  };
}

/** A member has asked for help: the telephones of these moderators ring. */
export function helpAsked(
  state: MonitoringState,
  { help, helpers, ...event }: HelpAskedEvent,
  around: MonitoringContext,
): MonitoringOutcome {
  const others = state.helps.filter((open) => !isSame(open, help));
  const open = { ...help, serial: state.nextSession, isInVain: false };
  const { leg: _leg, otherLeg: _otherLeg, ...asked } = help;
  return helpers.reduce<MonitoringOutcome>(
    (step, helper) => {
      const profile = step.state.policy.profiles.get(helper.profile);
      if (!profile) return step;
      const { policy } = step.state;
      const begun = beginSession(step.state, sessionOf(policy, help, { ...helper, profile }, around.now));
      const { moderator } = helper;
      return after(
        step,
        onSession(begun, helper.leg, around, (_, draft) =>
          noted(draft, { type: 'helpAsked', moderator, ...asked, ...event.by }),
        ),
      );
    },
    unchanged({ ...state, helps: [...others, open] }),
  );
}

/** A moderator who was called for help has picked up. Who is first helps, and the telephones of the others fall silent. */
export function helperAnswered(
  state: MonitoringState,
  leg: LegId,
  help: Help,
  around: MonitoringContext,
): MonitoringOutcome {
  const own = onSession(state, leg, around, (context, draft) => joined(context, draft, help));
  if (own.facts.every(({ type }) => type !== 'helpGiven')) return own;
  const helped = { ...own.state, helps: own.state.helps.filter((open) => !isSame(open, help)) };
  return after(
    { ...own, state: helped },
    onEverySession(helped, around, (_, draft) => silencedFor(draft, help)),
  );
}

function joined(context: SessionContext, draft: Draft, help: Help): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'calling') return draft;
  const { moderator } = stage;
  // Somebody is there now who can be spoken to, on a line of which it is known whether it is encrypted.
  const answered = staged(draft, { kind: 'member', moderator, digits: '', reminded: false });
  const { session } = answered;
  const target = targetOn(context.calls, help.member, help.leg);
  const refusal =
    startRefusal(context, session) ??
    (target ? targetRefusal(context, answered, session, moderator, target) : 'memberHasNoCall');
  if (target && !refusal) {
    const given = noted(answered, { type: 'helpGiven', moderator, ...watchedBy(target) });
    return joinCall(context, given, moderator, newMonitor(help.member), target);
  }
  const reason = refusal ?? 'memberHasNoCall';
  const ended = refused(helpEnded(answered, moderator, reason), reason, moderator, help.member);
  return parting(ended, ...refusalSpeech(reason), prompt('goodbye'));
}

function silencedFor(draft: Draft, help: Help): Draft {
  const { helps, stage } = draft.session;
  return stage.kind === 'calling' && helps && isSame(helps, help)
    ? parting(helpEnded(draft, stage.moderator, 'helpedByOther'))
    : draft;
}

/** The member wants no help any more: nobody is called for it, and who helps leaves. */
export function helpWithdrawn(
  state: MonitoringState,
  extension: ExtensionNumber,
  around: MonitoringContext,
): MonitoringOutcome {
  const withdrawn = { ...state, helps: state.helps.filter(({ member }) => member !== extension) };
  return onEverySession(withdrawn, around, (context, draft) => {
    if (draft.session.helps?.member !== extension) return draft;
    return isCalledForHelp(draft.session)
      ? parting(stopWatching(context, draft, 'endedByMember'))
      : dismissed(context, draft, 'endedByMember');
  });
}

/** Why the call in which a member has asked for help is none any more; undefined while it is. */
export function helpedCallEnd(
  { calls, inTransfer }: Pick<SessionContext, 'calls' | 'inTransfer'>,
  help: Help,
): 'callEnded' | 'transferred' | undefined {
  const target = targetOn(calls, help.member, help.leg);
  if (target && isHelped(help, target)) return undefined;
  return target || inTransfer.has(help.leg) ? 'transferred' : 'callEnded';
}

/** What of the asking is over with its call, and where nobody is called any more, so that the member is to be told. */
export function helpsReviewed(state: MonitoringState, around: MonitoringContext): MonitoringState {
  if (state.helps.length === 0) return state;
  const called = [...state.sessions.values()].filter(isCalledForHelp);
  const helps = state.helps
    .filter((help) => helpedCallEnd(around, help) === undefined)
    .map((help) => ({ ...help, isInVain: !called.some(({ helps: one }) => one && isSame(one, help)) }));
  return { ...state, helps };
}

/** Tells members in their calls, and them alone, that nobody has answered. */
export function helpPlaybacks({ helps, policy }: MonitoringState, calls: TalkingCalls): readonly Playback[] {
  return helps.flatMap(({ isInVain, member, leg, serial }) => {
    const target = isInVain ? targetOn(calls, member, leg) : undefined;
    if (!target || !canHear(target.memberParty)) return [];
    const { language } = policy.persons.get(member) ?? policy;
    return [{ id: idOf(serial), leg, language, items: nobodyHelpedSpeech, loop: false }];
  });
}

/** The member has been told; other playbacks change nothing. */
export const helpTold = (state: MonitoringState, playback: PlaybackId): MonitoringState =>
  state.helps.some(({ serial }) => idOf(serial) === playback)
    ? { ...state, helps: state.helps.filter(({ serial }) => idOf(serial) !== playback) }
    : state;

const idOf = (serial: number): PlaybackId => playbackId(`help-${serial}`);
