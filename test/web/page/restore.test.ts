import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BoxAdmin } from '../../support/box-admin.js';
import { officeWithAdmin } from '../../support/office-with-admin.js';
import type { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { WebBrowser } from '../browser.js';
import { admin, go, signIn } from './office-page.js';

const port = 18_488;
const passphrase = 'a passphrase for backups';
const exitForRestart = 75;
const bob = { password: admin.password, roles: ['read'], language: 'en' };

let office: RunningOffice;
let api: BoxAdmin;
let browser: WebBrowser;
let page: Page;

beforeAll(async () => {
  ({ office, admin: api } = await officeWithAdmin(port, { ringSeconds: 41 }, ['101', '102']));
  browser = await WebBrowser.start('none');
  page = await browser.open(`https://127.0.0.1:${port}/`, { ignoreHTTPSErrors: true });
  await signIn(page, admin.name, admin.password);
});
afterAll(async () => {
  expect(browser.errors).toEqual([]);
  await browser.close();
  api.close();
  await office.close();
});

const settings = async () => Object(Object((await api.ask('GET', '/api/settings')).body).settings);
const users = async () =>
  Object((await api.ask('GET', '/api/users')).body).entries.map(({ name }: { readonly name: string }) => name);

it('a backup is restored by the page: the box restarts, the page finds it again, and all is as it was', async () => {
  await go(page, 'System');
  await page.getByRole('link', { name: 'Backup', exact: true }).click();
  const make = page.getByRole('region', { name: 'Make a backup' });
  await make.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await make.getByLabel('The same passphrase again').fill(passphrase);
  const [made] = await Promise.all([
    page.waitForEvent('download'),
    make.getByRole('button', { name: 'Make a backup' }).click(),
  ]);
  await api.ask('PATCH', '/api/settings', { ringSeconds: 42 }, '*');
  expect((await api.ask('PUT', '/api/users/bob', bob, '*')).status).toBe(200);
  const restore = page.getByRole('region', { name: 'Restore a backup' });
  await restore.getByLabel('Backup file').setInputFiles(await made.path());
  await restore.getByLabel('Passphrase').fill(passphrase);
  await restore.getByRole('button', { name: 'Look into it' }).click();
  await restore.getByText('Seconds to ring').waitFor();
  await restore.getByRole('button', { name: 'Restart with this backup' }).click();
  await until('the box to end', () => office.appliance.exitCode !== null);
  expect(office.appliance.exitCode).toBe(exitForRestart);
  await page.getByText('The connection to the box is lost.').waitFor();
  // As the service manager starts it again.
  await office.restart();
  // Nobody stays signed in from before what the backup has brought back.
  await signIn(page, admin.name, admin.password);
  await api.signIn(office.appliance);
  expect([(await settings()).ringSeconds, await users()]).toEqual([41, [admin.name]]);
  await go(page, 'Lines');
  await page.getByRole('link', { name: 'Telephony', exact: true }).click();
  await expect.poll(() => page.getByLabel('Seconds to ring').inputValue()).toBe('41');
  await office.talk('101', '102');
  await go(page, 'Live');
  await page.getByRole('row', { name: /Person 101.*Person 102/ }).waitFor();
});
