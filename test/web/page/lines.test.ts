import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { admin, expectAccessible, go, OfficePage } from './office-page.js';

const port = 18_479;

let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  box = await OfficePage.open(port);
  api = await BoxAdmin.of(box.office.appliance, port);
});
afterAll(async () => {
  api.close();
  await box.close();
});
afterEach(async () => {
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const trunk = async (id: string) => Object((await api.ask('GET', `/api/trunks/${id}`)).body).entry;
const isFaulty = (page: Page, label: string) => () =>
  page.getByLabel(label, { exact: true }).getAttribute('aria-invalid');

it('a trunk is made with what is wrong told while it is typed, shows why it is down, and is removed', async () => {
  const page = await box.visitAs(admin);
  await go(page, 'Lines');
  await page.getByRole('row').filter({ hasText: 'Provider' }).getByText('up', { exact: true }).waitFor();
  await page.getByText('Emergency numbers: 110, 112.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'New trunk' }).press('Enter');
  await page.getByLabel('Name', { exact: true }).fill('<b>"Branch"');
  await page.getByLabel('Server').fill('no host');
  await expect.poll(isFaulty(page, 'Name')).toBe('true');
  await expect.poll(isFaulty(page, 'Server')).toBe('true');
  expect(await isFaulty(page, 'User name')()).toBeNull();
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Branch');
  await page.getByLabel('Server').fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill('9');
  await page.getByLabel('Prefix').fill('8');
  await page.getByLabel('User name').fill('branch');
  expect(await page.getByLabel('Calls from outside ring at').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(isFaulty(page, 'Calls from outside ring at')).toBe('true');
  await page.getByLabel('Calls from outside ring at').selectOption('extension 103');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(isFaulty(page, 'Password')).toBe('true');
  await page.getByLabel('Password', { exact: true }).fill('a secret of the branch');
  await page.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Branch' });
  await row.getByText('down', { exact: true }).waitFor();
  await row.locator('.reason').getByText(/\w/).waitFor();
  expect(await trunk('branch')).toMatchObject({
    kind: 'registering',
    host: '127.0.0.1',
    prefix: '8',
    username: 'branch',
    numbers: [],
  });
  await row.getByRole('button', { name: 'Change Branch' }).click();
  await page.getByRole('button', { name: 'Add a number' }).click();
  await page.getByRole('button', { name: 'Add a number' }).click();
  const number = (name: string) => page.getByRole('group', { name, exact: true });
  await number('Number 1').getByLabel('Number', { exact: true }).fill('+49 30 123-11');
  await number('Number 1').getByLabel('Rings at').selectOption('extension 103');
  await number('Number 2').getByLabel('Number', { exact: true }).fill('+49301231x');
  await number('Number 2').getByLabel('Rings at').selectOption('group support');
  await expect
    .poll(() => number('Number 2').getByLabel('Number', { exact: true }).getAttribute('aria-invalid'))
    .toBe('true');
  await expectAccessible(page);
  await number('Number 2').getByLabel('Number', { exact: true }).fill('030 12312');
  await page.getByLabel('Tells who forwards').selectOption('by Diversion');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await trunk('branch')).toMatchObject({
    diversion: 'diversion',
    numbers: [
      { number: '+493012311', to: { extension: '103' } },
      { number: '03012312', to: { group: 'support' } },
    ],
  });
  await row.getByRole('button', { name: 'Change Branch' }).click();
  await page.getByRole('button', { name: 'Remove number 1' }).click();
  // The form goes only once the list is there anew: removing refuses to go by one from before the change.
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await trunk('branch')).toMatchObject({ diversion: 'diversion', numbers: [{ number: '03012312' }] });
  await row.getByRole('button', { name: 'Change Branch' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog', { name: 'Remove Branch' }).getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
});

it('a provider fills in what is known of it, says what to look up, and leaves what somebody has typed', async () => {
  const page = await box.visitAs(admin);
  await go(page, 'Lines');
  await page.getByRole('button', { name: 'New trunk' }).click();
  const field = (label: string) => page.getByLabel(label, { exact: true });
  await field('Name').fill('Our trunk');
  await field('User name').fill('1234567t0');
  await field('Password').fill('typed before');
  await field('Provider').selectOption('sipgate trunking');
  await page.getByRole('dialog').getByText('the fallback number of the trunk').waitFor();
  await page.getByRole('status').getByText('the fallback number of the trunk').waitFor();
  const typed = () => Promise.all(['Name', 'User name', 'Password'].map((label) => field(label).inputValue()));
  expect(await typed()).toEqual(['Our trunk', '1234567t0', 'typed before']);
  const shown = async () => ({
    server: await field('Server').inputValue(),
    identity: await field('Number of who calls').inputValue(),
    diversion: await field('Tells who forwards').inputValue(),
  });
  expect(await shown()).toEqual({ server: 'sipconnect.sipgate.de', identity: 'preferred', diversion: 'diversion' });
  await expectAccessible(page);

  await field('Provider').selectOption('Telekom: CompanyFlex');
  await page.getByText('ends in .primary.companyflex.de').first().waitFor();
  await field('Provider').selectOption('Telekom: SIP trunk');
  expect(await field('Transport').inputValue()).toBe('tcp');
  await field('Provider').selectOption('Vodafone');
  expect(await shown()).toEqual({ server: '', identity: 'from', diversion: 'none' });
  expect(await field('Transport').inputValue()).toBe('udp');
  await field('Server').fill('127.0.0.1');
  await field('Port').fill('9');
  await field('Provider').selectOption('Asterisk');
  expect(await shown()).toEqual({ server: '127.0.0.1', identity: 'asserted', diversion: 'diversion' });
  expect(await field('Port').inputValue()).toBe('');

  await field('Kind').selectOption('address');
  const names = await field('Provider').locator('option').allTextContents();
  expect(names).toEqual(['another one', 'Asterisk', 'FreeSWITCH', '3CX', 'Another Modcall']);
  await field('Kind').selectOption('registering');
  await field('User name').fill('1234567t0');
  await field('Password').fill('typed before');
  await field('Outbound proxy').fill('127.0.0.2');
  await field('Port of the proxy').fill('70000');
  await expect.poll(() => field('Port of the proxy').getAttribute('aria-invalid')).toBe('true');
  await field('Port of the proxy').fill('9');
  await field('Authentication name').fill('1234567t0@tel.t-online.de');
  await field('Provider').selectOption('Another Modcall');
  expect(await typed()).toEqual(['Our trunk', '1234567t0', 'typed before']);
  await field('Number of who calls').selectOption('account in From, number in P-Preferred-Identity');
  await field('Port').fill('9');
  await page.getByLabel('Prefix').fill('8');
  await field('Calls from outside ring at').selectOption('extension 103');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await trunk('our-trunk')).toMatchObject({
    ...{ name: 'Our trunk', kind: 'registering', username: '1234567t0' },
    ...{ host: '127.0.0.1', port: 9, identity: 'preferred', diversion: 'none' },
    ...{ proxy: '127.0.0.2', proxyPort: 9, authName: '1234567t0@tel.t-online.de' },
  });
  await api.ask('DELETE', '/api/trunks/our-trunk', {}, '*');
});

it('of two admins the slower one sees what the other has changed, and loses nothing', async () => {
  const page = await box.visitAs(admin);
  await go(page, 'Lines');
  await page.getByRole('button', { name: 'Change Provider' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Our provider');
  await api.ask('PATCH', '/api/trunks/provider', { callerId: '+4930123' }, '*');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').getByText('+4930123').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Our provider');
  await page.getByLabel('Own number').fill('+4930123');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await trunk('provider')).toMatchObject({ name: 'Our provider', callerId: '+4930123' });
});

it('a telephone at the board gets an extension, and what lifting its handset does', async () => {
  const page = await box.visitAs(admin);
  await go(page, 'Lines');
  await page.getByRole('link', { name: 'Telephones at the box' }).click();
  await page.getByRole('button', { name: 'New telephone' }).click();
  await expect.poll(() => page.getByLabel('Port of the telephone').locator('option').count()).toBeGreaterThan(0);
  const fxs = await page.getByLabel('Port of the telephone').inputValue();
  await page.getByLabel('Extension', { exact: true }).selectOption('104');
  await page.getByLabel('Lifting it calls').fill('*55x');
  await expect.poll(isFaulty(page, 'Lifting it calls')).toBe('true');
  await expectAccessible(page);
  await page.getByLabel('Lifting it calls').fill('*55');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row').filter({ hasText: fxs }).getByText('calls *55').waitFor();
  await api.ask('PATCH', `/api/analog-phones/${fxs}`, { onLift: { kind: 'dialTone' } }, '*');
  await page.getByRole('row').filter({ hasText: fxs }).getByText('dial tone').waitFor();
  await expectAccessible(page);
});

it('country, ringing and SIP are set, and what waits for a restart is said', async () => {
  const page = await box.visitAs(admin, {
    locale: 'de-DE',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  for (const part of ['', '/analog', '/telephony']) {
    await page.goto(`${box.address}lines${part}`);
    await page.getByRole('main').locator('.card, .empty').first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
  // What somebody else changes is seen at once, and takes nothing away that is being typed.
  await api.ask('PATCH', '/api/settings', { ringSeconds: 33 }, '*');
  await expect.poll(() => page.getByLabel('Klingeldauer in Sekunden').inputValue()).toBe('33');
  await page.getByLabel('Klingeldauer in Sekunden').fill('2');
  await api.ask('PATCH', '/api/settings', { ringSeconds: 34 }, '*');
  await expect.poll(isFaulty(page, 'Klingeldauer in Sekunden')).toBe('true');
  await page.getByLabel('Klingeldauer in Sekunden').fill('25');
  await page.getByLabel('Bereich (Realm)').fill('office');
  await page.getByLabel('Sprache der Ansagen').selectOption('de');
  await page.getByLabel('Wie Passwörter nachgewiesen werden').selectOption('SHA-256, MD5');
  await page.getByLabel('TCP').uncheck();
  await page.getByLabel('UDP').uncheck();
  await page.getByRole('group', { name: 'Transporte' }).locator('.fault').waitFor();
  await page.getByLabel('UDP').check();
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Klingeldauer in Sekunden: 33, jetzt 34').waitFor();
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Wartet auf einen Neustart des Geräts').waitFor();
  expect((await api.ask('GET', '/api/settings')).body).toMatchObject({
    settings: {
      ...{ language: 'de', ringSeconds: 25 },
      sip: { realm: 'office', transports: ['udp'], digest: ['SHA-256', 'MD5'] },
    },
  });
});
