import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { aLaw } from '../plan.js';
import { costOver } from './cost.js';
import type { LiveCost } from './figures.js';
import { openAsAdmin, type PageRig } from './rig.js';

const changeEveryMs = 500;
const settleMs = 3000;

export async function measureLiveCost(rig: PageRig, seconds: number): Promise<LiveCost> {
  const calls = rig.office.calls.length;
  const measure = (meanwhile?: () => Promise<void>) => costOver(rig.trees, seconds, meanwhile);
  const change = () => changeCalls(rig, calls, seconds);
  await pause(settleMs);
  const unwatched = await measure();
  const changingUnwatched = await measure(change);
  const page: Page = await openAsAdmin(rig);
  await pause(settleMs);
  const watched = await measure();
  const changing = await measure(change);
  await page.context().close();
  return { calls, unwatched, watched, changingUnwatched, changing };
}

async function changeCalls({ office }: PageRig, calls: number, seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await office.shrinkTo(calls - 1);
    await pause(changeEveryMs);
    await office.growTo(calls, aLaw);
    await pause(changeEveryMs);
  }
}
