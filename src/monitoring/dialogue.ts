import { purposeBy } from '../agreement/decision.js';
import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { extensionNumber } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import { joinCall } from './admission.js';
import { goesByDraw, sessionsPurposeRefusal } from './agreed.js';
import { lockoutKeys, moderatorKey } from './caller.js';
import { drawCall } from './draw.js';
import { lockedUntil, withFailure, withoutFailures } from './lockout.js';
import { moderatorRefusal, startRefusal } from './permission.js';
import { isQueueFull } from './pin-checks.js';
import type { MonitoringPolicy } from './profile.js';
import type { Barrier, Closure, Dismissal, ProfileClosure, RefusalReason } from './records.js';
import { seek } from './seeking.js';
import type { Asked, Draft, Session, SessionContext, Stage, Wanted } from './session.js';
import { isCalledForHelp, moderatorOf, noted, parting, saying, staged } from './session.js';
import { dismissalSpeech, prompt, refusalSpeech } from './speech.js';
import { helpEnded, newMonitor, stopWatching } from './watching.js';

/** A moderator who keys nothing for this long is asked once more, then released, in milliseconds. */
const patienceMs = 20_000;
/** How long the telephones of a moderator ring who is called, in milliseconds. */
export const ringMs = 30_000;
const longestPin = 10;
const longestNumber = 8;

type PinStage = Extract<Stage, { kind: 'pin' }>;
type PurposeStage = Extract<Stage, { kind: 'purpose' }>;
type MemberStage = Extract<Stage, { kind: 'member' }>;

/** The moderator's first words with the box: refused at once, or asked for the PIN. */
export function opened(context: SessionContext, draft: Draft): Draft {
  const attempt = noted(draft, { type: 'attempt' });
  const refusal = startRefusal(context, draft.session) ?? (isLockedOut(context, draft) ? 'lockedOut' : undefined);
  return refusal ? turnedAway(attempt, refusal) : askPin(context, attempt);
}

/** Whether this caller is locked out for now. */
export const isLockedOut = (
  { policy, now }: Pick<SessionContext, 'policy' | 'now'>,
  { session, records }: Pick<Draft, 'session' | 'records'>,
): boolean => lockedUntil(records.lockouts, lockoutKeys(policy, session), now) !== undefined;

/** Monitoring has closed for everybody, for the whole profile, or for this moderator, who is told why and released. */
export function closed(context: SessionContext, draft: Draft, closure: Closure | ProfileClosure | Barrier): Draft {
  const { kind } = draft.session.stage;
  if (kind === 'parting' || kind === 'releasing') return draft;
  if (isCalledForHelp(draft.session)) return parting(stopWatching(context, draft, closure));
  return turnedAway(stopWatching(context, draft, closure), closure, moderatorOf(draft.session));
}

/** Somebody has ended this monitor. The dialogue ends with it, or one key would begin it again. A moderator can end it at any time. */
export function dismissed(context: SessionContext, draft: Draft, reason: Dismissal): Draft {
  const { kind } = draft.session.stage;
  if (kind === 'parting' || kind === 'releasing') return draft;
  if (reason === 'moderatorLeft') return parting(stopWatching(context, draft, reason), prompt('goodbye'));
  if (kind !== 'monitoring') return draft;
  return parting(stopWatching(context, draft, reason), ...dismissalSpeech, prompt('goodbye'));
}

/** Whether the box calls this moderator already, or has done so for what they do now; the last words are no reason to wait. */
export const isCalledAlready = (sessions: Iterable<Session>, moderator: ExtensionNumber, own: LegId): boolean =>
  [...sessions].some(
    ({ leg, asked, stage: { kind } }) =>
      leg !== own && asked?.moderator === moderator && kind !== 'parting' && kind !== 'releasing',
  );

function askPin(context: SessionContext, draft: Draft): Draft {
  const asked = saying(draft, ...speechBefore(draft), prompt('enter-pin'));
  return staged(asked, { kind: 'pin', digits: '', reminded: false }, context.now + patienceMs);
}

/**
 * Asks for the member again, after whatever is being said; first what for, where that has to be said and has not been. Whoever was called
 * for help has shown no PIN: with that call the dialogue is over.
 */
