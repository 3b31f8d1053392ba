import type { Page } from 'playwright-core';
import type { FirstLoad, Load } from './figures.js';
import { openAsAdmin, type PageRig, untilLive, visit } from './rig.js';

export async function measureFirstLoad(rig: PageRig): Promise<FirstLoad> {
  const first = await visit(rig);
  await first.getByLabel('Password').waitFor();
  const wayIn = await fetchedBy(first);
  await first.context().close();
  const signedIn = await openAsAdmin(rig);
  const storageState = await signedIn.context().storageState();
  await signedIn.context().close();
  const page = await visit(rig, { storageState });
  await untilLive(page, rig.office.calls.length);
  const live = await fetchedBy(page);
  await page.context().close();
  return { wayIn, live };
}

/** What the page has fetched up to now, its own document and headers included. */
const fetchedBy = (page: Page): Promise<Load> =>
  page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter(
      (entry) => entry instanceof PerformanceResourceTiming,
    );
    return {
      kilobytes: entries.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
      milliseconds: Math.max(...entries.map(({ responseEnd }) => responseEnd)),
    };
  });
