import * as monitoring from '../monitoring/desired.js';
import * as switchboard from '../switchboard/desired.js';
import type { LegId } from '../switchboard/ids.js';
import type { Edge, LegWish, Playback } from '../switchboard/wishes.js';
import type { World } from './world.js';
import { talkingCalls } from './world.js';

/** What the world outside should look like: legs, audio between them, and what the box itself plays. */
export interface Desired {
  readonly legs: ReadonlyMap<LegId, LegWish>;
  readonly edges: readonly Edge[];
  readonly playbacks: readonly Playback[];
  readonly pinChecks: readonly monitoring.PinCheck[];
}

export function desired(world: World): Desired {
  const calls = talkingCalls(world);
  return {
    legs: new Map([...switchboard.desiredLegs(world.switchboard), ...monitoring.desiredLegs(world.monitoring)]),
    edges: [...switchboard.desiredEdges(world.switchboard), ...monitoring.desiredEdges(world.monitoring, calls)],
    playbacks: [
      ...switchboard.desiredPlaybacks(world.switchboard, world.monitoring.policy.language),
      ...monitoring.desiredPlaybacks(world.monitoring, calls),
    ],
    pinChecks: monitoring.desiredPinChecks(world.monitoring),
  };
}
