import { lampsWhileHeld } from '../indication/button.js';
import type { Lamps } from '../indication/lamps.js';
import { monitorPattern, statusPattern } from '../indication/lamps.js';
import * as analogPhone from '../lines/analog/phone-state.js';
import { isSeized } from '../lines/analog/trunk.js';
import * as monitoring from '../monitoring/desired.js';
import { announcedLegs } from '../monitoring/notices.js';
import type { PinCheck } from '../monitoring/pin-checks.js';
import { isLicensed } from '../monitoring/records.js';
import { audibleMode } from '../monitoring/watching.js';
import type { LegId, PortId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { KeyDetection } from '../primitives/keys.js';
import type { Instant } from '../primitives/time.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import * as switchboard from '../switchboard/desired.js';
import type { DesiredLeg } from '../switchboard/leg-commands.js';
import type { Probe } from '../switchboard/liveness.js';
import { desiredProbes, lostLegs } from '../switchboard/liveness.js';
import { ringCadences } from '../switchboard/network-tones.js';
import { talkingCalls } from '../switchboard/talking-calls.js';
import { announcementPlayback } from './announcement.js';
import type { Ports } from './ports.js';
import { channelLeg, soundOf } from './ports.js';
import type { Ring } from './ring.js';
import type { World } from './world.js';

/** What the world outside should look like: legs, audio between them, and what the box itself plays. */
export interface Desired {
  /** Those of the engine; the ports of the box have their own. */
  readonly legs: ReadonlyMap<LegId, DesiredLeg>;
  /** The sound of the analog ports that work. */
  readonly channels: ReadonlyMap<PortId, KeyDetection>;
  /** Analog telephones that ring. */
  readonly rings: ReadonlyMap<PortId, Ring>;
  /** Lines of exchanges that are off hook. */
  readonly seized: ReadonlySet<PortId>;
  readonly edges: readonly Edge[];
  readonly playbacks: readonly Playback[];
  readonly pinChecks: readonly PinCheck[];
  readonly probes: readonly Probe[];
  readonly lamps: Lamps;
}

export function desired(world: World, now: Instant): Desired {
  const calls = talkingCalls(world.switchboard.calls);
  const { ports } = world;
  const lost = lostLegs(world.liveness).map((leg) => [leg, { kind: 'release', cause: 'peerSilent' }] as const);
  const legs = [...switchboard.desiredLegs(world.switchboard), ...monitoring.desiredLegs(world.monitoring), ...lost];
  const edges = [...switchboard.desiredEdges(world.switchboard), ...monitoring.desiredEdges(world.monitoring, calls)];
  const playbacks = [...holdPlaybacks(world), ...monitoring.desiredPlaybacks(world.monitoring)];
  return {
    legs: new Map(legs.filter(([leg]) => !ports.legs.has(leg))),
    ...desiredOfPorts(ports),
    edges: edges.flatMap((edge) => throughChannels(ports, edge)),
    playbacks: [
      ...playbacks.flatMap((playback) => onChannel(ports, playback)),
      ...tones(world),
      ...(world.announcement ? [announcementPlayback(world.announcement, world.monitoring.policy.language)] : []),
    ],
    pinChecks: monitoring.desiredPinChecks(world.monitoring),
    probes: desiredProbes(world.liveness),
    lamps: desiredLamps(world, now),
  };
}

/** Who is being told that somebody listens hears nothing else meanwhile. */
function holdPlaybacks({ switchboard: state, monitoring: { notices, policy } }: World): readonly Playback[] {
  const announced = announcedLegs(notices);
  return switchboard.desiredPlaybacks(state, policy.language).filter(({ leg }) => !announced.has(leg));
}

function desiredOfPorts({ phones, trunks }: Ports): Pick<Desired, 'channels' | 'rings' | 'seized'> {
  const working = [...phones, ...trunks].filter(([, { state }]) => state.kind !== 'absent');
  return {
    channels: new Map(working.map(([port, { keys }]) => [port, keys])),
    rings: new Map(
      [...phones].flatMap(([port, phone]) => {
        const caller = analogPhone.desired(phone).ring;
        return caller ? [[port, { cadence: ringCadences[phone.settings.country], caller }] as const] : [];
      }),
    ),
    seized: new Set([...trunks].flatMap(([port, trunk]) => (isSeized(trunk) ? [port] : []))),
  };
}

/** Parties on analog ports hear and are heard only on the leg that they have in the handset. */
function throughChannels(ports: Ports, edge: Edge): readonly Edge[] {
  const [from, to] = [soundOf(ports, edge.from), soundOf(ports, edge.to)];
  if (from === edge.from && to === edge.to) return [edge];
  return from === null || to === null ? [] : [{ ...edge, from, to }];
}

function onChannel(ports: Ports, playback: Playback): readonly Playback[] {
  const leg = soundOf(ports, playback.leg);
  if (leg === playback.leg) return [playback];
  return leg === null ? [] : [{ ...playback, leg }];
}

/** What the handsets hear of the telephone network. */
function tones({ ports, monitoring: { policy } }: World): readonly Playback[] {
  return [...ports.phones].flatMap(([port, phone]) => {
    const { tone } = analogPhone.desired(phone);
    if (tone === null) return [];
    const items = [{ kind: 'networkTone', name: tone, country: phone.settings.country }] as const;
    const id = playbackId(`${tone}-${port}`);
    return [{ id, leg: channelLeg(port), language: policy.language, items, loop: true }];
  });
}

function desiredLamps({ switchboard, monitoring: { sessions, closures }, frontPanel }: World, now: Instant): Lamps {
  const modes = [...sessions.values()].flatMap(({ stage }) =>
    stage.kind === 'monitoring' ? (audibleMode(stage.monitor) ?? []) : [],
  );
  const hasPhones = [...switchboard.contacts.values()].some((contacts) => contacts.length > 0);
  const hasTrunks = switchboard.directory.trunks.some(({ id }) => !switchboard.trunksDown.has(id));
  const lamps: Lamps = {
    monitor: monitorPattern(modes),
    status: statusPattern({
      hasLines: hasPhones || hasTrunks,
      isLicensed: isLicensed(closures),
    }),
  };
  return lampsWhileHeld(frontPanel.button, lamps, now);
}
