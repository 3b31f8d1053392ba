import type { ExtensionNumber } from '../primitives/ids.js';
import { extensionNumber } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import { lockoutKeys, moderatorKey } from './caller.js';
import { lockedUntil, withFailure, withoutFailures } from './lockout.js';
import type { Target } from './permission.js';
import { groupTargets, memberRefusal, moderatorRefusal, startRefusal, targetIn, targetRefusal } from './permission.js';
import { isQueueFull } from './pin-checks.js';
import type { Barrier, Closure, Dismissal, ProfileClosure, RefusalReason } from './records.js';
import type { Draft, SessionContext, Stage } from './session.js';
import { moderatorOf, noted, parting, saying, staged } from './session.js';
import { dismissalSpeech, prompt, refusalSpeech } from './speech.js';
import { newMonitor, startWatching, stopWatching } from './watching.js';

/** A moderator who keys nothing for this long is asked once more, then released, in milliseconds. */
const patienceMs = 20_000;
const longestPin = 10;
const longestNumber = 8;

type PinStage = Extract<Stage, { kind: 'pin' }>;
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
  return turnedAway(stopWatching(context, draft, closure), closure, moderatorOf(draft.session));
}

/** Somebody has ended this monitor. The dialogue ends with it, or one key would begin it again. */
export function dismissed(context: SessionContext, draft: Draft, reason: Dismissal): Draft {
  if (draft.session.stage.kind !== 'monitoring') return draft;
  return parting(stopWatching(context, draft, reason), ...dismissalSpeech, prompt('goodbye'));
}

function askPin(context: SessionContext, draft: Draft): Draft {
  const asked = saying(draft, ...speechBefore(draft), prompt('enter-pin'));
  return staged(asked, { kind: 'pin', digits: '', reminded: false }, context.now + patienceMs);
}

/** Asks for the member again, after whatever is being said. */
export function askMember(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const asked = saying(draft, ...speechBefore(draft), prompt('enter-member'));
  return staged(asked, { kind: 'member', moderator, digits: '', reminded: false }, context.now + patienceMs);
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
export function pinChecked(context: SessionContext, draft: Draft, moderator: ExtensionNumber | null): Draft {
  const { session, records } = draft;
  const callerKeys = lockoutKeys(context.policy, session);
  const keys = moderator === null ? callerKeys : [...callerKeys, moderatorKey(moderator)];
  if (lockedUntil(records.lockouts, keys, context.now)) return turnedAway(draft, 'lockedOut', moderator);
  if (moderator === null) return wrongPin(context, draft, callerKeys);
  const refusal = moderatorRefusal(context.policy, session.profile, moderator);
  if (refusal) return turnedAway(draft, refusal, moderator);
  const language = context.policy.persons.get(moderator)?.language ?? session.language;
  const known: Draft = {
    ...draft,
    session: { ...session, language },
    records: { ...records, lockouts: withoutFailures(records.lockouts, moderatorKey(moderator)) },
  };
  return askMember(context, noted(known, { type: 'identified', moderator }), moderator);
}

function wrongPin(context: SessionContext, draft: Draft, keys: readonly string[]): Draft {
  const lockouts = withFailure(draft.records.lockouts, keys, context.now);
  const counted = refused({ ...draft, records: { ...draft.records, lockouts } }, 'wrongPin');
  if (lockedUntil(lockouts, keys, context.now)) return turnedAway(counted, 'lockedOut');
  return askPin(context, saying(counted, ...refusalSpeech('wrongPin')));
}

/** `#` ends the extension; `#` alone asks for the newest live call; `*` starts over. */
export function memberDigit(context: SessionContext, draft: Draft, stage: MemberStage, digit: Digit): Draft {
  const inputUntil = context.now + patienceMs;
  if (digit === '*') return staged(draft, { ...stage, digits: '' }, inputUntil);
  if (digit !== '#') return staged(draft, { ...stage, digits: kept(stage.digits + digit, longestNumber) }, inputUntil);
  const closure = startRefusal(context, draft.session);
  if (closure) return turnedAway(draft, closure, stage.moderator);
  return stage.digits === ''
    ? joinNewest(context, draft, stage.moderator)
    : joinMember(context, draft, stage.moderator, extensionNumber(stage.digits));
}

function joinNewest(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const { policy, calls } = context;
  const newestFirst = groupTargets(policy, draft.session.profile, calls.all.toReversed());
  return join(context, draft, moderator, newestFirst, 'noLiveCall', null);
}

function joinMember(context: SessionContext, draft: Draft, moderator: ExtensionNumber, member: ExtensionNumber): Draft {
  const barred = memberRefusal(context.policy, draft.session.profile, member);
  if (barred) return askAgain(context, refused(draft, barred, moderator, member), barred, moderator);
  const newestFirst = context.calls.all.flatMap((call) => targetIn(call, member) ?? []).reverse();
  return join(context, draft, moderator, newestFirst, 'memberHasNoCall', member);
}

/** Joins the first call that is permitted; otherwise says why the first one is not. */
function join(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  targets: readonly Target[],
  ifNone: RefusalReason,
  member: ExtensionNumber | null,
): Draft {
  const refusals = targets.map((target) => targetRefusal(context, draft, draft.session, moderator, target));
  const permitted = targets[refusals.indexOf(undefined)];
  if (permitted) return startWatching(context, draft, moderator, newMonitor(permitted.member), permitted);
  const reason = refusals[0] ?? ifNone;
  return askAgain(context, refused(draft, reason, moderator, member ?? targets[0]?.member ?? null), reason, moderator);
}

function askAgain(context: SessionContext, draft: Draft, reason: RefusalReason, moderator: ExtensionNumber): Draft {
  return askMember(context, saying(draft, ...refusalSpeech(reason)), moderator);
}

/** Nothing was keyed in time. */
export function patienceEnded(context: SessionContext, draft: Draft): Draft {
  const { stage } = draft.session;
  if (stage.kind !== 'pin' && stage.kind !== 'member') return draft;
  if (stage.reminded) return parting(draft, prompt('goodbye'));
  const question = prompt(stage.kind === 'pin' ? 'enter-pin' : 'enter-member');
  return staged(saying(draft, question), { ...stage, digits: '', reminded: true }, context.now + patienceMs);
}

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
