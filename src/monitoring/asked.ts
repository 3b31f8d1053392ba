import { purposeBy } from '../agreement/decision.js';
import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import { joinCall } from './admission.js';
import {
  closed,
  identified,
  isCalledAlready,
  isLockedOut,
  joinWanted,
  notAnswered,
  refused,
  turnedAway,
} from './dialogue.js';
import { drawCall } from './draw.js';
import { standingFor } from './draws.js';
import { helperAnswered } from './help.js';
import type { CallModeratorEvent } from './monitoring-event.js';
import { type MonitoringContext, type MonitoringOutcome, onSession, unchanged } from './on-session.js';
import { moderatorRefusal, profileRefusal, startRefusal } from './permission.js';
import type { Profile } from './profile.js';
import type { RefusalReason } from './records.js';
import { type Found, none, seek } from './seeking.js';
import {
  type Asked,
  type Draft,
  noted,
  type Right,
  type Session,
  type SessionContext,
  saying,
  staged,
  type Wanted,
} from './session.js';
import { refusalSpeech } from './speech.js';
import { beginSession, type MonitoringState } from './state.js';
import { currentTarget, newMonitor, stopWatching } from './watching.js';

/**
 * A moderator asks to be called, and listens as if they had dialled in: the same PIN with the same lockouts, the same permission, the same
 * record, the same dialogue from then on. What would be refused is refused before a telephone rings.
 */
export function callModerator(
  state: MonitoringState,
  event: CallModeratorEvent,
  around: MonitoringContext,
): MonitoringOutcome {
  const { leg, moderator, phones, wanted, pin, on, by, rights, title } = event;
  const present = presentOf(state, event);
  if (present) return onSession(state, present.leg, around, (context, draft) => switched(context, draft, event));
  const [first] = state.policy.profiles.values();
  const profile = event.profile === null ? first : state.policy.profiles.get(event.profile);
  if (!profile) return unchanged(state);
  const begun = beginSession(state, {
    leg,
    line: { kind: 'extension', number: moderator },
    caller: moderator,
    number: moderator,
    known: [moderator],
    profile,
    asked: { moderator, wanted, on, by, rights, phones, callerId: { number: '', name: title } },
    stage: { kind: 'checking', check: 0, pin: pin ?? '', ahead: [] },
  });
  return onSession(begun, leg, around, (context, draft) =>
    opened(context, inProfile(context, withPurpose(context, draft, event), event), event),
  );
}

/** Goes by the purpose that is named, if one is. */
function withPurpose({ policy: { agreement } }: SessionContext, draft: Draft, { purpose }: CallModeratorEvent): Draft {
  if (agreement === null || purpose === null) return draft;
  return { ...draft, session: { ...draft.session, purpose: purposeBy(agreement, purpose) ?? null } };
}

/** The dialogue that the moderator is in already, having asked for it in the same way. */
function presentOf(
  { sessions }: MonitoringState,
  { moderator, pin, on, profile }: CallModeratorEvent,
): Session | undefined {
  if (pin !== null) return undefined;
  return [...sessions.values()].find(
    ({ asked, stage, profile: { id } }) =>
      asked?.moderator === moderator &&
      asked.on === on &&
      (stage.kind === 'monitoring' || stage.kind === 'purpose' || stage.kind === 'member') &&
      (profile === null || profile === id),
  );
}

/**
 * Goes on to what is wanted now, as `##` and the member's number do; the present call is left only for one that may be heard. What is named
 * for the next one says nothing of the present one.
 */
function switched(context: SessionContext, before: Draft, event: CallModeratorEvent): Draft {
  const { moderator, wanted, rights } = event;
  const draft = withRights(before, rights);
  const named = withPurpose(context, ofOwnAccord(draft), event);
  const found = otherCall(context, named, moderator, wanted);
  if (found.kind === 'none') {
    const { reason, member } = found;
    const told = saying(refused(named, reason, moderator, member), ...refusalSpeech(reason));
    const { purpose, helps } = draft.session;
    return { ...told, session: { ...told.session, purpose, helps } };
  }
  const left = withPurpose(context, ofOwnAccord(stopWatching(context, draft, 'moderatorSwitched')), event);
  if (found.kind === 'draw') return drawCall(context, left, moderator);
  const { target } = found;
  return joinCall(context, left, moderator, monitorOf(draft.session) ?? newMonitor(target.member), target);
}

/** What the moderator asks for themselves is no help that a member has asked for. */
const ofOwnAccord = (draft: Draft): Draft => ({ ...draft, session: { ...draft.session, helps: null } });

/** Several users can be the same moderator: it ends with the right of any of them that it goes on by. */
function withRights(draft: Draft, rights: readonly Right[]): Draft {
  const { asked } = draft.session;
  if (!asked || rights.every((right) => asked.rights.includes(right))) return draft;
  const all = [...new Set([...asked.rights, ...rights])];
  return { ...draft, session: { ...draft.session, asked: { ...asked, rights: all } } };
}

