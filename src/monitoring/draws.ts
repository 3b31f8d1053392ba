import type { ExtensionNumber } from '../primitives/ids.js';
import type { StandingDraw } from './drawn-call.js';
import type { AuditFact, DrawEnd, EndReason, RefusalReason } from './records.js';
import type { Draft, SessionContext } from './session.js';

/** What those who are listened to, or what stands above profile and moderator, has against it: the draw is over then, and there may be another. */
const declared: ReadonlySet<EndReason | RefusalReason> = new Set<EndReason | RefusalReason>([
  'endedByMember',
  'notLetIn',
  'privateCall',
  'excluded',
  'noConsent',
  'notAgreed',
  'outsidePeriod',
  'noSuchMember',
  'notInGroup',
]);

export const isDeclared = (reason: EndReason | RefusalReason): boolean => declared.has(reason);

/** By which moderators leave a call that goes on, or cannot be told from it. */
const leaving: ReadonlySet<EndReason> = new Set<EndReason>([
  'moderatorLeft',
  'moderatorHungUp',
  'moderatorSwitched',
  'peerSilent',
  'browserLost',
  'pageGone',
]);

/** The draw that stands for the moderator. */
export const standingFor = (
  draws: readonly StandingDraw[],
  moderator: ExtensionNumber | null,
): StandingDraw | undefined => draws.find((each) => each.moderator === moderator);

/** A draw is over because of what is said against listening to its call. */
export const withDrawRefused = (draft: Draft, standing: StandingDraw): Draft => ({
  ...draft,
  draws: draft.draws.filter((each) => each !== standing),
  facts: [...draft.facts, drawEnded(standing, 'refused')],
});

/** What the end of listening means for the draw by which it had begun: it is over, or the moderator has left its call. */
export function drawLeft({ sessions }: SessionContext, draft: Draft, reason: EndReason): Draft {
  const { stage, drawn, leg: own } = draft.session;
  const leg = stage.kind === 'monitoring' ? stage.monitor.target.leg : null;
  const standing = draft.draws.find((each) => each.draw === drawn?.draw && each.leg === leg);
  if (!standing) return draft;
  if (isDeclared(reason)) return withDrawRefused(draft, standing);
  const isHeardElsewhere = [...sessions.values()].some(
    (other) => other.leg !== own && other.stage.kind === 'monitoring' && other.drawn?.draw === standing.draw,
  );
  if (isHeardElsewhere || !leaving.has(reason)) return draft;
  return { ...draft, draws: draft.draws.map((each) => (each === standing ? { ...each, isLeft: true } : each)) };
}

/** Draws are over with their calls; what became of them is recorded. */
export function drawsReviewed(
  draws: readonly StandingDraw[],
  { calls, inTransfer }: Pick<SessionContext, 'calls' | 'inTransfer'>,
): { readonly draws: readonly StandingDraw[]; readonly facts: readonly AuditFact[] } {
  const isOver = ({ leg }: StandingDraw) => !calls.byLeg.has(leg) && !inTransfer.has(leg);
  const over = draws.filter(isOver);
  if (over.length === 0) return { draws, facts: [] };
  return {
    draws: draws.filter((each) => !isOver(each)),
    facts: over.map((each) => drawEnded(each, each.isLeft ? 'moderatorLeft' : 'callEnded')),
  };
}

/** The entry that tells how the draw came to its end. */
const drawEnded = ({ of, moderator, member, call, draw }: StandingDraw, outcome: DrawEnd): AuditFact => ({
  ...of,
  type: 'drawEnded',
  moderator,
  member,
  call,
  draw,
  outcome,
});
