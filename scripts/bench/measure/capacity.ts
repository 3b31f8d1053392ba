import { setTimeout as pause } from 'node:timers/promises';
import type { Codecs, Office } from '../load/office.js';
import { speaking } from './load.js';
import { measureUndisturbed, measureWindow, type Rig, type WindowResult } from './window.js';

/** One step of the search: so many calls, each with a listener. */
export interface CapacityStep {
  readonly calls: number;
  /** The worst role's lost and late packets together. */
  readonly badPercent: number;
  readonly cpuPercent: number;
  readonly disturbances: readonly string[];
}

export interface Capacity {
  /** Most calls with one listener each that went well. */
  readonly calls: number;
  /** The search ended because no more calls were to be tried, not because they went badly. */
  readonly isLowerBound: boolean;
  readonly steps: readonly CapacityStep[];
}

const firstCalls = 20;
const coarseStep = 20;
const fineStep = 4;
const settleMs = 3000;
const windowSeconds = 8;
/** A disturbance must not end the search. */
const attempts = 4;
const badPercentAllowed = 1;

/** Adds calls until more than one packet in a hundred is lost or late, then goes back a step and comes closer in small ones. */
export async function measureCapacity(
  rig: Rig,
  office: Office,
  codecs: Codecs,
  most: number,
  say: (line: string) => void,
): Promise<Capacity> {
  const steps: CapacityStep[] = [];
  const search = async (from: number, step: number, to: number): Promise<number> => {
    for (let calls = from; calls <= to; calls += step) {
      const result = await trySo(rig, office, codecs, calls);
      steps.push(result);
      say(`${office.system.name}: ${calls} calls with a listener each: ${result.badPercent.toFixed(2)} % lost or late`);
      if (result.badPercent > badPercentAllowed) return calls - step;
    }
    return to;
  };
  const coarse = await search(firstCalls, coarseStep, most);
  if (coarse >= most) return finish(office, { calls: most, isLowerBound: true, steps });
  await office.shrinkTo(coarse);
  const fine = await search(coarse + fineStep, fineStep, coarse + coarseStep - fineStep);
  return finish(office, { calls: fine, isLowerBound: false, steps });
}

async function finish(office: Office, capacity: Capacity): Promise<Capacity> {
  await office.shrinkTo(0);
  return capacity;
}

/** A call that cannot even be set up counts as if all its packets were lost. */
async function trySo(rig: Rig, office: Office, codecs: Codecs, calls: number): Promise<CapacityStep> {
  const before = office.calls.length;
  try {
    await office.growTo(calls, codecs);
    await office.monitorAll(office.calls.slice(before), 'listen', codecs.moderator);
  } catch (error) {
    return { calls, badPercent: 100, cpuPercent: Number.NaN, disturbances: [String(error)] };
  }
  await pause(settleMs);
  const loaded = speaking(office.calls);
  const result = await measureUndisturbed(attempts, () => measureWindow(rig, loaded, 'listen', windowSeconds));
  return { calls, badPercent: badPercentOf(result), cpuPercent: result.cpuPercent, disturbances: result.disturbances };
}

function badPercentOf({ quality }: WindowResult): number {
  return Math.max(...Object.values(quality).map(({ lostPercent, latePercent }) => lostPercent + latePercent));
}
