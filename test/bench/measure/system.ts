import type { Generator } from '../load/generator.js';
import type { Office } from '../load/office.js';
import type { Cores } from '../machine.js';
import { aLaw, type Plan } from '../plan.js';
import { describeLoad } from '../report/words.js';
import type { SystemResult } from '../results.js';
import type { System } from '../systems/system.js';
import { measureCapacity } from './capacity.js';
import { measureFirstAudio } from './first-audio.js';
import { type LoadPoint, type LoadResult, measureLoad } from './load.js';
import { measureStartUp, type Started, type StartUp } from './start-up.js';
import type { Rig } from './window.js';

/** Tells what is being done, a line a step. */
export type Progress = (line: string) => void;

export interface Surroundings {
  readonly generator: Generator;
  readonly cores: Cores;
  readonly say: Progress;
}

/** A start, and the loads. */
export interface Round {
  readonly startUp: StartUp;
  readonly loads: readonly LoadResult[];
}

type Rest = Pick<SystemResult, 'moderatorSweep' | 'codecSweep' | 'firstAudio' | 'capacity'>;

/** Starts a system that is prepared, measures it with the loads, and stops it. */
export function measureRound(system: System, plan: Plan, surroundings: Surroundings): Promise<Round> {
  return whileRunning(system, surroundings, async ({ office, startUp }, rig) => ({
    startUp,
    loads: await measureLoads(rig, office, plan.loads, plan.seconds, surroundings.say),
  }));
}

/** The same with all else that a plan asks for. */
export function measureRest(
  system: System,
  plan: Plan,
  surroundings: Surroundings,
): Promise<Rest & { readonly startUp: StartUp }> {
  const { say } = surroundings;
  return whileRunning(system, surroundings, async ({ office, startUp }, rig) => ({
    startUp,
    moderatorSweep: await measureLoads(rig, office, plan.moderatorSweep, plan.seconds, say),
    codecSweep: await measureLoads(rig, office, plan.codecSweep, plan.seconds, say),
    firstAudio: await measureFirstAudio(office, aLaw, plan.firstAudio),
    capacity: plan.mostCalls === 0 ? undefined : await measureCapacity(rig, office, aLaw, plan.mostCalls, say),
  }));
}

async function whileRunning<Result>(
  system: System,
  { generator, cores, say }: Surroundings,
  measure: (started: Started, rig: Rig) => Promise<Result>,
): Promise<Result> {
  try {
    const started = await measureStartUp(system, generator);
    say(`${system.name}: registered ${started.startUp.registeredAfterMs.toFixed(0)} ms after its start`);
    const result = await measure(started, { generator, tree: started.tree, cores });
    started.office.close();
    return result;
  } finally {
    await system.stop();
  }
}

async function measureLoads(
  rig: Rig,
  office: Office,
  points: readonly LoadPoint[],
  seconds: number,
  say: Progress,
): Promise<LoadResult[]> {
  const results: LoadResult[] = [];
  for (const point of points) {
    const result = await measureLoad(rig, office, point, seconds);
    say(`${office.system.name}: ${describeLoad(result)}`);
    results.push(result);
  }
  return results;
}
