import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { costOver } from './cost.js';
import type { Listening } from './figures.js';
import { beginWithPin, mishearing, mostFailures, openToListen, sayTones } from './listen.js';
import type { PagePlan } from './options.js';
import type { PageRig } from './rig.js';

const settleMs = 3000;

/** What it costs that so many listen at the same time, all in browsers of this machine. */
export async function measureListening(
  rig: PageRig,
  { moderators, seconds }: Pick<PagePlan, 'moderators' | 'seconds'>,
): Promise<Listening> {
  sayTones(rig);
  const pages: Page[] = [];
  for (let index = 0; index < moderators; index += 1) pages.push(await openToListen(rig, index));
  await pause(settleMs);
  const before = await costOver(rig.trees, seconds);
  const listening: number[] = [];
  let failures = 0;
  for (const [index, page] of pages.entries()) {
    if (failures === mostFailures) break;
    if (await beginWithPin(page, index)) listening.push(index);
    else failures += 1;
  }
  await pause(settleMs);
  const cost = await costOver(rig.trees, seconds);
  const misheard: string[] = [];
  for (const index of listening) {
    const wrong = pages[index] && (await mishearing(pages[index], index));
    if (wrong !== undefined) misheard.push(wrong);
  }
  for (const page of pages) await page.context().close();
  return { moderators: listening.length, before, cost, failures, misheard };
}
