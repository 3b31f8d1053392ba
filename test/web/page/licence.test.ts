import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { Vendor } from '../../support/vendor.js';
import { WebBrowser } from '../browser.js';
import { admin, expectAccessible, go, signIn } from './office-page.js';

const port = 18_487;

let vendor: Vendor;
let office: RunningOffice;
let api: BoxAdmin;
let browser: WebBrowser;
let page: Page;
/** The file that the vendor sends. */
let file: string;

beforeAll(async () => {
  vendor = await Vendor.open();
  const options = { program: vendor.program, board: 'modcall-hat' };
  ({ office, admin: api } = await officeWithAdmin(port, {}, [], options));
  const { hardwareId } = Object((await api.ask('GET', '/api/state')).body);
  file = await vendor.issue('own', '--kind', 'bought', '--hardware-id', hardwareId);
  browser = await WebBrowser.start('none');
  page = await browser.open(`https://127.0.0.1:${port}/`, { ignoreHTTPSErrors: true });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, admin.name, admin.password);
  await go(page, 'Licence');
});
afterAll(async () => {
  expect(browser.errors).toEqual([]);
  await browser.close();
  api.close();
  await office.close();
  await vendor.close();
});

const isLicensed = async () => Object((await api.ask('GET', '/api/state')).body).isLicensed;
/** What the page shows of the licence, by the name of the row. */
const row = (name: string, value: string) =>
  page.locator('.known > div', { hasText: name }).getByText(value, { exact: true });

it('a licence is looked at from its file, and taken into use', async () => {
  await row('Listening', 'not allowed').waitFor();
  await page.getByLabel('Licence file, or a photo of its QR code').setInputFiles(file);
  await page.locator('form .said').getByText(/40/).waitFor();
  expect(await isLicensed()).toBe(false);
  await page.getByRole('button', { name: 'Take it into use' }).click();
  await row('Listening', 'allowed').waitFor();
  await row('Kind', 'bought').waitFor();
  await row('Extensions that may be listened to', '40').waitFor();
  expect(await page.getByLabel('Licence key').inputValue()).toBe('');
  expect(await isLicensed()).toBe(true);
  await expectAccessible(page);
});

it('it is taken out of use, and pasted into the page as it stands in a letter', async () => {
  await page.getByRole('button', { name: 'Take the key out of use' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take the key out of use' }).click();
  await row('Listening', 'not allowed').waitFor();
  expect(await isLicensed()).toBe(false);
  await page.evaluate((text) => navigator.clipboard.writeText(text), `\n  ${await readFile(file, 'utf8')}\n`);
  await page.getByLabel('Licence key').press('Control+V');
  await page.getByRole('button', { name: 'Take it into use' }).click();
  await row('Listening', 'allowed').waitFor();
  expect(await isLicensed()).toBe(true);
});
