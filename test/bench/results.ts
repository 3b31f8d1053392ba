import type { Machine } from './machine.js';
import type { Capacity } from './measure/capacity.js';
import type { FirstAudio } from './measure/first-audio.js';
import type { FloorResult } from './measure/floor.js';
import type { LoadResult } from './measure/load.js';
import type { StartUp } from './measure/start-up.js';

/** All that was found out about one system. */
export interface SystemResult {
  readonly name: string;
  readonly startUps: readonly StartUp[];
  readonly loads: readonly LoadResult[];
  readonly moderatorSweep: readonly LoadResult[];
  readonly codecSweep: readonly LoadResult[];
  readonly firstAudio: FirstAudio;
  readonly capacity: Capacity | undefined;
}

/** A whole run; this is what the JSON file holds, with the goals beside it. */
export interface BenchResult {
  /** ISO 8601. */
  readonly when: string;
  readonly machine: Machine;
  readonly floor: readonly FloorResult[];
  readonly modcall: SystemResult;
  /** The peer, where it is set up. */
  readonly asterisk: SystemResult | undefined;
}

/** All measuring windows of a run. */
export function windowsOf({ floor, modcall, asterisk }: BenchResult) {
  const of = (system: SystemResult) => [...system.loads, ...system.moderatorSweep, ...system.codecSweep];
  return [...floor, ...of(modcall), ...(asterisk ? of(asterisk) : [])];
}