export function askMember(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  if (draft.session.helps) return parting(draft, ...speechBefore(draft), prompt('goodbye'));
  if (sessionsPurposeRefusal(context, draft.session)) return askPurpose(context, draft, moderator);
  const asked = saying(draft, ...speechBefore(draft), memberPrompt(context, draft));
  return staged(asked, { kind: 'member', moderator, digits: '', reminded: false }, context.now + patienceMs);
}

/** What the moderator is asked for: a member, or the key by which the box draws one. */
const memberPrompt = (context: SessionContext, { session }: Draft) =>
  prompt(goesByDraw(context, session) ? 'enter-draw' : 'enter-member');

function askPurpose(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const asked = saying(draft, ...speechBefore(draft), prompt('enter-purpose'));
  return staged(asked, { kind: 'purpose', moderator, reminded: false }, context.now + patienceMs);
}

/** One key names the purpose; another is asked for where it stands for none. */
export function purposeDigit(context: SessionContext, draft: Draft, { moderator }: PurposeStage, digit: Digit): Draft {
  const { agreement } = context.policy;
  const purpose = agreement === null ? undefined : purposeBy(agreement, digit);
  if (purpose === undefined && agreement !== null)
    return askPurpose(
      context,
      saying(refused(draft, 'noPurpose', moderator), ...refusalSpeech('noPurpose')),
      moderator,
    );
  const named = { ...draft, session: { ...draft.session, purpose: purpose ?? null } };
  return askMember(context, named, moderator);
}

const speechBefore = (draft: Draft) => draft.session.speech?.items ?? [];

/** `#` ends the PIN, `*` starts it over. */
export function pinDigit(context: SessionContext, draft: Draft, stage: PinStage, digit: Digit): Draft {
  const inputUntil = context.now + patienceMs;
  if (digit === '*') return staged(draft, { ...stage, digits: '' }, inputUntil);
  if (digit !== '#') return staged(draft, { ...stage, digits: kept(stage.digits + digit, longestPin) }, inputUntil);
  if (stage.digits === '') return askPin(context, draft);
  if (isQueueFull(context.sessions.values(), draft.session)) return turnedAway(draft, 'tooManyPins');
  // There is an utterance between any two checks, so its serial identifies the check.
  return staged(draft, { kind: 'checking', check: draft.session.speeches, pin: stage.digits, ahead: [] });
}

/** One digit more than the longest is kept, so that an entry that is too long stays wrong. */
const kept = (digits: string, longest: number): string => digits.slice(0, longest + 1);

/**
 * The slow comparison has found whose PIN it was. While locked, the answer is the same for every PIN, so that
 * trying reveals nothing. A correct PIN clears only the attempts counted against that moderator: those of the caller expire
 * only with time, or a moderator could guess a colleague's PIN with their own in between.
 */
export function pinChecked(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber | null,
  persons: MonitoringPolicy['persons'],
): Draft {
  const { session, records } = draft;
  const callerKeys = lockoutKeys(context.policy, session);
  const keys = moderator === null ? callerKeys : [...callerKeys, moderatorKey(moderator)];
  if (lockedUntil(records.lockouts, keys, context.now)) return turnedAway(draft, 'lockedOut', moderator);
  if (moderator === null) return wrongPin(context, draft, callerKeys);
  const refusal = moderatorRefusal(context.policy, session.profile, moderator);
  if (refusal) return turnedAway(draft, refusal, moderator);
  const lockouts = withoutFailures(records.lockouts, moderatorKey(moderator));
  return identified(context, { ...draft, records: { ...records, lockouts } }, moderator, persons);
}

/**
 * It is known who the moderator is: asked for the member, or called for what they have asked for.
 * @param persons as they were when the PIN was compared.
 */
export function identified(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  persons = context.policy.persons,
): Draft {
  const { session } = draft;
  const language = context.policy.persons.get(moderator)?.language ?? session.language;
  const pinMark = persons.get(moderator)?.pinMark ?? null;
  const known = noted({ ...draft, session: { ...session, language, pinMark } }, { type: 'identified', moderator });
  return session.asked ? phonesCalled(context, known, session.asked) : askMember(context, known, moderator);
}

