import type { ExtensionNumber } from '../primitives/ids.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { goesByDraw, owedNotices } from './agreed.js';
import { drawHeard, drawLeft } from './draws.js';
import { describeNotices, strictest } from './notice.js';
import type { Target } from './permission.js';
import { targetOn } from './permission.js';
import type { Mode } from './profile.js';
import { counted } from './quota.js';
import type { EndReason, HelpEnd } from './records.js';
import type { Draft, Monitor, Role, Session, SessionContext, Watch } from './session.js';
import { noted, staged } from './session.js';

/** A monitor as it is before it is attached to a call. */
export function newMonitor(member: ExtensionNumber): Monitor {
  return { member, gain: 0, follow: false, target: { kind: 'waiting', leg: null }, leaveArmedAt: null };
}

/**
 * Attaches the monitor to a call, as a listener unless the member has asked for more, so that nobody barges into the next call by accident.
 * Nothing is heard before this is recorded. What the member has asked for counts for no quota, and is never secret from them.
 */
export function startWatching(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  monitor: Monitor,
  target: Target,
  isLetIn: boolean,
): Draft {
  const { session } = draft;
  const owed = (role: Role) => owedNotices(context.policy, session.profile, role);
  const { helps } = session;
  // Whoever has the password of the extension, or signs in for it, can ask in the name of who talks there.
  const told = helps ? [{ kind: 'toneAtStart' } as const] : [];
  const notice = { member: [...owed('member'), ...told], other: owed('other') };
  const mode = helps?.mode ?? 'listen';
  const watched = { moderator, ...watchedBy(target) };
  const watch: Watch = {
    kind: 'call',
    call: target.call.id,
    leg: target.memberParty.leg,
    otherLeg: target.other.leg,
    other: shownNumber(target),
    since: context.now,
    audio: { kind: 'recording', mode: null, next: mode },
    notice,
    told: [],
    isLetIn,
  };
  const watching: Monitor = { ...monitor, member: target.member, target: watch, leaveArmedAt: null };
  const started = noted(helps ? draft : counted(draft, session.profile.id, target, context.local), {
    type: 'started',
    ...watched,
    noticeMember: describeNotices(notice.member),
    noticeOther: describeNotices(notice.other),
    ...(helps ? { wished: true } : {}),
    ...(goesByDraw(context, session) && session.drawn ? { draw: session.drawn.draw } : {}),
  });
  const fact = mode === 'listen' ? started : noted(started, { type: 'modeChanged', mode, ...watched });
  return staged(drawHeard(fact, watch.leg), { kind: 'monitoring', moderator, monitor: watching });
}

/**
 * Records the end of the present watch, or that the moderator asks no more to be let in, or is called no more for help; the stage is left to
 * the caller.
 */
export const stopWatching = (context: SessionContext, draft: Draft, reason: EndReason): Draft =>
  drawLeft(context, watchEnded(context, draft, reason), reason);

function watchEnded(context: SessionContext, draft: Draft, reason: EndReason): Draft {
  const { stage } = draft.session;
  if (stage.kind === 'calling') return helpEnded(draft, stage.moderator, reason);
  if (stage.kind !== 'monitoring') return draft;
  const { moderator, monitor } = stage;
  const { member, target } = monitor;
  if (target.kind === 'waiting') return draft;
  const { call, other, since } = target;
  const watched = { moderator, member, call, other };
  if (target.kind === 'asking') return noted(draft, { type: 'admissionEnded', reason, ...watched });
  return noted(draft, { type: 'ended', reason, ...watched, seconds: Math.round((context.now - since) / 1000) });
}

/** Records that a moderator who was called for help does not give it. */
export function helpEnded(draft: Draft, moderator: ExtensionNumber, reason: HelpEnd): Draft {
  const { helps } = draft.session;
  if (helps === null) return draft;
  const { member, call, other } = helps;
  return noted(draft, { type: 'helpEnded', reason, moderator, member, call, other });
}

/** The call that the member is in on the leg of the watch, or of that which shall become one, now, also after a transfer; undefined when there is none. */
export function currentTarget({ calls }: Pick<SessionContext, 'calls'>, monitor: Monitor): Target | undefined {
  const { target, member } = monitor;
  return target.kind === 'waiting' ? undefined : targetOn(calls, member, target.leg);
}

/** The call that a session hears, and in which mode; undefined while it hears none. */
export function audible(
  { stage }: Session,
  calls: TalkingCalls,
): { readonly monitor: Monitor; readonly watch: Watch; readonly mode: Mode; readonly target: Target } | undefined {
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return undefined;
  const { monitor } = stage;
  const watch = stage.monitor.target;
  const { mode } = watch.audio;
  const target = currentTarget({ calls }, monitor);
  return mode !== null && target ? { monitor, watch, mode, target } : undefined;
}

/** In which mode the monitor hears a call at present; null while it hears none. */
export function audibleMode({ target }: Monitor): Mode | null {
  return target.kind === 'call' ? target.audio.mode : null;
}

/** Whether a party may know that it is listened to: whoever has let the moderator in does, and otherwise whoever gets a notice. */
export const isToldOf = ({ isLetIn, notice }: Watch, role: Role): boolean =>
  isLetIn || strictest(notice[role]) !== null;

/** The audit record's view of a target. */
export function watchedBy(target: Target) {
  return { member: target.member, call: target.call.id, other: shownNumber(target) };
}

/** An outside number that could be an extension's is shown with its trunk: callers choose theirs at will, and the record would name a person. */
export function shownNumber({ other: { line, number } }: Target): string {
  if (number === '') return 'anonymous';
  return line.kind === 'trunk' && couldBeExtension.test(number) ? `${line.trunk}/${number}` : number;
}

const couldBeExtension = /^\d{2,8}$/;
