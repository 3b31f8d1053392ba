import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { misheard } from '../../support/audio/hearing.js';
import { heardAt } from '../../web/browser.js';
import { toneDbfs, tones } from '../load/voices.js';
import { numberOf } from '../roles.js';
import { moderatorAt } from '../systems/modcall.js';
import type { Heard } from './figures.js';
import { firstSound, watchFirstSound } from './first-sound.js';
import { openAsModerator, type PageRig } from './rig.js';

/** So long a page is waited for, whatever it is to do: on a machine that has no time for it, it may be stuck. */
const patienceMs = 15_000;

/** After so many clicks without sound there is nothing to be measured any more. */
export const mostFailures = 3;

/** All are loud: of clicks, which some calls carry elsewhere, nothing is made here. */
export function sayTones({ office }: PageRig): void {
  for (const { member, customer } of office.calls) {
    member.stream.say(tones.member, toneDbfs);
    customer.stream.say(tones.customer, toneDbfs);
  }
}

/** A moderator's page, which can tell when it is heard. */
export async function openToListen(rig: PageRig, index: number): Promise<Page> {
  const page = await openAsModerator(rig, index);
  page.setDefaultTimeout(patienceMs);
  await watchFirstSound(page);
  return page;
}

/** One call for each. */
const listenIn = (page: Page, index: number) =>
  page.getByRole('button', {
    name: `Listen here to the call of ${numberOf('customer', index)} and ${numberOf('member', index)}`,
  });

/** Begins for the first time, with the PIN. @returns undefined where nothing is heard in time, or the page is stuck. */
export const beginWithPin = (page: Page, index: number): Promise<Heard | undefined> =>
  orNothing(page, async () => {
    await listenIn(page, index).click();
    await page.getByLabel('PIN').fill(moderatorAt(index).pin);
    await page.getByLabel('PIN').press('Enter');
    return firstSound(page, patienceMs);
  });

/** Ends it and begins again. @returns undefined where nothing is heard in time, or the page is stuck. */
export const beginAgain = (page: Page, index: number): Promise<Heard | undefined> =>
  orNothing(page, async () => {
    const end = page.getByRole('button', { name: 'End listening' });
    const player = page.locator('audio');
    // None is there where the last try came to nothing; otherwise the button may come a moment after the sound.
    if ((await player.count()) > 0) await end.click();
    await player.waitFor({ state: 'detached' });
    await listenIn(page, index).click();
    return firstSound(page, patienceMs);
  });

/** What is asked of a page by its script has no patience of its own. */
const mostMs = 4 * patienceMs;

/** What comes of a click. The figures only count one that comes to nothing, so what was seen then is told at once. */
async function orNothing(page: Page, act: () => Promise<Heard | undefined>): Promise<Heard | undefined> {
  const outcome = await Promise.race([act().catch(String), pause(mostMs, 'the page is stuck', { ref: false })]);
  if (typeof outcome === 'object') return outcome;
  console.error(`nothing is heard: ${outcome ?? 'no sound'}\n${await whatItShows(page)}`);
  return undefined;
}

/** The head of the page, up to the moderator's own listening; the calls below it are many. */
const mostShown = 2000;

const whatItShows = async (page: Page): Promise<string> => {
  const shown = page.getByRole('main').ariaSnapshot().catch(String);
  return (await Promise.race([shown, pause(patienceMs, '', { ref: false })])).slice(0, mostShown);
};

/** What is wrong with what a moderator hears of the call. */
export async function mishearing(page: Page, index: number): Promise<string | undefined> {
  const who = `moderator ${index + 1}`;
  const heard = await Promise.race([heardAt(page), pause(mostMs, undefined, { ref: false })]);
  if (!heard) return `${who} has a page that does not answer`;
  return misheard(who, heard, { present: [tones.member, tones.customer], absent: [tones.moderator] });
}
