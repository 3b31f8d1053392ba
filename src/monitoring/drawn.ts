import { askMember, refused, turnedAway } from './dialogue.js';
import { joinDrawn } from './draw.js';
import type { Draw, KeptDraw } from './drawn-call.js';
import { endsDraw, withDrawOver } from './draws.js';
import { startRefusal, targetOn, targetRefusal } from './permission.js';
import type { Draft, SessionContext, Stage } from './session.js';
import { noted, saying } from './session.js';
import { prompt, refusalSpeech } from './speech.js';

/** The record has the draw, and with it what nobody could know before: which of the candidates it is. */
export function drawn(context: SessionContext, draft: Draft, { draw, index }: Draw): Draft {
  const { stage, purpose } = draft.session;
  const chosen = stage.kind === 'drawing' ? stage.among[index] : undefined;
  if (stage.kind !== 'drawing' || chosen === undefined || purpose === null) return draft;
  const { moderator } = stage;
  const { member, call, leg } = chosen;
  const { serial: session, caller, profile } = draft.session;
  const of = { session, caller, profile: profile.id, purpose };
  const standing: KeptDraw = { draw, member, leg, moderator, call, of, course: 'notHeard' };
  const fact = noted(draft, { type: 'drawn', moderator, member, call, draw, index });
  return heard(context, { ...fact, draws: [...draft.draws, standing] }, standing, stage);
}

/** What was drawn may have become another meanwhile, or be over. */
function heard(
  context: SessionContext,
  draft: Draft,
  standing: KeptDraw,
  { moderator }: Extract<Stage, { kind: 'drawing' }>,
): Draft {
  const closure = startRefusal(context, draft.session);
  if (closure) return turnedAway(draft, closure, moderator);
  const { member, leg } = standing;
  const target = targetOn(context.calls, member, leg);
  if (!target) return askMember(context, saying(draft, prompt('call-ended')), moderator);
  const refusal = targetRefusal(context, draft, { ...draft.session, drawn: standing }, moderator, target);
  if (!refusal) return joinDrawn(context, draft, moderator, standing, target);
  const told = saying(refused(draft, refusal, moderator, member), ...refusalSpeech(refusal));
  const over = endsDraw(refusal) ? withDrawOver(told, standing, refusal) : told;
  return askMember(context, over, moderator);
}
