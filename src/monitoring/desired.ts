import type { LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { Edge, Playback, Side } from '../switchboard/audio.js';
import type { DesiredLeg } from '../switchboard/leg-commands.js';
import type { Party } from '../switchboard/state.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { admissionPlaybacks } from './admission.js';
import { helpPlaybacks } from './help.js';
import type { Notices } from './party-notices.js';
import { announcedLegs, audibleParties, noticePlaybacks } from './party-notices.js';
import { periodPlaybacks } from './period-words.js';
import type { PinCheck } from './pin-checks.js';
import { isUnanswered, type Session, type Stage } from './session.js';
import type { MonitoringState } from './state.js';
import { audible } from './watching.js';

/** What monitoring wants of the moderators' legs. */
export const desiredLegs = ({ sessions }: MonitoringState): ReadonlyMap<LegId, DesiredLeg> => legsOfAll(sessions);

const legsOfAll = remembered(
  (sessions: MonitoringState['sessions']): ReadonlyMap<LegId, DesiredLeg> =>
    new Map([...sessions.values()].flatMap(legsOf)),
);

function legsOf(session: Session): readonly (readonly [LegId, DesiredLeg])[] {
  const { leg, stage, asked } = session;
  if (asked === null) return [[leg, ownLeg(stage, answered)]];
  const { phones, callerId } = asked;
  if (stage.kind === 'calling')
    return phones.map((phone) => [phone.leg, { kind: 'dial', to: phone.to, callerId, caller: leg }]);
  const silenced = phones.map((phone) => [phone.leg, { kind: 'release', cause: 'answeredElsewhere' }] as const);
  return isUnanswered(session) ? [] : [[leg, ownLeg(stage, stays)], ...silenced];
}

const released: DesiredLeg = { kind: 'release', cause: 'normal' };
const answered: DesiredLeg = { kind: 'answer' };
const stays: DesiredLeg = { kind: 'stay' };

const ownLeg = (stage: Stage, otherwise: DesiredLeg): DesiredLeg => (stage.kind === 'releasing' ? released : otherwise);

/** The edges that running monitors add to those between the parties. */
export function desiredEdges(state: MonitoringState, calls: TalkingCalls): readonly Edge[] {
  return [...state.sessions.values()].flatMap((session) => monitorEdges(session, state.notices, calls));
}

function monitorEdges(session: Session, notices: Notices, calls: TalkingCalls): readonly Edge[] {
  const heard = audible(session, calls);
  if (!heard) return [];
  const { leg } = session;
  const { mode, monitor, watch, target } = heard;
  const { memberParty, other } = target;
  const heardRoles = audibleParties(notices, watch, target);
  const hears = (party: Party, side: Side): Edge => ({
    from: party.leg,
    to: leg,
    gain: monitor.gain,
    levelled: true,
    side: session.profile.stereo ? side : 'both',
  });
  const isHeardBy = (party: Party): Edge => ({ from: leg, to: party.leg, gain: 0, levelled: false, side: 'both' });
  return [
    ...(heardRoles.includes('member') ? [hears(memberParty, 'left')] : []),
    ...(heardRoles.includes('other') ? [hears(other, 'right')] : []),
    ...(mode === 'listen' ? [] : [isHeardBy(memberParty)]),
    ...(mode === 'barge' ? [isHeardBy(other)] : []),
  ];
}

/** Speech for the moderators, and for the parties notices, and what they are asked or told as long as they hear none. */
export function desiredPlaybacks(state: MonitoringState, calls: TalkingCalls): readonly Playback[] {
  const announced = announcedLegs(state.notices);
  return [
    ...speechOf(state.sessions),
    ...wordsToParties(state, calls).filter(({ leg }) => !announced.has(leg)),
    ...noticePlaybacks(state.notices, state.policy.language),
  ];
}

/** What those in calls are asked, or told of what they have asked for: one of it at a time. */
function wordsToParties(state: MonitoringState, calls: TalkingCalls): readonly Playback[] {
  const all = [
    ...admissionPlaybacks(state, calls),
    ...helpPlaybacks(state, calls),
    ...periodPlaybacks(state.periodWords, state.policy, calls),
  ];
  return all.filter(({ leg }, index) => all.findIndex((other) => other.leg === leg) === index);
}

/** Parties who hear a spoken notice, or what they are asked or told, which nothing else may drown out. */
export const spokenTo = (state: MonitoringState, calls: TalkingCalls): ReadonlySet<LegId> =>
  new Set([...announcedLegs(state.notices), ...wordsToParties(state, calls).map(({ leg }) => leg)]);

const speechOf = remembered((sessions: MonitoringState['sessions']): readonly Playback[] =>
  [...sessions.values()].flatMap(speechIn),
);

function speechIn(session: Session): readonly Playback[] {
  const { leg, language, speech } = session;
  return speech ? [{ id: speechId(session, speech.serial), leg, language, items: speech.items, loop: false }] : [];
}

/** Identifies one utterance to the moderator of a session. */
export function speechId(session: Session, serial: number): PlaybackId {
  return playbackId(`speech-${session.serial}-${serial}`);
}

/** The PIN to compare now. */
export function desiredPinChecks({ pinChecks }: MonitoringState): readonly PinCheck[] {
  return pinChecks.running === null ? [] : [pinChecks.running];
}
