import { setTimeout as pause } from 'node:timers/promises';
import type { Codecs, Office } from '../load/office.js';
import { speaking } from './load.js';
import { type LoadedCall, measureWindow, type Rig, type WindowResult } from './window.js';

/** One step of the search: so many calls, each with a listener. */
export type CapacityStep =
  | { readonly calls: number; readonly window: WindowResult; readonly badPercent: number }
  | { readonly calls: number; readonly refusal: string };

export interface Capacity {
  /** Most calls with one listener each that went well. */
  readonly calls: number;
  /** Why there are not more: the packets came badly, the system refused a call, or nobody tried. */
  readonly limit: 'packets' | 'refused' | 'untried';
  readonly steps: readonly CapacityStep[];
}

const coarseStep = 20;
const fineStep = 4;
const settleMs = 3000;
const windowSeconds = 8;
/** A disturbance must not end the search: not every one is noticed, so a bad window never counts alone. */
const attempts = { undisturbed: 2, disturbed: 4 };
const badPercentAllowed = 1;

/**
 * Adds calls until more than one packet in a hundred is lost or late, then goes back a step and comes closer in small ones.
 * @param most a multiple of 20.
 */
export async function measureCapacity(
  rig: Rig,
  office: Office,
  codecs: Codecs,
  most: number,
  say: (line: string) => void,
): Promise<Capacity> {
  const steps: CapacityStep[] = [];
  const search = async (from: number, step: number, to: number): Promise<number> => {
    for (let calls = from + step; calls <= to; calls += step) {
      const tried = await tryCalls(rig, office, codecs, calls);
      steps.push(tried);
      say(`${office.system.name}: ${calls} calls with a listener each: ${describeStep(tried)}`);
      if (!isGood(tried)) return calls - step;
    }
    return to;
  };
  const coarse = await search(0, coarseStep, most);
  await office.shrinkTo(coarse);
  const calls = coarse === most ? most : await search(coarse, fineStep, coarse + coarseStep - fineStep);
  await office.shrinkTo(0);
  return { calls, limit: calls === most ? 'untried' : limitOf(steps), steps };
}

export function describeStep(step: CapacityStep): string {
  return 'refusal' in step ? step.refusal : `${step.badPercent.toFixed(2)} % lost or late`;
}

/** What ended the search. */
function limitOf(steps: readonly CapacityStep[]): Capacity['limit'] {
  const failed = steps.findLast((step) => !isGood(step));
  return failed && 'refusal' in failed ? 'refused' : 'packets';
}

function isGood(step: CapacityStep): boolean {
  return 'window' in step && step.badPercent <= badPercentAllowed;
}

async function tryCalls(rig: Rig, office: Office, codecs: Codecs, calls: number): Promise<CapacityStep> {
  const before = office.calls.length;
  try {
    await office.growTo(calls, codecs);
    await office.monitorAll(office.calls.slice(before), 'listen', codecs.moderator);
  } catch (error) {
    return { calls, refusal: error instanceof Error ? error.message : String(error) };
  }
  await pause(settleMs);
  const window = await measureSteadily(rig, speaking(office.calls));
  return { calls, window, badPercent: badPercentOf(window) };
}

/** Tries again while it goes badly and something else may be the reason. */
async function measureSteadily(rig: Rig, calls: readonly LoadedCall[]): Promise<WindowResult> {
  for (let attempt = 1; ; attempt += 1) {
    const window = await measureWindow(rig, calls, 'listen', windowSeconds);
    const tries = window.disturbances.length > 0 ? attempts.disturbed : attempts.undisturbed;
    if (badPercentOf(window) <= badPercentAllowed || attempt >= tries) return window;
  }
}

function badPercentOf({ quality }: WindowResult): number {
  return Math.max(...Object.values(quality).map(({ lostPercent, latePercent }) => lostPercent + latePercent));
}
