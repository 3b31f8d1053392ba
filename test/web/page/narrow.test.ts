import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pathsOfPlaces } from '../../../src/web/page/shell/places.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { awkward, telephoneScreen } from './awkward.js';
import { admin, OfficePage } from './office-page.js';

const port = 18_497;
const moderator = { name: 'vera', password: 'some more plain words' };
const telephone = { locale: 'de-DE', viewport: telephoneScreen };

let box: OfficePage;
let page: Page;

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  api.close();
  await box.addUser(moderator, { roles: ['moderator'], extension: '100' });
  page = await box.visitAs(admin, telephone);
});
afterAll(() => box.close());

/** What can be opened in front of a place, by the button that does it. */
const forms: Readonly<Record<string, readonly string[]>> = {
  '/people': ['Neue Nebenstelle', 'Tabelle einlesen', '101 Person 101 ändern'],
  '/people/groups': ['Neue Gruppe'],
  '/people/moderators': ['PIN setzen: Person 100'],
  '/listening': ['Neues Profil'],
  '/lines': ['Neuer Anschluss'],
  '/lines/phones': ['Neues Telefon', 'Telefone einlesen'],
  '/lines/analog': ['Neues Telefon'],
  '/agreement/draft': ['Entwurf schreiben'],
  '/system/users': ['Neuer Benutzer', 'Neues Token'],
  '/system/network': ['Zertifikat einsetzen'],
};
const steps = ['country', 'phones', 'moderator', 'notice', 'licence', 'hear'].map((step) => `/set-up?step=${step}`);

it.each([...pathsOfPlaces, ...steps])('%s is whole on the screen of a telephone, in German', async (path) => {
  await page.goto(new URL(path, box.address).href);
  await page.getByRole('main').locator('.card, .empty, .problem, form').first().waitFor();
  expect(await awkward(page)).toEqual([]);
  for (const name of forms[path] ?? []) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('dialog').waitFor();
    expect([name, ...(await awkward(page))]).toEqual([name]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

it('an entry says all that a wide screen says of it, below no row of headings, and is sorted by a choice', async () => {
  await page.goto(new URL('/people', box.address).href);
  const entry = page.getByRole('row').filter({ hasText: 'Person 101' });
  await entry.getByText('Support').waitFor();
  expect(await page.locator('.list thead').isVisible()).toBe(false);
  await page.getByRole('combobox', { name: 'Sortieren nach' }).selectOption('-number');
  await expect.poll(() => page.locator('.list tbody tr').first().textContent()).toContain('Person 109');
});

it('a moderator can press all that can be done with a call', async () => {
  const own = await box.visitAs(moderator, telephone);
  await box.office.talk('101', '102');
  await own.getByRole('button', { name: /^An meinem Telefon mithören: Gespräch von 101/ }).waitFor();
  expect(await awkward(own)).toEqual([]);
  await box.trunk.hangUp();
});
