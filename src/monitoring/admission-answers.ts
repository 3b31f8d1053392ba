import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Instant } from '../primitives/time.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { type Asker, askerIn, askerOn, isAskedOf } from './admission.js';
import { askMember, closed, refused } from './dialogue.js';
import type { MemberLetsInEvent } from './monitoring-event.js';
import { type MonitoringContext, type MonitoringOutcome, onSerial, onSession, unchanged } from './on-session.js';
import { startRefusal, targetRefusal } from './permission.js';
import type { LetIn } from './records.js';
import type { Asking, Draft, HeldStar, Session, SessionContext } from './session.js';
import { noted, saying, staged } from './session.js';
import { refusalSpeech } from './speech.js';
import type { MonitoringState } from './state.js';
import { currentTarget, startWatching, watchedBy } from './watching.js';

/** In the call, `*1` lets the moderator in and `*0` turns them down. */
const letsInKey: Digit = '1';
const turnsDownKey: Digit = '0';
/** A key that does not follow within this belongs to no code, in milliseconds. */
const codeWithinMs = 3000;

/** What of a key the other party gets: none of the code that answers a moderator. A `*` is held back until it is clear what it begins. */
export function keysPassedOn(
  { sessions }: Pick<MonitoringState, 'sessions'>,
  calls: TalkingCalls,
  { leg, digit }: KeyedInCall,
  now: Instant,
): readonly Digit[] {
  const found = askerOn(sessions, calls, leg);
  if (!found) return [digit];
  const { asking } = found.asker;
  const held: readonly Digit[] = starOf(asking, found.extension)?.leg === leg ? ['*'] : [];
  if (digit === '*') return held;
  return isAnswer(asking, found.extension, { leg, digit }, now) ? [] : [...held, digit];
}

/** The legs on which a `*` is held back. */
export const heldStars = ({ sessions }: Pick<MonitoringState, 'sessions'>): ReadonlySet<LegId> =>
  new Set([...sessions.values()].flatMap(starsIn).map(({ leg }) => leg));

/** When a `*` that is held back in the session turns out to begin nothing. */
export const starDeadlines = (session: Session): readonly Instant[] =>
  starsIn(session).map(({ at }) => at + codeWithinMs);

const starsIn = (session: Session): readonly HeldStar[] =>
  askerIn(session)?.asking.undecided.flatMap(({ star }) => star ?? []) ?? [];

/** No `*` is held back for longer than an answer can follow it. */
export function starsReviewed({ now }: SessionContext, draft: Draft): Draft {
  const asker = askerIn(draft.session);
  if (!asker || starDeadlines(draft.session).every((deadline) => now < deadline)) return draft;
  const { stage, asking } = asker;
  const undecided = asking.undecided.map((each) => (isLate(each.star, now) ? { ...each, star: null } : each));
  return withAsking(draft, stage, { ...asking, undecided });
}

const isLate = (star: HeldStar | null, now: Instant): boolean => star !== null && now - star.at >= codeWithinMs;

interface KeyedInCall {
  readonly leg: LegId;
  readonly digit: Digit;
}

const starOf = ({ undecided }: Asking, extension: ExtensionNumber): HeldStar | null =>
  undecided.find((each) => each.extension === extension)?.star ?? null;

function isAnswer(asking: Asking, extension: ExtensionNumber, { leg, digit }: KeyedInCall, now: Instant): boolean {
  const star = starOf(asking, extension);
  const isCode = digit === letsInKey || digit === turnsDownKey;
  return isCode && star?.leg === leg && !isLate(star, now);
}

/** A key of somebody in a call, which may be part of an answer. */
export function keyedInCall(
  state: MonitoringState,
  { leg, digit }: KeyedInCall,
  around: MonitoringContext,
): MonitoringOutcome {
  const found = askerOn(state.sessions, around.calls, leg);
  if (!found) return unchanged(state);
  const { asker, extension } = found;
  const answers = isAnswer(asker.asking, extension, { leg, digit }, around.now);
  return onSession(state, asker.session.leg, around, (context, draft) => {
    if (!answers) return starred(draft, asker, extension, digit === '*' ? { leg, at: context.now } : null);
    return digit === letsInKey ? letIn(context, draft, extension, { way: 'keys' }) : closed(context, draft, 'notLetIn');
  });
}

function starred(draft: Draft, { stage, asking }: Asker, extension: ExtensionNumber, star: HeldStar | null): Draft {
  const undecided = asking.undecided.map((each) => (each.extension === extension ? { extension, star } : each));
  return withAsking(draft, stage, { ...asking, undecided });
}

const withAsking = (draft: Draft, stage: Asker['stage'], asking: Asking): Draft =>
  staged(draft, { ...stage, monitor: { ...stage.monitor, target: asking } }, draft.session.inputUntil);

/** Lets in the moderator of that session, if it still asks. */
export const memberLetsIn = (
  state: MonitoringState,
  { type: _, extension, session, ...way }: MemberLetsInEvent,
  around: MonitoringContext,
): MonitoringOutcome => onSerial(state, session, around, (context, draft) => letIn(context, draft, extension, way));

/**
 * One of those in the call lets the moderator in, who listens once nobody is left to answer. Whatever has come to stand against it meanwhile
 * does so as at every start.
 */
function letIn(context: SessionContext, draft: Draft, extension: ExtensionNumber, way: LetIn): Draft {
  const asker = askerIn(draft.session);
  const target = asker && currentTarget(context, asker.stage.monitor);
  if (!target || !isAskedOf(asker, extension)) return draft;
  const { stage, asking } = asker;
  const { moderator, monitor } = stage;
  const watched = { moderator, ...watchedBy(target) };
  const agreed = noted(draft, { type: 'letIn', extension, ...way, ...watched });
  const undecided = asking.undecided.filter((each) => each.extension !== extension);
  if (undecided.length > 0) return withAsking(agreed, stage, { ...asking, undecided });
  const refusal =
    startRefusal(context, draft.session) ?? targetRefusal(context, draft, draft.session, moderator, target);
  if (!refusal) return startWatching(context, agreed, moderator, monitor, target, true);
  const ended = noted(agreed, { type: 'admissionEnded', reason: refusal, ...watched });
  const told = saying(refused(ended, refusal, moderator, target.member), ...refusalSpeech(refusal));
  return askMember(context, told, moderator);
}
