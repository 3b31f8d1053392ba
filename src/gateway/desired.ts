import { lampsWhileHeld } from '../indication/button.js';
import type { Lamps } from '../indication/lamps.js';
import { monitorPattern, statusPattern } from '../indication/lamps.js';
import * as monitoring from '../monitoring/desired.js';
import { isDiscreet } from '../monitoring/discreet-calls.js';
import { listeningLamps } from '../monitoring/listening-lamps.js';
import type { PinCheck } from '../monitoring/pin-checks.js';
import type { MonitoringPolicy } from '../monitoring/profile.js';
import { isLicensed } from '../monitoring/records.js';
import { audibleMode } from '../monitoring/watching.js';
import type { BusyLamp, LampSubject } from '../primitives/busy-lamp.js';
import type { CallId, LegId } from '../primitives/ids.js';
import { remembered } from '../primitives/remembered.js';
import type { Instant } from '../primitives/time.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import { busyLamps } from '../switchboard/busy-lamps.js';
import * as switchboard from '../switchboard/desired.js';
import type { DesiredLeg } from '../switchboard/leg-commands.js';
import type { Probe } from '../switchboard/liveness.js';
import { desiredProbes, lostLegs } from '../switchboard/liveness.js';
import type { Call } from '../switchboard/state.js';
import { type TalkingCalls, talkingCalls } from '../switchboard/talking-calls.js';
import type { World } from './world.js';

/** What the drivers should be doing: legs, the audio between them, and what the box itself plays. */
export interface Desired {
  readonly legs: ReadonlyMap<LegId, DesiredLeg>;
  readonly edges: readonly Edge[];
  readonly playbacks: readonly Playback[];
  readonly pinChecks: readonly PinCheck[];
  readonly probes: readonly Probe[];
  readonly lamps: Lamps;
  /** Of what is not idle. */
  readonly busyLamps: ReadonlyMap<LampSubject, BusyLamp>;
}

export function desired(world: World, now: Instant): Desired {
  const calls = talkingCalls(world.switchboard.calls);
  const legs = new Map(switchboard.desiredLegs(world.switchboard));
  for (const [leg, wanted] of monitoring.desiredLegs(world.monitoring)) legs.set(leg, wanted);
  for (const leg of lostLegs(world.liveness)) legs.set(leg, { kind: 'release', cause: 'peerSilent' });
  return {
    legs,
    edges: [...switchboard.desiredEdges(world.switchboard), ...monitoring.desiredEdges(world.monitoring, calls)],
    playbacks: [...holdPlaybacks(world, calls), ...monitoring.desiredPlaybacks(world.monitoring, calls)],
    pinChecks: monitoring.desiredPinChecks(world.monitoring),
    probes: desiredProbes(world.liveness),
    lamps: desiredLamps(world, now),
    busyLamps: desiredBusyLamps(world, calls),
  };
}

/** While a party hears a notice, or is asked something, it hears no hold prompt or ringback. */
function holdPlaybacks({ switchboard: state, monitoring: watching }: World, calls: TalkingCalls): readonly Playback[] {
  const spokenTo = monitoring.spokenTo(watching, calls);
  return switchboard.desiredPlaybacks(state, watching.policy.language).filter(({ leg }) => !spokenTo.has(leg));
}

const desiredBusyLamps = (
  { switchboard: { calls }, monitoring: watching }: World,
  talking: TalkingCalls,
): ReadonlyMap<LampSubject, BusyLamp> =>
  new Map<LampSubject, BusyLamp>([...lampsUnder(watching.policy)(calls), ...listeningLamps(watching, talking)]);

/** Remembered, for the calls and for each of them: every event asks, few change a call, and the numbers of who is excluded take long to compare. */
const lampsUnder = remembered((policy: MonitoringPolicy) => {
  const isDiscreetHere = remembered((call: Call) => isDiscreet(policy, call));
  return remembered((calls: ReadonlyMap<CallId, Call>) => busyLamps(calls, isDiscreetHere));
});

/** What the lamps of the box show. */
export function desiredLamps(
  { switchboard, monitoring: { sessions, closures }, frontPanel }: World,
  now: Instant,
): Lamps {
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
      isDiskSound: frontPanel.isDiskSound,
      backup: frontPanel.backup?.stage ?? null,
    }),
  };
  return lampsWhileHeld(frontPanel.button, lamps, now);
}