/** Nobody is called for what would be refused then. */
function phonesCalled(context: SessionContext, draft: Draft, { moderator, wanted, phones }: Asked): Draft {
  const found = seek(context, draft, moderator, wanted);
  if (found.kind === 'none') return parting(refused(draft, found.reason, moderator, found.member));
  if (phones.length === 0) return turnedAway(draft, 'noPhone', moderator);
  return staged(draft, { kind: 'calling', moderator }, context.now + ringMs);
}

function wrongPin(context: SessionContext, draft: Draft, keys: readonly string[]): Draft {
  const lockouts = withFailure(draft.records.lockouts, keys, context.now);
  const counted = refused({ ...draft, records: { ...draft.records, lockouts } }, 'wrongPin');
  if (lockedUntil(lockouts, keys, context.now)) return turnedAway(counted, 'lockedOut');
  return draft.session.asked ? parting(counted) : askPin(context, saying(counted, ...refusalSpeech('wrongPin')));
}

/** `#` ends the extension; `#` alone asks for the newest live call; `*` starts over. */
export function memberDigit(context: SessionContext, draft: Draft, stage: MemberStage, digit: Digit): Draft {
  const inputUntil = context.now + patienceMs;
  if (digit === '*') return staged(draft, { ...stage, digits: '' }, inputUntil);
  if (digit !== '#') return staged(draft, { ...stage, digits: kept(stage.digits + digit, longestNumber) }, inputUntil);
  const member = stage.digits === '' ? null : extensionNumber(stage.digits);
  return joinWanted(context, draft, stage.moderator, { member, call: null });
}

/** Joins the call that is wanted; where that may not be, says why and asks again. */
export function joinWanted(context: SessionContext, draft: Draft, moderator: ExtensionNumber, wanted: Wanted): Draft {
  const closure = startRefusal(context, draft.session);
  if (closure) return turnedAway(draft, closure, moderator);
  const found = seek(context, draft, moderator, wanted);
  if (found.kind === 'target')
    return joinCall(context, draft, moderator, newMonitor(found.target.member), found.target);
  if (found.kind === 'draw') return drawCall(context, draft, moderator);
  const { reason, member } = found;
  return askAgain(context, refused(draft, reason, moderator, member), reason, moderator);
}

function askAgain(context: SessionContext, draft: Draft, reason: RefusalReason, moderator: ExtensionNumber): Draft {
  return askMember(context, saying(draft, ...refusalSpeech(reason)), moderator);
}

/** Nothing was keyed in time. */
export function patienceEnded(context: SessionContext, draft: Draft): Draft {
  const { stage } = draft.session;
  if (stage.kind === 'calling') return notAnswered(draft, stage.moderator);
  if (stage.kind !== 'pin' && stage.kind !== 'purpose' && stage.kind !== 'member') return draft;
  if (stage.reminded) return parting(draft, prompt('goodbye'));
  const asked = saying(draft, stage.kind === 'member' ? memberPrompt(context, draft) : prompt(`enter-${stage.kind}`));
  const inputUntil = context.now + patienceMs;
  if (stage.kind === 'purpose') return staged(asked, { ...stage, reminded: true }, inputUntil);
  return staged(asked, { ...stage, digits: '', reminded: true }, inputUntil);
}

/** None of the moderator's telephones was picked up. */
export const notAnswered = (draft: Draft, moderator: ExtensionNumber): Draft =>
  isCalledForHelp(draft.session)
    ? parting(helpEnded(draft, moderator, 'notAnswered'))
    : turnedAway(draft, 'notAnswered', moderator);

export function refused(
  draft: Draft,
  reason: RefusalReason,
  moderator: ExtensionNumber | null = null,
  member: ExtensionNumber | null = null,
): Draft {
  return noted(draft, { type: 'refused', reason, moderator, member });
}

/** Says why, says goodbye, and ends the dialogue. */
export function turnedAway(draft: Draft, reason: RefusalReason, moderator: ExtensionNumber | null = null): Draft {
  return parting(refused(draft, reason, moderator), ...refusalSpeech(reason), prompt('goodbye'));
}
