import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../../support/api.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { admin, expectAccessible, go, OfficePage } from './office-page.js';
import { qrCodeShown } from './qr-code-shown.js';

const port = 18_497;

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

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const dialog = (page: Page) => page.getByRole('dialog');
const press = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click();
const field = (page: Page, name: string) => dialog(page).getByLabel(name, { exact: true });
const isFaulty = (page: Page, name: string) => () => field(page, name).getAttribute('aria-invalid');
const phone = async (id: string) => Object((await api.ask('GET', `/api/phones/${id}`)).body).entry;

async function fetched(address: string, file: string): Promise<number> {
  const client = new ApiClient(port);
  const { pathname } = new URL(address);
  const { status } = await client.ask('GET', `${pathname}${file}`);
  client.close();
  return status;
}

const shownAddress = async (page: Page) => (await dialog(page).locator('.phone-address').first().textContent()) ?? '';

it('a telephone is added with what is wrong told while it is typed, fetches its configuration, and is seen to have come', async () => {
  const page = await box.visitAs(admin);
  await go(page, 'Lines');
  await page.getByRole('link', { name: 'Phones', exact: true }).press('Enter');
  await page.getByText('The box sets up no phone yet.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'New phone' }).press('Enter');
  await field(page, 'MAC address').fill('00:15:65:AA');
  await expect.poll(isFaulty(page, 'MAC address')).toBe('true');
  await field(page, 'MAC address').fill('00:15:65:AA:BB:CC');
  await expect.poll(isFaulty(page, 'MAC address')).toBeNull();
  await field(page, 'Line 1').selectOption('101');
  await field(page, 'Shown on the phone').fill('<b>"Reception"');
  await expect.poll(isFaulty(page, 'Shown on the phone')).toBe('true');
  await field(page, 'Shown on the phone').fill('Reception');
  for (const _ of ['blf', 'speedDial', 'monitoring', 'listening']) await press(page, 'Another key');
  const keys = dialog(page).getByLabel('What it does');
  await keys.nth(1).selectOption('speedDial');
  await keys.nth(2).selectOption('monitoring');
  await keys.nth(3).selectOption('listening');
  await field(page, 'Number').fill('taxi');
  await expect.poll(isFaulty(page, 'Number')).toBe('true');
  await field(page, 'Number').fill('0301234');
  await field(page, 'Text beside the key').fill('Taxi');
  await expectAccessible(page);
  await press(page, 'Save');
  await dialog(page).getByText('Shown this once.').waitFor();
  await expectAccessible(page);
  const address = await shownAddress(page);
  expect(address).toMatch(new RegExp(`^https://127\\.0\\.0\\.1:${port}/phones/[\\w-]{43}/$`));
  await press(page, 'Close');
  await row(page, '00:15:65:AA:BB:CC').getByText('has fetched nothing yet').waitFor();
  expect(await fetched(address, '001565aabbcc.cfg')).toBe(200);
  await row(page, '00:15:65:AA:BB:CC')
    .getByText(/fetched .* from 127\.0\.0\.1/)
    .waitFor();
  expect(await phone('001565aabbcc')).toMatchObject({
    ...{ model: 'yealink', extensions: ['101'], name: 'Reception' },
    buttons: [
      { kind: 'blf' },
      { kind: 'speedDial', number: '0301234', label: 'Taxi' },
      { kind: 'monitoring' },
      { kind: 'listening' },
    ],
  });

  await api.ask('PATCH', '/api/phones/001565aabbcc', { name: 'Door' }, '*');
  await page.reload();
  await row(page, '00:15:65:AA:BB:CC').getByText('has an older configuration').waitFor();
  await page.getByRole('button', { name: 'Change 00:15:65:AA:BB:CC' }).click();
  await press(page, 'Revoke');
  await press(page, 'Revoke');
  await row(page, '00:15:65:AA:BB:CC').getByText('revoked').waitFor();
  expect(await fetched(address, '001565aabbcc.cfg')).toBe(404);
  await page.getByRole('button', { name: 'Change 00:15:65:AA:BB:CC' }).click();
  await press(page, 'New address');
  await press(page, 'New address');
  expect(await shownAddress(page)).not.toBe(address);
  expect(await fetched(await shownAddress(page), '001565aabbcc.cfg')).toBe(200);
});

it('of two admins the slower one sees what the other has changed, and loses nothing', async () => {
  await api.ask('PUT', '/api/phones/000413aabbcc', { model: 'snom', extensions: ['101'] }, '*');
  const page = await box.visitAt('lines/phones', admin);
  await page.getByRole('button', { name: 'Change 00:04:13:AA:BB:CC' }).click();
  await field(page, 'Shown on the phone').fill('Workshop');
  await api.ask('PATCH', '/api/phones/000413aabbcc', { extensions: ['102'] }, '*');
  await press(page, 'Save');
  await dialog(page).getByText('Somebody else was faster.').waitFor();
  expect(await field(page, 'Shown on the phone').inputValue()).toBe('Workshop');
  await press(page, 'Save');
  await dialog(page).waitFor({ state: 'detached' });
  expect(await phone('000413aabbcc')).toMatchObject({ name: 'Workshop', extensions: ['101'] });
  await page.getByRole('button', { name: 'Change 00:04:13:AA:BB:CC' }).click();
  await press(page, 'Remove');
  await press(page, 'Remove');
  await row(page, '00:04:13:AA:BB:CC').waitFor({ state: 'detached' });
});

it('Linphone gets its address as a QR code, and an adapter calls when it is lifted', async () => {
  const page = await box.visitAt('lines/phones', admin);
  await page.getByRole('button', { name: 'New phone' }).click();
  await field(page, 'Model').selectOption('linphone');
  await field(page, 'Name of the app').fill('anna');
  await field(page, 'Line 1').selectOption('102');
  expect(await dialog(page).getByRole('button', { name: 'Another key' }).count()).toBe(0);
  await press(page, 'Save');
  await page.locator('svg.qr-code').waitFor();
  await expectAccessible(page);
  const address = await qrCodeShown(page);
  expect(address).toBe(await shownAddress(page));
  expect(await fetched(address, '')).toBe(200);
  await press(page, 'Close');

  await page.getByRole('button', { name: 'New phone' }).click();
  await field(page, 'Model').selectOption('grandstream-ht');
  await field(page, 'MAC address').fill('00-0b-82-aa-bb-cc');
  await field(page, 'Lifting it calls').fill('*55');
  await press(page, 'Save');
  await dialog(page).getByText('Config Server Path').waitFor();
  expect(await phone('000b82aabbcc')).toMatchObject({ onLift: { kind: 'call', number: '*55' } });
});

it('fifty phones come by a table, which is checked first; the list is found through, in German and on a telephone', async () => {
  const page = await box.visitAt('lines/phones', admin, {
    ...{ locale: 'de-DE', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  });
  await page.getByRole('button', { name: 'Telefone einlesen' }).click();
  const table = dialog(page).getByLabel('Oder die Tabelle selbst', { exact: true });
  await table.fill('mac,model,extension\n0015650000ff,nokia,101\n');
  await press(page, 'Prüfen');
  await dialog(page).getByText('model', { exact: true }).waitFor();
  await expectAccessible(page);
  const rows = Array.from({ length: 50 }, (_, index) => `00:15:65:00:00:${(index + 16).toString(16)};yealink;101`);
  await table.fill(['mac;model;extension', ...rows].join('\n'));
  await press(page, 'Prüfen');
  await press(page, 'Einlesen');
  await dialog(page).getByText('Sie wird nur dieses eine Mal gezeigt.').waitFor();
  expect(await dialog(page).locator('.phone-address').count()).toBe(50);
  await expectAccessible(page);
  await press(page, 'Schließen');
  await page.getByRole('searchbox', { name: 'Suchen: Telefone' }).fill('00:15:65:00:00:2A');
  await row(page, '00:15:65:00:00:2A').waitFor();
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});

it('shows phones without their orders to those who may only read, and takes plain HTTP where an admin allows it', async () => {
  const reader = { name: 'ole', password: 'six plain words in a row' };
  await box.addUser(reader, { roles: ['read'] });
  const seen = await box.visitAt('lines/phones', reader);
  await seen.locator('main .count').waitFor();
  expect(await seen.getByRole('button', { name: 'New phone' }).count()).toBe(0);
  const page = await box.visitAt('lines/telephony', admin);
  await page.getByLabel('Phones may fetch their configuration without encryption').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => Object((await api.ask('GET', '/api/settings')).body).settings.provisioning)
    .toEqual({ inClear: true });
});
