import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { TalkingCall } from '../switchboard/state.js';
import { parties } from '../switchboard/state.js';
import type { KeptDraw } from './drawn-call.js';
import type { AuditFact, DrawEnd, EndReason, RefusalReason } from './records.js';
import type { Draft, SessionContext } from './session.js';

type Reason = EndReason | RefusalReason;

/** What those in the call have against being listened to. */
const byThoseInIt: ReadonlySet<Reason> = new Set<Reason>(['endedByMember', 'notLetIn', 'privateCall', 'noConsent']);

/** What stands above profile and moderator. */
const byRules: ReadonlySet<Reason> = new Set<Reason>([
  'excluded',
  'notAgreed',
  'outsidePeriod',
  'noSuchMember',
  'notInGroup',
]);

/** Whether the draw is over with it, and there may be another. */
export const endsDraw = (reason: Reason): boolean => byThoseInIt.has(reason) || byRules.has(reason);

/** By which moderators leave a call that goes on, or cannot be told from it. */
const leaving: ReadonlySet<EndReason> = new Set<EndReason>([
  'moderatorLeft',
  'moderatorHungUp',
  'moderatorSwitched',
  'peerSilent',
  'browserLost',
  'pageGone',
]);

/** With these the call is over, or the member talks to somebody else in it. */
const ofTheCall: ReadonlySet<EndReason> = new Set<EndReason>(['callEnded', 'transferred', 'tookOver', 'boxStopped']);

/** The draw that stands for the moderator. */
export const standingFor = (draws: readonly KeptDraw[], moderator: ExtensionNumber | null): KeptDraw | undefined =>
  draws.find((each) => each.moderator === moderator && each.course !== 'over');

/** Whether a draw of this call has ended before it: the moderator would get by another one whom they were refused. */
export const wasDrawn = (draws: readonly KeptDraw[], moderator: ExtensionNumber, call: TalkingCall): boolean => {
  const legs = parties(call).map(({ leg }) => leg);
  return draws.some((each) => each.moderator === moderator && each.course === 'over' && legs.includes(each.leg));
};

/** A draw is over because of what is said against listening to its call. */
export const withDrawOver = (draft: Draft, { draw }: Pick<KeptDraw, 'draw'>, reason: Reason): Draft => {
  const standing = draft.draws.find((each) => each.draw === draw && each.course !== 'over');
  if (!standing) return draft;
  const ended = drawEnded(standing, byThoseInIt.has(reason) ? 'refused' : 'barred');
  return { ...withCourse(draft, standing, 'over'), facts: [...draft.facts, ended] };
};

/** The moderator listens to the call on this leg, which may have been drawn. */
export function drawHeard(draft: Draft, leg: LegId): Draft {
  const standing = draft.draws.find((each) => each.draw === draft.session.drawn?.draw && each.leg === leg);
  return standing === undefined || standing.course === 'over' ? draft : withCourse(draft, standing, 'heard');
}

/** What the end of listening means for the draw by which it had begun. */
export function drawLeft({ sessions }: SessionContext, draft: Draft, reason: EndReason): Draft {
  const { stage, drawn, leg: own } = draft.session;
  const leg = stage.kind === 'monitoring' ? stage.monitor.target.leg : null;
  const standing = draft.draws.find((each) => each.draw === drawn?.draw && each.leg === leg);
  if (!standing) return draft;
  if (endsDraw(reason)) return withDrawOver(draft, standing, reason);
  const isHeardElsewhere = [...sessions.values()].some(
    (other) => other.leg !== own && other.stage.kind === 'monitoring' && other.drawn?.draw === standing.draw,
  );
  if (standing.course === 'over' || isHeardElsewhere || ofTheCall.has(reason)) return draft;
  if (!leaving.has(reason)) return withCourse(draft, standing, 'barred');
  return standing.course === 'heard' ? withCourse(draft, standing, 'left') : draft;
}

const withCourse = (draft: Draft, { draw }: KeptDraw, course: KeptDraw['course']): Draft => ({
  ...draft,
  draws: draft.draws.map((each) => (each.draw === draw ? { ...each, course } : each)),
});

/** Draws are over with their calls; what became of them is recorded. */
export function drawsReviewed(
  draws: readonly KeptDraw[],
  { calls, inTransfer }: Pick<SessionContext, 'calls' | 'inTransfer'>,
): { readonly draws: readonly KeptDraw[]; readonly facts: readonly AuditFact[] } {
  const isGone = ({ leg }: KeptDraw) => !calls.byLeg.has(leg) && !inTransfer.has(leg);
  const gone = draws.filter(isGone);
  if (gone.length === 0) return { draws, facts: [] };
  return {
    draws: draws.filter((each) => !isGone(each)),
    facts: gone.flatMap((each) => (each.course === 'over' ? [] : [drawEnded(each, outcomes[each.course])])),
  };
}

const outcomes: Readonly<Record<Exclude<KeptDraw['course'], 'over'>, DrawEnd>> = {
  notHeard: 'notHeard',
  heard: 'callEnded',
  left: 'moderatorLeft',
  barred: 'barred',
};

/** The entry that tells how the draw came to its end. */
const drawEnded = ({ of, moderator, member, call, draw }: KeptDraw, outcome: DrawEnd): AuditFact => ({
  ...of,
  type: 'drawEnded',
  moderator,
  member,
  call,
  draw,
  outcome,
});
