import type { Country } from '../primitives/country.js';
import type { LegId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Language } from '../primitives/language.js';
import { remembered } from '../primitives/remembered.js';
import { announcementPlaybacks } from './announcement.js';
import type { Edge, Playback } from './audio.js';
import type { Directory, Trunk } from './directory.js';
import type { CallerId, DesiredLeg, Destination } from './leg-commands.js';
import type { Call, Party, RingingCall, SwitchboardState, TalkingCall } from './state.js';
import { callerIdOf, earlyBranch, parties, transferor } from './state.js';

/** What the switchboard wants the signalling of its legs to be. */
export const desiredLegs = remembered((state: SwitchboardState): ReadonlyMap<LegId, DesiredLeg> => {
  const legs = new Map<LegId, DesiredLeg>();
  for (const call of state.calls.values()) {
    for (const [leg, desired] of legsOfCall(state, call)) legs.set(leg, desired);
  }
  for (const [leg, { isAnswered }] of state.announcements)
    legs.set(leg, { kind: isAnswered ? 'answer' : 'openEarlyMedia' });
  for (const [leg, cause] of state.releasing) legs.set(leg, { kind: 'release', cause });
  return legs;
});

function legsOfCall(state: SwitchboardState, call: Call): readonly (readonly [LegId, DesiredLeg])[] {
  if (call.kind === 'ringing') return ringingLegs(state, call);
  return call.kind === 'talking' ? talkingLegs(call) : [[call.caller.leg, connectedLeg(call.caller)]];
}

function ringingLegs(state: SwitchboardState, call: RingingCall): readonly (readonly [LegId, DesiredLeg])[] {
  const caller = call.caller.leg;
  const dialled = call.branches.map(
    ({ leg, to }) => [leg, { kind: 'dial', to, callerId: shownCallerId(state, call, to), caller }] as const,
  );
  const transferring = transferor(call);
  return [
    [call.caller.leg, callerLeg(call)],
    ...dialled,
    ...(transferring ? [[transferring.leg, connectedLeg(transferring)] as const] : []),
  ];
}

function callerLeg(call: RingingCall): DesiredLeg {
  if (call.transfer !== null) return connectedLeg(call.caller);
  if (earlyBranch(call.branches)) return { kind: 'openEarlyMedia' };
  return call.branches.some((branch) => branch.progress === 'ringing') ? { kind: 'ring' } : { kind: 'stay' };
}

/**
 * Outside, an extension is shown by the number that it has for that, else by that of the trunk where it has one. Nothing is shown of an extension
 * that withholds its number; but the emergency services must be able to call back.
 */
function shownCallerId({ directory }: SwitchboardState, call: RingingCall, to: Destination): CallerId {
  const { caller, route } = call;
  const trunk = to.kind === 'trunk' ? directory.trunks.find(({ id }) => id === to.trunk) : undefined;
  if (!trunk) return callerIdOf(caller);
  const { line } = caller;
  const extension = line.kind === 'extension' ? directory.extensions.get(line.number) : undefined;
  const number = extension?.callerId ?? trunk.callerId;
  const own = number === null ? callerIdOf(caller) : { number, name: '' };
  const diverted = divertedBy(directory, call, trunk);
  if (!caller.isPrivate || route.kind === 'emergency') return { ...own, ...diverted };
  return { number: '', name: '', ...(trunk.isTrusted ? { asserted: own.number } : {}), ...diverted };
}

/** Who has sent the call out, as they are shown outside. */
function divertedBy(
  { extensions }: Directory,
  { forwardedBy }: RingingCall,
  trunk: Trunk,
): Pick<CallerId, 'divertedBy'> {
  const by = forwardedBy.at(-1);
  return by === undefined ? {} : { divertedBy: extensions.get(by)?.callerId ?? trunk.callerId ?? by };
}

function talkingLegs(call: TalkingCall): readonly (readonly [LegId, DesiredLeg])[] {
  return parties(call).map((party) => [party.leg, connectedLeg(party)] as const);
}

const connectedLeg = ({ direction }: Party): DesiredLeg => ({ kind: direction === 'incoming' ? 'answer' : 'stay' });

/** Which parties hear each other. */
export const desiredEdges = remembered(({ calls }: SwitchboardState): readonly Edge[] =>
  [...calls.values()].flatMap(edgesOf),
);

function edgesOf(call: Call): readonly Edge[] {
  if (call.kind === 'talking') {
    const [a, b] = parties(call);
    return a.held || b.held ? [] : bothWays(a.leg, b.leg);
  }
  const early = call.kind === 'ringing' ? earlyBranch(call.branches) : undefined;
  return early && !call.caller.held ? bothWays(call.caller.leg, early.leg) : [];
}

const bothWays = (a: LegId, b: LegId): readonly Edge[] => [
  { from: a, to: b, gain: 0, levelled: false, side: 'both' },
  { from: b, to: a, gain: 0, levelled: false, side: 'both' },
];

/** What tells a party that it waits, on hold, parked or for a transfer to be answered; the ringback tone while early media is silent; announcements. */
export function desiredPlaybacks(state: SwitchboardState, language: Language): readonly Playback[] {
  const { country } = state.directory;
  return [
    ...[...state.calls.values()].flatMap((call) => [
      ...holdPlaybacks(call, language),
      ...ringbackPlaybacks(call, language, country),
    ]),
    ...announcementPlaybacks(state, language),
  ];
}

/** Once early media is open, a phone no longer plays a ringback tone of its own. */
function ringbackPlaybacks(call: Call, language: Language, country: Country): readonly Playback[] {
  const early = call.kind === 'ringing' && !call.caller.held ? earlyBranch(call.branches) : undefined;
  if (!early?.rings || early.isEarlyMediaHeard) return [];
  const { leg } = call.caller;
  const items = [{ kind: 'networkTone', name: 'ringback', country }] as const;
  return [{ id: playbackId(`ringback-${call.id}-${leg}`), leg, language, items, loop: true }];
}

function waitingParties(call: Call): readonly Party[] {
  if (call.kind === 'parked') return call.caller.held ? [] : [call.caller];
  if (call.kind === 'ringing') {
    const isWaiting = call.transfer !== null && !call.caller.held && !earlyBranch(call.branches);
    return isWaiting ? [call.caller] : [];
  }
  const [a, b] = parties(call);
  return [...(a.held && !b.held ? [b] : []), ...(b.held && !a.held ? [a] : [])];
}

function holdPlaybacks(call: Call, language: Language): readonly Playback[] {
  return waitingParties(call).map(({ leg }) => ({
    id: playbackId(`hold-${call.id}-${leg}`),
    leg,
    language,
    items: [
      { kind: 'prompt', name: 'hold' },
      { kind: 'pause', ms: 8000 },
    ],
    loop: true,
  }));
}