/** A right has ended, and with it what was asked for by it, whether that rings or listens, at the telephone or in the browser. */
export const accessEnded = (context: SessionContext, draft: Draft, right: Right): Draft =>
  draft.session.asked?.rights.includes(right) ? closed(context, draft, 'accessEnded') : draft;

function otherCall(context: SessionContext, draft: Draft, moderator: ExtensionNumber, wanted: Wanted): Found {
  const closure = startRefusal(context, draft.session);
  if (closure) return none(closure, wanted.member);
  const found = seek(context, draft, moderator, wanted);
  const monitor = monitorOf(draft.session);
  if (found.kind === 'draw' && monitor && standingFor(draft.draws, moderator)?.leg === monitor.target.leg)
    return none('drawStands', monitor.member);
  const present = monitor && currentTarget(context, monitor)?.call.id;
  return found.kind === 'target' && found.target.call.id === present ? none('noOtherCall', found.target.member) : found;
}

const monitorOf = ({ stage }: Session) => (stage.kind === 'monitoring' ? stage.monitor : undefined);

/** Goes by the first profile that allows what is wanted, else by one that the moderator is in: its reasons are worth telling. */
function inProfile(
  context: SessionContext,
  draft: Draft,
  { moderator, wanted, profile, services }: CallModeratorEvent,
): Draft {
  const { session } = draft;
  const under = (other: Profile): Draft => ({ ...draft, session: { ...session, profile: other } });
  const own = [...context.policy.profiles.values()].filter(
    (each) => !moderatorRefusal(context.policy, each, moderator),
  );
  const isOpen = (each: Profile) =>
    !profileRefusal(each, context.local) && seek(context, under(each), moderator, wanted).kind !== 'none';
  const chosen = profile === null ? (own.find(isOpen) ?? own[0] ?? session.profile) : session.profile;
  const number = services.get(chosen.id) ?? moderator;
  const asked = session.asked && { ...session.asked, callerId: { ...session.asked.callerId, number } };
  return { ...draft, session: { ...session, profile: chosen, asked } };
}

/** Those who have shown their PIN before are known at once, unless they are locked out meanwhile. */
function opened(context: SessionContext, draft: Draft, { moderator, pin, on, by }: CallModeratorEvent): Draft {
  const attempt = noted(draft, { type: 'attempt', on, by });
  const refusal = refusalOf(context, attempt, moderator);
  if (refusal) return turnedAway(attempt, refusal, pin === null ? moderator : null);
  return pin === null ? identified(context, attempt, moderator) : attempt;
}

function refusalOf(context: SessionContext, draft: Draft, moderator: ExtensionNumber): RefusalReason | undefined {
  const { session } = draft;
  const closure = startRefusal(context, session) ?? moderatorRefusal(context.policy, session.profile, moderator);
  if (closure) return closure;
  if (isLockedOut(context, draft)) return 'lockedOut';
  return isCalledAlready(context.sessions.values(), moderator, session.leg) ? 'alreadyAsked' : undefined;
}

/** Somebody has picked up one of the moderator's telephones, which becomes the leg of the dialogue; the others fall silent. */
export function phoneAnswered(state: MonitoringState, leg: LegId, around: MonitoringContext): MonitoringOutcome {
  const found = ringingAt(state, leg);
  if (found?.session.stage.kind !== 'calling') return unchanged(state);
  const { session, asked } = found;
  const picked: Session = { ...session, leg, asked: withoutPhone(asked, leg) };
  const { moderator, wanted } = asked;
  const answered = replaced(state, session, picked);
  if (session.helps) return helperAnswered(answered, leg, session.helps, around);
  return onSession(answered, leg, around, (context, draft) =>
    joinWanted(context, staged(draft, { kind: 'member', moderator, digits: '', reminded: false }), moderator, wanted),
  );
}

/** One of the telephones does not ring any more; the moderator has not answered if it was the last. */
export function phoneReleased(state: MonitoringState, leg: LegId, around: MonitoringContext): MonitoringOutcome {
  const found = ringingAt(state, leg);
  if (!found) return unchanged(state);
  const { session, asked } = found;
  const left: Session = { ...session, asked: withoutPhone(asked, leg) };
  const after = replaced(state, session, left);
  if (session.stage.kind !== 'calling' || asked.phones.length > 1) return unchanged(after);
  return onSession(after, session.leg, around, (_, draft) => notAnswered(draft, asked.moderator));
}

interface RingingAt {
  readonly session: Session;
  readonly asked: Asked;
}

function ringingAt({ sessions }: MonitoringState, leg: LegId): RingingAt | undefined {
  for (const session of sessions.values()) {
    const { asked } = session;
    if (asked?.phones.some((phone) => phone.leg === leg)) return { session, asked };
  }
  return undefined;
}

const withoutPhone = (asked: Asked, leg: LegId): Asked => ({
  ...asked,
  phones: asked.phones.filter((phone) => phone.leg !== leg),
});

/** In the same place of the order in which the moderators came. */
function replaced(state: MonitoringState, before: Session, after: Session): MonitoringState {
  const entries = [...state.sessions.values()].map((session) => (session === before ? after : session));
  return { ...state, sessions: new Map(entries.map((session) => [session.leg, session])) };
}
