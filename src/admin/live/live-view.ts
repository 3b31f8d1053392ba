import type { World } from '../../gateway/world.js';
import { askerIn, isAskedOf } from '../../monitoring/admission.js';
import { describeNotices } from '../../monitoring/notice.js';
import { couldListen, extensionOf } from '../../monitoring/permission.js';
import type { LocalTime } from '../../monitoring/profile.js';
import type { MonitoringStage, Role, Session } from '../../monitoring/session.js';
import { isToldOf } from '../../monitoring/watching.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { CallRoute } from '../../switchboard/dial-plan.js';
import { isEmergencyCall } from '../../switchboard/emergency-call.js';
import { protectionOn } from '../../switchboard/protection.js';
import type { Call, Party, TalkingCall } from '../../switchboard/state.js';
import { parties } from '../../switchboard/state.js';
import type { Caller } from '../operation.js';

/** A moderator who listens, or waits for the member's next call. */
export interface LiveMonitor {
  readonly session: Session;
  readonly stage: MonitoringStage;
}

export function monitorsIn({ monitoring }: World): readonly LiveMonitor[] {
  return [...monitoring.sessions.values()].flatMap((session) =>
    session.stage.kind === 'monitoring' ? [{ session, stage: session.stage }] : [],
  );
}

/** The monitors that a person may know of. */
export function monitorsFor(world: World, caller: Caller): readonly LiveMonitor[] {
  const all = monitorsIn(world);
  if (caller.roles.has('admin') || caller.roles.has('council')) return all;
  const { extension } = caller;
  if (extension === null) return [];
  const isOwn = ({ stage }: LiveMonitor) => caller.roles.has('moderator') && stage.moderator === extension;
  const isTold = (monitor: LiveMonitor) => caller.roles.has('member') && mayKnow(world, monitor, extension);
  return all.filter((monitor) => isOwn(monitor) || isTold(monitor) || isAskedIn(world, monitor, extension));
}

/** Whether it waits until this extension lets it in. */
export function asksFor({ session }: LiveMonitor, extension: ExtensionNumber): boolean {
  const asker = askerIn(session);
  return asker !== undefined && isAskedOf(asker, extension);
}

/** Whether it asks to be let into a call of this extension, also where that one has let it in already and others have not. */
const isAskedIn = (world: World, monitor: LiveMonitor, extension: ExtensionNumber): boolean =>
  askerIn(monitor.session) !== undefined && roleIn(world, monitor, extension) !== undefined;

/** Which end of the monitored call a person is; undefined if neither. */
export function roleIn(
  { switchboard }: World,
  { stage: { monitor } }: LiveMonitor,
  extension: ExtensionNumber,
): Role | undefined {
  if (monitor.target.kind === 'waiting') return undefined;
  const call = switchboard.calls.get(monitor.target.call);
  const isIn = call?.kind === 'talking' && parties(call).some((party) => extensionOf(party) === extension);
  if (!isIn) return undefined;
  return monitor.member === extension ? 'member' : 'other';
}

/** Whoever has asked for a moderator knows of it; otherwise a party that gets no notice learns nothing here either. */
function mayKnow(world: World, monitor: LiveMonitor, extension: ExtensionNumber): boolean {
  const { session, stage } = monitor;
  const { target } = stage.monitor;
  const role = roleIn(world, monitor, extension);
  if (role === undefined) return false;
  return target.kind === 'call' ? isToldOf(target, role) : session.helps?.member === extension;
}

/** The calls that a person may know of, oldest first. */
export function callsFor(world: World, local: LocalTime, caller: Caller): readonly Call[] {
  const all = [...world.switchboard.calls.values()];
  if (caller.roles.has('admin') || caller.roles.has('read')) return all;
  const { monitoring } = world;
  const monitored = new Set(monitorsFor(world, caller).map(callOf));
  const moderator = caller.roles.has('moderator') ? caller.extension : null;
  return all.filter(
    (call) =>
      monitored.has(call.id) ||
      (moderator !== null && call.kind === 'talking' && couldListen(monitoring, local, moderator, call)),
  );
}

/** The call that somebody listens to, or asks to be let into; null where they wait for one. */
export const callOf = ({ stage: { monitor } }: LiveMonitor): number | null =>
  monitor.target.kind === 'waiting' ? null : monitor.target.call;

