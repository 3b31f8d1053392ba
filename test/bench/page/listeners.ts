import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { misheard } from '../../support/audio/hearing.js';
import { until } from '../../support/waiting.js';
import { heardAt } from '../../web/browser.js';
import { toneDbfs, tones } from '../load/voices.js';
import { numberOf } from '../roles.js';
import { summarise } from '../statistics.js';
import { moderatorAt } from '../systems/modcall.js';
import { costOver } from './cost.js';
import type { Heard, Listening } from './figures.js';
import { firstSound, watchFirstSound } from './first-sound.js';
import type { PagePlan } from './options.js';
import { openAsModerator, type PageRig } from './rig.js';

const patienceMs = 15_000;
const settleMs = 3000;
/** The tap of the page holds less than this. */
const tapMs = 1000;

export async function measureListening(
  rig: PageRig,
  { moderators, rounds, seconds }: Pick<PagePlan, 'moderators' | 'rounds' | 'seconds'>,
): Promise<Listening> {
  sayTones(rig);
  const pages = await openPages(rig, moderators);
  await pause(settleMs);
  const before = await costOver(rig.trees, seconds);
  const begun = await inTurn(pages, beginWithPin);
  await pause(settleMs);
  const cost = await costOver(rig.trees, seconds);
  const misheard = await mishearings(pages);
  const again: (Heard | undefined)[] = [];
  for (let round = 0; round < rounds; round += 1) again.push(...(await inTurn(pages, beginAgain)));
  await pause(tapMs);
  misheard.push(...(await mishearings(pages)));
  for (const page of pages) await page.context().close();
  const heard = again.filter((each) => each !== undefined);
  return {
    ...{ moderators, before, cost, misheard },
    first: begun[0],
    offered: summarise(heard.map(({ offered }) => offered)),
    answered: summarise(heard.map(({ answered }) => answered)),
    heard: summarise(heard.map((each) => each.heard)),
    failures: [...begun, ...again].filter((each) => each === undefined).length,
  };
}

/** All are loud: of clicks, which some calls carry elsewhere, nothing is made here. */
function sayTones({ office }: PageRig): void {
  for (const { member, customer } of office.calls) {
    member.stream.say(tones.member, toneDbfs);
    customer.stream.say(tones.customer, toneDbfs);
  }
}

async function openPages(rig: PageRig, moderators: number): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let index = 0; index < moderators; index += 1) {
    const page = await openAsModerator(rig, index);
    await watchFirstSound(page);
    pages.push(page);
  }
  return pages;
}

/** One after the other, as people are. */
async function inTurn<Result>(
  pages: readonly Page[],
  act: (page: Page, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, page] of pages.entries()) results.push(await act(page, index));
  return results;
}

/** One call for each. */
const listenIn = (page: Page, index: number) =>
  page.getByRole('button', {
    name: `Listen here to the call of ${numberOf('customer', index)} and ${numberOf('member', index)}`,
  });

async function beginWithPin(page: Page, index: number): Promise<Heard | undefined> {
  await listenIn(page, index).click();
  await page.getByLabel('PIN').fill(moderatorAt(index).pin);
  await page.getByLabel('PIN').press('Enter');
  return firstSound(page, patienceMs);
}

/** A page that is stuck, as on a machine that has no time for it, is a click after which nothing was heard. */
const beginAgain = (page: Page, index: number): Promise<Heard | undefined> =>
  endAndBegin(page, index).catch(() => undefined);

async function endAndBegin(page: Page, index: number): Promise<Heard | undefined> {
  const end = page.getByRole('button', { name: 'End listening' });
  await end.or(listenIn(page, index)).first().waitFor();
  // It is not there where the last try came to nothing.
  if (await end.isVisible()) await end.click();
  await until('the page to be silent', async () => (await page.locator('audio').count()) === 0);
  await listenIn(page, index).click();
  return firstSound(page, patienceMs);
}

async function mishearings(pages: readonly Page[]): Promise<string[]> {
  const present = [tones.member, tones.customer];
  const all = await inTurn(pages, async (page, index) =>
    misheard(`moderator ${index + 1}`, await heardAt(page), { present, absent: [tones.moderator] }),
  );
  return all.filter((each) => each !== undefined);
}
