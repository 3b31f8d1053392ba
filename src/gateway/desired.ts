import { lampsWhileHeld } from '../indication/button.js';
import type { Lamps } from '../indication/lamps.js';
import { monitorPattern, statusPattern } from '../indication/lamps.js';
import * as monitoring from '../monitoring/desired.js';
import { licenceClosures } from '../monitoring/records.js';
import { audibleMode } from '../monitoring/watching.js';
import * as switchboard from '../switchboard/desired.js';
import type { Instant, LegId } from '../switchboard/ids.js';
import type { Edge, LegWish, Playback } from '../switchboard/wishes.js';
import type { World } from './world.js';
import { talkingCalls } from './world.js';

/** What the world outside should look like: legs, audio between them, and what the box itself plays. */
export interface Desired {
  readonly legs: ReadonlyMap<LegId, LegWish>;
  readonly edges: readonly Edge[];
  readonly playbacks: readonly Playback[];
  readonly pinChecks: readonly monitoring.PinCheck[];
  readonly lamps: Lamps;
}

export function desired(world: World, now: Instant): Desired {
  const calls = talkingCalls(world);
  return {
    legs: new Map([...switchboard.desiredLegs(world.switchboard), ...monitoring.desiredLegs(world.monitoring)]),
    edges: [...switchboard.desiredEdges(world.switchboard), ...monitoring.desiredEdges(world.monitoring, calls)],
    playbacks: [
      ...switchboard.desiredPlaybacks(world.switchboard, world.monitoring.policy.language),
      ...monitoring.desiredPlaybacks(world.monitoring),
    ],
    pinChecks: monitoring.desiredPinChecks(world.monitoring),
    lamps: desiredLamps(world, now),
  };
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
      isLicensed: !licenceClosures.some((closure) => closures.has(closure)),
    }),
  };
  return lampsWhileHeld(frontPanel.button, lamps, now);
}
