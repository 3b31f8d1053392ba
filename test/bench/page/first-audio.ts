import { setTimeout as pause } from 'node:timers/promises';
import { summarise } from '../statistics.js';
import type { FirstAudio, Heard } from './figures.js';
import { beginAgain, beginWithPin, mishearing, mostFailures, openToListen, sayTones } from './listen.js';
import type { PageRig } from './rig.js';
import { loadText } from './tables.js';

/** The tap of the page holds less than this. */
const tapMs = 1000;

/**
 * One moderator clicks, again and again, while nobody else has the page open: browsers that share a core wait for each other, as in an office
 * they do not.
 */
export async function measureFirstAudio(rig: PageRig, clicks: number): Promise<FirstAudio> {
  sayTones(rig);
  const page = await openToListen(rig, 0);
  const first = await beginWithPin(page, 0);
  const again: (Heard | undefined)[] = [];
  const failures = () => [first, ...again].filter((each) => each === undefined).length;
  while (again.length < clicks && failures() < mostFailures) again.push(await beginAgain(page, 0));
  await pause(tapMs);
  const wrong = await mishearing(page, 0);
  await page.context().close();
  const heard = again.filter((each) => each !== undefined);
  return {
    first,
    offered: summarise(heard.map(({ offered }) => offered)),
    answered: summarise(heard.map(({ answered }) => answered)),
    heard: summarise(heard.map((each) => each.heard)),
    load: loadText(),
    failures: failures(),
    misheard: wrong === undefined ? [] : [wrong],
  };
}
