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

/** Large steps first: a call and its listener take their time to set up. */
const stepSizes = [40, 20, 4];
const settleMs = 3000;
const windowSeconds = 8;
/** A disturbance must not end the search: not every one is noticed, so a bad window never counts alone. */
const attempts = { undisturbed: 2, disturbed: 4 };
const badPercentAllowed = 1;

/** Adds calls until more than one packet in a hundred is lost or late, then goes back a step and comes closer in smaller ones. */
export async function measureCapacity(
  rig: Rig,
  office: Office,
  codecs: Codecs,
  most: number,
  say: (line: string) => void,
): Promise<Capacity> {
  const steps: CapacityStep[] = [];
  const goesWell = async (calls: number): Promise<boolean> => {
    const tried = await tryCalls(rig, office, codecs, calls);
    steps.push(tried);
    say(`${office.system.name}: ${calls} calls with a listener each: ${describeStep(tried)}`);
    return isGood(tried);
  };
  let calls = 0;
  let tooMany = most + 1;
  for (const step of stepSizes) {
    while (calls + step < tooMany) {
      if (await goesWell(calls + step)) {
        calls += step;
      } else {
        tooMany = calls + step;
        await office.shrinkTo(calls);
      }
    }
  }
  await office.shrinkTo(0);
  return { calls, limit: tooMany > most ? 'untried' : limitOf(steps), steps };
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
