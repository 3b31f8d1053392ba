import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pathsOfPlaces } from '../../../src/web/page/shell/places.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { admin, OfficePage } from './office-page.js';

const port = 18_497;
const moderator = { name: 'vera', password: 'some more plain words' };
const telephone = { locale: 'de-DE', viewport: { width: 390, height: 844 } };

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

/** What is cut off or too small for a finger in what the page shows now; a link within a sentence is as high as that. */
const awkward = (of: Page): Promise<string[]> =>
  of.evaluate(() => {
    const [fingertip, rounding] = [40, 1];
    const shown = document.querySelector('dialog[open]') ?? document.body;
    const named = (element: Element) =>
      `${element.tagName} ${element.textContent || element.getAttribute('aria-label')}`;
    const isWider = (element: Element) => element.scrollWidth > element.clientWidth + rounding;
    const isCut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -rounding || right > innerWidth + rounding;
    };
    const touched = [...shown.querySelectorAll('button, a, summary, select, textarea, input:not(:is(label, .check) *)')]
      .concat([...shown.querySelectorAll('.pick, .check')])
      .filter((element) => element.checkVisibility() && !element.matches('.skip, :is(p, dd) a:not(.button)'));
    const isSmall = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return Math.round(width) < fingertip || Math.round(height) < fingertip;
    };
    const isRowOfItsOwn = (head: Element) =>
      head.getBoundingClientRect().top >
      (head.parentElement?.firstElementChild?.getBoundingClientRect().top ?? 0) + rounding;
    return [
      ...[...shown.querySelectorAll('th:has(> .unseen:only-child)')]
        .filter(isRowOfItsOwn)
        .map((head) => `empty row above: ${head.closest('table')?.className}`),
      ...[document.documentElement, ...shown.querySelectorAll('dialog, .table, .card, fieldset, td')]
        .filter(isWider)
        .map((element) => `wider than its place: ${named(element)}`),
      ...touched.filter(isCut).map((element) => `cut off: ${named(element)}`),
      ...touched.filter(isSmall).map((element) => `too small: ${named(element)}`),
    ];
  });

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

it('a moderator can press all that can be done with a call', async () => {
  const own = await box.visitAs(moderator, telephone);
  await box.office.talk('101', '102');
  await own.getByRole('button', { name: /^An meinem Telefon beim Gespräch von 101/ }).waitFor();
  expect(await awkward(own)).toEqual([]);
  await box.trunk.hangUp();
});
