import type { ExtensionNumber } from '../primitives/ids.js';
import { joinCall } from './admission.js';
import type { DrawnCall, KeptDraw } from './drawn-call.js';
import { endsDraw, standingFor, wasDrawn, withDrawOver } from './draws.js';
import { groupTargets, listeningRefusal, type Target, targetOn } from './permission.js';
import type { RefusalReason } from './records.js';
import type { Draft, SessionContext } from './session.js';
import { noted, silenced, staged } from './session.js';
import { newMonitor } from './watching.js';

/**
 * Everybody who can be drawn now: the calls of members that this moderator may listen to, each once, in the order in which the record names
 * them; a call is left out of which a draw has ended before it. That order is part of the rule by which anybody can draw again.
 */
export function candidates(context: SessionContext, draft: Draft, moderator: ExtensionNumber): readonly Target[] {
  const { session } = draft;
  const open = groupTargets(context.policy, session.profile, context.calls.all).filter(
    (target) =>
      !wasDrawn(draft.draws, moderator, target.call) &&
      listeningRefusal(context, draft, session, moderator, target) === undefined,
  );
  const once = new Map(open.map((target) => [`${target.member}/${target.call.id}`, target]));
  return [...once.values()].sort(inOrder);
}

/** By the digits of the extension as text, then by the number of the call. */
function inOrder(one: Target, other: Target): number {
  if (one.member !== other.member) return one.member < other.member ? -1 : 1;
  return one.call.id - other.call.id;
}

/** Why nothing can be drawn now; undefined where something can. */
export function drawRefusal(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
): RefusalReason | undefined {
  if (isDrawing(context, draft.session.leg, moderator)) return 'drawStands';
  const standing = standingFor(draft.draws, moderator);
  if (!standing) return freshRefusal(context, draft, moderator);
  const refusal = standingRefusal(context, draft, moderator, standing);
  if (refusal === undefined || !endsDraw(refusal)) return refusal;
  return freshRefusal(context, withDrawOver(draft, standing, refusal), moderator);
}

/** Whoever draws on two telephones at once would get to choose between two. */
const isDrawing = ({ sessions }: SessionContext, own: Draft['session']['leg'], moderator: ExtensionNumber): boolean =>
  [...sessions.values()].some(
    ({ leg, stage }) => leg !== own && stage.kind === 'drawing' && stage.moderator === moderator,
  );

/** Where there is no candidate, why the newest call is none. */
function freshRefusal(context: SessionContext, draft: Draft, moderator: ExtensionNumber): RefusalReason | undefined {
  const { session } = draft;
  if (candidates(context, draft, moderator).length > 0) return undefined;
  const [newest] = groupTargets(context.policy, session.profile, context.calls.all.toReversed());
  if (!newest) return 'noLiveCall';
  return listeningRefusal(context, draft, session, moderator, newest) ?? 'noOtherCall';
}

/** Why the moderator does not get to hear the call that was drawn before; undefined where they do. */
function standingRefusal(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  { of, member, leg }: KeptDraw,
): RefusalReason | undefined {
  const { session } = draft;
  const target = targetOn(context.calls, member, leg);
  // In another profile other members would be there to be drawn.
  if (of.profile !== session.profile.id || of.purpose !== session.purpose || !target) return 'drawStands';
  return listeningRefusal(context, draft, session, moderator, target);
}

/**
 * Draws one of the calls that the moderator may listen to, where nothing speaks against it; it is heard once the record has the draw. As long as
 * the one drawn before goes on, it is that call again: nobody draws until they get whom they want.
 */
export function drawCall(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const standing = standingFor(draft.draws, moderator);
  if (!standing) return begun(context, draft, moderator);
  const target = targetOn(context.calls, standing.member, standing.leg);
  const refusal = standingRefusal(context, draft, moderator, standing);
  return target && refusal === undefined
    ? joinDrawn(context, draft, moderator, standing, target)
    : begun(context, withDrawOver(draft, standing, refusal ?? 'drawStands'), moderator);
}

function begun(context: SessionContext, draft: Draft, moderator: ExtensionNumber): Draft {
  const targets = candidates(context, draft, moderator);
  const among = targets.map(({ member, call, memberParty }) => ({ member, call: call.id, leg: memberParty.leg }));
  const named = among.map(({ member, call }) => ({ member, call }));
  return staged(silenced(noted(draft, { type: 'drawBegun', moderator, candidates: named })), {
    kind: 'drawing',
    moderator,
    among,
  });
}

/** Joins a call that was drawn and may be listened to. */
export function joinDrawn(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  { draw, member, leg }: DrawnCall,
  target: Target,
): Draft {
  const session = { ...draft.session, drawn: { draw, member, leg } };
  return joinCall(context, { ...draft, session }, moderator, newMonitor(member), target);
}
