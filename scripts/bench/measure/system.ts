import type { Generator } from '../load/generator.js';
import type { Cores } from '../machine.js';
import { aLaw, type Plan } from '../plan.js';
import { describeLoad } from '../report/words.js';
import type { SystemResult } from '../results.js';
import type { System } from '../systems/system.js';
import { measureCapacity } from './capacity.js';
import { measureFirstAudio } from './first-audio.js';
import { type LoadPoint, type LoadResult, measureLoad } from './load.js';
import { measureStartUp, type Started, type StartUp } from './start-up.js';

/** Tells what is being done, a line a step. */
export type Progress = (line: string) => void;

export interface Surroundings {
  readonly generator: Generator;
  readonly cores: Cores;
  readonly say: Progress;
}

/** Measures a system from its start to its end. */
export async function measureSystem(
  system: System,
  plan: Plan,
  { generator, cores, say }: Surroundings,
): Promise<SystemResult> {
  await system.prepare();
  try {
    const startUps = await measureStartUps(system, generator, plan.startUps - 1);
    const started = await measureStartUp(system, generator);
    const result = await measureRunning(started, plan, { generator, cores, say });
    started.office.close();
    return { name: system.name, startUps: [...startUps, started.startUp], ...result };
  } finally {
    await system.stop();
  }
}

async function measureStartUps(system: System, generator: Generator, count: number): Promise<StartUp[]> {
  const startUps: StartUp[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const { startUp, office } = await measureStartUp(system, generator);
    office.close();
    await system.stop();
    startUps.push(startUp);
  }
  return startUps;
}

async function measureRunning(
  { office, tree, startUp }: Started,
  plan: Plan,
  { generator, cores, say }: Surroundings,
): Promise<Omit<SystemResult, 'name' | 'startUps'>> {
  const { name } = office.system;
  const rig = { generator, tree, cores };
  say(`${name}: registered ${startUp.registeredAfterMs.toFixed(0)} ms after its start`);
  const loads = async (points: readonly LoadPoint[]): Promise<LoadResult[]> => {
    const results: LoadResult[] = [];
    for (const point of points) {
      const result = await measureLoad(rig, office, point, plan.seconds);
      say(`${name}: ${describeLoad(result)}`);
      results.push(result);
    }
    return results;
  };
  return {
    loads: await loads(plan.loads),
    moderatorSweep: await loads(plan.moderatorSweep),
    codecSweep: await loads(plan.codecSweep),
    firstAudio: await measureFirstAudio(office, aLaw, plan.firstAudio),
    capacity: plan.mostCalls === 0 ? undefined : await measureCapacity(rig, office, aLaw, plan.mostCalls, say),
  };
}
