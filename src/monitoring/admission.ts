import type { CallId, ExtensionNumber, LegId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Playback } from '../switchboard/audio.js';
import { canHear, parties } from '../switchboard/state.js';
import { partyOn, type TalkingCalls } from '../switchboard/talking-calls.js';
import type { Target } from './permission.js';
import { extensionOf, extensionsIn } from './permission.js';
import type { Asking, Draft, Monitor, MonitoringStage, Session, SessionContext } from './session.js';
import { noted, saying, staged, wishingIn } from './session.js';
import { admissionSpeech, prompt } from './speech.js';
import type { MonitoringState } from './state.js';
import { shownNumber, startWatching, watchedBy } from './watching.js';

/** For so long those in the call are asked, in milliseconds. */
const patienceMs = 30_000;

/**
 * Attaches the monitor to a call. Where those in it have to let the moderator in, they are asked first, for each call and each party anew; a
 * member who has asked for the moderator is not.
 */
export function joinCall(
  context: SessionContext,
  draft: Draft,
  moderator: ExtensionNumber,
  monitor: Monitor,
  target: Target,
): Draft {
  const wishing = wishingIn(draft.session);
  const undecided = [...new Set(extensionsIn(target.call))].filter((extension) => extension !== wishing);
  if (!draft.session.profile.admission || undecided.length === 0)
    return startWatching(context, draft, moderator, monitor, target, undecided.length === 0);
  const asking: Asking = {
    kind: 'asking',
    call: target.call.id,
    leg: target.memberParty.leg,
    otherLeg: target.other.leg,
    other: shownNumber(target),
    since: context.now,
    until: context.now + patienceMs,
    undecided: undecided.map((extension) => ({ extension, star: null })),
  };
  const waits: Monitor = { ...monitor, member: target.member, target: asking, leaveArmedAt: null };
  const asked = noted(draft, { type: 'admissionAsked', moderator, ...watchedBy(target) });
  return saying(staged(asked, { kind: 'monitoring', moderator, monitor: waits }), prompt('please-wait-to-be-let-in'));
}

/** Who asks to be let in, at the moment. */
export interface Asker {
  readonly session: Session;
  readonly stage: MonitoringStage;
  readonly asking: Asking;
}

export function askerIn(session: Session): Asker | undefined {
  const { stage } = session;
  if (stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'asking') return undefined;
  return { session, stage, asking: stage.monitor.target };
}

/** Who waits for an answer of this extension. */
export const isAskedOf = ({ asking }: Asker, extension: ExtensionNumber): boolean =>
  asking.undecided.some((each) => each.extension === extension);

/** Who alone asks to be let into the calls of this extension; undefined where nobody does, or more than one, who could be confused. */
export function soleAskerOf(sessions: Sessions, extension: ExtensionNumber): Session | undefined {
  const askers = [...sessions.values()].filter((session) => {
    const asker = askerIn(session);
    return asker !== undefined && isAskedOf(asker, extension);
  });
  return askers.length === 1 ? askers[0] : undefined;
}

type Sessions = MonitoringState['sessions'];

/** Whom the keys on a leg answer: of several moderators the one who asked first, of whom alone is spoken there. */
export function askerOn(
  sessions: Sessions,
  calls: TalkingCalls,
  leg: LegId,
): { readonly asker: Asker; readonly extension: ExtensionNumber } | undefined {
  const call = calls.byLeg.get(leg);
  const party = partyOn(calls, leg);
  const extension = party && extensionOf(party);
  if (!call || extension === undefined) return undefined;
  const asker = askersIn(sessions, call.id).find((each) => isAskedOf(each, extension));
  return asker && { asker, extension };
}

/** Whoever has asked first comes first, so that no other is let in by keys meant for the one of whom was spoken. */
const askersIn = (sessions: Sessions, call: CallId): readonly Asker[] =>
  [...sessions.values()]
    .flatMap((session) => {
      const asker = askerIn(session);
      return asker?.asking.call === call ? [asker] : [];
    })
    .sort((one, other) => one.asking.since - other.asking.since);

/** Asks those in the calls, each in their own language, until they have answered. */
export function admissionPlaybacks({ sessions, policy }: MonitoringState, calls: TalkingCalls): readonly Playback[] {
  const ids = new Set([...sessions.values()].flatMap((session) => askerIn(session)?.asking.call ?? []));
  const asked = calls.all.filter(({ id }) => ids.has(id));
  return asked.flatMap(parties).flatMap((party) => {
    const found = canHear(party) ? askerOn(sessions, calls, party.leg) : undefined;
    if (!found) return [];
    const { asker, extension } = found;
    const { language } = policy.persons.get(extension) ?? policy;
    const id = playbackId(`admission-${asker.session.serial}-${party.leg}`);
    return [{ id, leg: party.leg, language, items: admissionSpeech(asker.stage.moderator), loop: true }];
  });
}