/** Of an instant of the rules' clock, ISO 8601. */
export type TimeOf = (instant: number) => string;

/** What an extension is called; empty where it has no name any more. */
export type NameOf = (extension: ExtensionNumber) => string;

export function extensionNamesIn({ extensions }: Settings): NameOf {
  const names = new Map(extensions.map(({ number, name }) => [number, name]));
  return (extension) => names.get(extension) ?? '';
}

export function monitorView({ session, stage: { moderator, monitor } }: LiveMonitor, timeOf: TimeOf, nameOf: NameOf) {
  const { member, target, follow } = monitor;
  const base = {
    session: session.serial,
    profile: session.profile.id,
    moderator,
    moderatorName: nameOf(moderator),
    caller: session.caller,
    member,
    memberName: nameOf(member),
    follows: follow,
  };
  const unheard = { mode: null, notice: null, told: [], undecided: [] };
  if (target.kind === 'waiting')
    return { ...base, ...unheard, state: 'waiting' as const, call: null, other: null, since: null };
  if (target.kind === 'asking')
    return {
      ...base,
      ...unheard,
      state: 'asking' as const,
      call: target.call,
      other: target.other,
      since: timeOf(target.since),
      undecided: target.undecided.map((each) => each.extension),
    };
  const { call, other, audio, since, notice, told } = target;
  const described = (role: Role) => describeNotices(notice[role]);
  return {
    ...base,
    state: 'attached' as const,
    call,
    other,
    /** Null until the record says that somebody listens. */
    mode: audio.mode,
    since: timeOf(since),
    notice: { member: described('member'), other: described('other') },
    told: [...told],
    undecided: [],
  };
}

/** What trunks and groups are called; empty where they have no name any more. */
export interface Names {
  trunk(id: string): string;
  group(id: string): string;
}

export const namesIn = ({ trunks, groups }: Settings): Names => ({
  trunk: (wanted) => trunks.find(({ id }) => id === wanted)?.name ?? '',
  group: (wanted) => groups.find(({ id }) => id === wanted)?.name ?? '',
});

const shownParty = ({ protections }: World, { number, name, line, leg }: Party, names: Names) => ({
  number,
  name,
  isGroup: false,
  trunk: line.kind === 'trunk' ? line.trunk : null,
  trunkName: line.kind === 'trunk' ? names.trunk(line.trunk) : null,
  protection: protectionOn(protections, leg),
});

/** Who was called and has not answered yet. */
const called = (route: CallRoute, names: Names) => ({
  number: numberOf(route),
  name: route.kind === 'group' ? names.group(route.group) : '',
  isGroup: route.kind === 'group',
  trunk: null,
  trunkName: null,
  protection: null,
});

export function callView(world: World, call: Call, timeOf: TimeOf, names: Names) {
  const isTalking = call.kind === 'talking';
  return {
    call: call.id,
    state: stateOf(call),
    from: shownParty(world, call.caller, names),
    to: isTalking ? shownParty(world, call.callee, names) : called(call.route, names),
    since: timeOf(call.startedAt),
    answered: isTalking ? timeOf(call.answeredAt) : null,
    isHeld: isTalking && parties(call).some(({ held }) => held),
    isEncrypted: isTalking && isEncrypted(world, call),
    /** Such a call cannot be ended from outside. */
    isEmergency: isEmergencyCall(world.switchboard.directory.country, call),
  };
}

/** Nothing of it travels in clear, neither to the parties nor to those who listen. */
function isEncrypted(world: World, call: TalkingCall): boolean {
  const listeners = monitorsIn(world).filter(({ stage: { monitor } }) => isWatched(monitor, call));
  const legs = [...parties(call), ...listeners.map(({ session }) => session)];
  const ways = legs.map(({ leg }) => protectionOn(world.protections, leg));
  return ways.includes('encrypted') && !ways.includes('clear');
}

const isWatched = ({ target }: MonitoringStage['monitor'], { id }: Call): boolean =>
  target.kind === 'call' && target.call === id;

function stateOf(call: Call): 'talking' | 'ringing' | 'transferring' | 'parked' {
  if (call.kind !== 'ringing') return call.kind;
  return call.transfer === null ? 'ringing' : 'transferring';
}

/** What was called; a group by its ID. */
export const numberOf = (route: CallRoute): string => (route.kind === 'group' ? route.group : route.number);
