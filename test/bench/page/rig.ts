import type { BrowserContextOptions, Page } from 'playwright-core';
import { askBox } from '../../support/box-socket.js';
import { until } from '../../support/waiting.js';
import type { WebBrowser } from '../../web/browser.js';
import type { Office } from '../load/office.js';
import { moderatorAt } from '../systems/modcall.js';
import type { Trees } from './cost.js';

/** All that is needed to measure the page. */
export interface PageRig {
  readonly office: Office;
  readonly trees: Trees;
  readonly browser: WebBrowser;
  /** Of the page. */
  readonly address: string;
}

const password = 'four plain words here';
const admin = 'ada';
const moderatorNamed = (index: number) => `mona${index}`;

/** Lets an admin and the moderators in. */
export async function addUsers(data: string, moderators: number): Promise<void> {
  const ask = askBox(data);
  const add = async (name: string, user: object) => {
    const { status, text } = await ask('PUT', `/api/users/${name}`, { password, language: 'en', ...user });
    if (status !== 200) throw new Error(`${name} is not let in: ${status} ${text}`);
  };
  await add(admin, { roles: ['admin'] });
  for (let index = 0; index < moderators; index += 1)
    await add(moderatorNamed(index), { roles: ['moderator'], extension: moderatorAt(index).number });
}

/** A page as somebody opens it who has never been there. */
export const visit = ({ browser, address }: PageRig, options: BrowserContextOptions = {}): Promise<Page> =>
  browser.open(address, { ignoreHTTPSErrors: true, ...options });

/** Live, as the admin sees it. */
export const openAsAdmin = (rig: PageRig): Promise<Page> => openAs(rig, admin);

/** Live, as one of the moderators sees it. */
export const openAsModerator = (rig: PageRig, index: number): Promise<Page> => openAs(rig, moderatorNamed(index));

async function openAs(rig: PageRig, name: string): Promise<Page> {
  const page = await visit(rig);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Password').press('Enter');
  await untilLive(page, rig.office.calls.length);
  return page;
}

/** Until the page shows so many calls. */
export async function untilLive(page: Page, calls: number): Promise<void> {
  const shown = page.locator('table.calls tbody');
  await until(
    () => `${calls} calls on Live`,
    async () => (await shown.count()) === calls,
  );
}
