import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_475;
const council = { name: 'bea', password: 'five plain words in a row' };
const onlooker = { name: 'ole', password: 'six plain words in a row' };

let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  box = await OfficePage.open(port);
  api = await BoxAdmin.of(box.office.appliance, port);
  for (const [{ name, password }, role] of [[council, 'council'] as const, [onlooker, 'read'] as const])
    await api.ask('PUT', `/api/users/${name}`, { password, roles: [role], extension: null, language: 'en' }, '*');
});
afterAll(async () => {
  api.close();
  await box.close();
});
afterEach(async () => {
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

/** The page at a place, for somebody who is signed in. */
async function at(path: string, person = admin, options = {}): Promise<Page> {
  const page = await box.visitAt(path, person, options);
  await page.locator('main .count').waitFor();
  return page;
}

const field = (page: Page, name: string) => page.getByRole('dialog').getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
const bodyOf = async (path: string) => Object((await api.ask('GET', path)).body);
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

describe('the list of extensions', () => {
  it('is searched over all columns, filtered and sorted, which the browser remembers', async () => {
    const page = await at('people');
    await page.getByText('6 entries').waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('support person');
    await page.getByText('3 of 6 entries').waitFor();
    await page.getByRole('button', { name: 'Name' }).click();
    await page.getByRole('button', { name: 'Name' }).click();
    expect(await page.getByRole('row').nth(1).textContent()).toContain('103');
    await page.getByRole('combobox', { name: 'Phones' }).selectOption('reachable');
    await page.reload();
    await page.getByText('3 of 6 entries').waitFor();
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
    expect(await page.getByRole('row').nth(1).textContent()).toContain('103');
    await page.getByRole('searchbox').fill('<img src=x onerror=window.hit=1>');
    await page.getByText('Nothing fits what you look for.').waitFor();
  });

  it('offers no changes to those who may only look, and the moderators to the works council', async () => {
    const page = await at('people', onlooker);
    await page.getByRole('link', { name: 'Save as a table' }).waitFor();
    expect(
      await page
        .getByRole('main')
        .getByRole('button', { name: /Change|New|Import/ })
        .count(),
    ).toBe(0);
    expect(await page.getByRole('link', { name: 'Moderators' }).count()).toBe(0);
    const other = await at('people/moderators', council);
    await row(other, 'Person 100').getByText('to Support').waitFor();
    expect(
      await other
        .getByRole('main')
        .getByRole('button', { name: /PIN of/ })
        .count(),
    ).toBe(0);
  });
});

describe('an extension', () => {
  it('is made with its mistakes told while it is typed, and a password that works and is shown once', async () => {
    const page = await at('people');
    await page.getByRole('button', { name: 'New extension' }).click();
    expect(await page.evaluate('document.activeElement.name')).toBe('number');
    await page.keyboard.type('1');
    await page.getByText('This is not an extension number. Use 2 to 8 digits, such as 101.').waitFor();
    await field(page, 'Number').fill('101');
    await page.getByText('This is there already.').waitFor();
    await field(page, 'Name').fill('<img src=x onerror=window.hit=1>');
    await field(page, 'Number').fill('120');
    await page.getByText('This is not a name.').waitFor();
    expect(await field(page, 'Name').getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    await field(page, 'Name').fill('Eva');
    await page.getByRole('dialog').getByText('Use this one').click();
    await field(page, 'Own password').fill('short');
    await page.getByText('Use 12 to 128 characters.').waitFor();
    await page.getByRole('dialog').getByText('Let the box make one').click();
    await page.getByRole('dialog').getByText('Leads').click();
    await button(page, 'Save').click();
    await page
      .getByRole('dialog', { name: 'Password of extension 120' })
      .getByText('If it is lost, make a new one here')
      .waitFor();
    await expectAccessible(page);
    const password = (await page.getByRole('dialog').locator('code').last().textContent()) ?? '';
    const phone = await UserAgent.open({
      server: box.office.appliance.address(),
      credentials: { username: '120', password },
    });
    expect(await phone.register()).toMatchObject({ status: 200 });
    phone.close();
    await button(page, 'Close').click();
    await row(page, 'Eva').getByText('Leads').waitFor();
    expect(await page.content()).not.toContain(password);
  });

  it('is changed beside changes of others elsewhere, and shows what others have changed of it', async () => {
    const page = await at('people');
    await page.getByRole('button', { name: 'Change 102 Person 102' }).click();
    await field(page, 'Name').fill('Benno');
    await api.ask('PATCH', '/api/extensions/103', { name: 'Carl' }, '*');
    await button(page, 'Save').click();
    await row(page, 'Benno').waitFor();
    await page.getByRole('button', { name: 'Change 102 Benno' }).click();
    await field(page, 'Name').fill('Benedikt');
    await page.getByRole('dialog').getByText('Support').click();
    await api.ask('PATCH', '/api/extensions/102', { name: 'Ben' }, '*');
    await button(page, 'Save').click();
    await page.getByText('Name: Benno, now Ben').waitFor();
    await expectAccessible(page);
    expect(await field(page, 'Name').inputValue()).toBe('Benedikt');
    await button(page, 'Save').click();
    await row(page, 'Benedikt').waitFor();
    // The name is shown as soon as it is set; the groups follow.
    await expect.poll(async () => (await bodyOf('/api/groups/support')).entry.members).toEqual(['101', '103']);
  });

  it('has its calls forwarded by an admin, who is told while typing where that cannot be', async () => {
    const page = await at('people');
    await page.getByRole('button', { name: /^Change 104/ }).click();
    await field(page, 'Forward all calls to').fill('777');
    await page.getByRole('dialog').getByText('leads nowhere').waitFor();
    await expectAccessible(page);
    await field(page, 'Forward all calls to').fill('103');
    await field(page, 'Do not disturb').check();
    await button(page, 'Save').click();
    await expect
      .poll(() => bodyOf('/api/call-handling/104'))
      .toMatchObject({ always: '103', busy: null, noAnswer: null, doNotDisturb: true });
    expect((await bodyOf('/api/extensions/104')).entry.name).toBe('Person 104');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is not lost while it is typed: leaving asks', async () => {
    const page = await at('people');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (asked.length < 3 ? dialog.dismiss() : dialog.accept());
    });
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('button', { name: 'New group' }).click();
    await field(page, 'Name').fill('Sales');
    await page.keyboard.press('Escape');
    await page.goBack();
    await until('the second question', () => asked.length === 2);
    expect(await field(page, 'Name').inputValue()).toBe('Sales');
    await button(page, 'Cancel').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(asked).toEqual(Array(3).fill('What you typed is not saved. Leave it all the same?'));
    await page.getByRole('button', { name: 'New group' }).click();
    await button(page, 'Cancel').click();
    expect(asked).toHaveLength(3);
  });

  it('is removed after it was asked, with the reason where others need it', async () => {
    const page = await at('people');
    await page.getByRole('button', { name: 'Change 103 Carl' }).click();
    await button(page, 'Remove').click();
    await page.getByRole('dialog', { name: 'Remove extension 103' }).waitFor();
    await button(page, 'Remove').click();
    await page.getByRole('alert').getByText('trunks provider').waitFor();
    await expectAccessible(page);
    await button(page, 'Cancel').click();
    await page.getByRole('button', { name: 'Change 120 Eva' }).click();
    await button(page, 'Remove').click();
    await button(page, 'Remove').click();
    await page.getByText('Extension 120 is removed.').waitFor();
    await row(page, 'Eva').waitFor({ state: 'detached' });
    expect((await bodyOf('/api/groups/leads')).entry.members).toEqual(['100', '109']);
  });
});

describe('a group', () => {
  it('is made, changed and removed, and gets a short name by itself', async () => {
    const page = await at('people/groups');
    await row(page, 'Support').getByText('may be listened to (Support)').waitFor();
    await page.getByRole('button', { name: 'New group' }).click();
    await field(page, 'Name').fill('Café & Küche');
    await field(page, 'Number').fill('11x');
    await page.getByText('This is not an internal number.').waitFor();
    await field(page, 'Number').fill('300');
    await page.getByRole('dialog').getByText('104 Person 104').click();
    await expectAccessible(page);
    await button(page, 'Save').click();
    await row(page, 'Café').getByText('1 member').waitFor();
    expect((await bodyOf('/api/groups/cafe-kuche')).entry).toMatchObject({ number: '300', members: ['104'] });
    await page.getByRole('button', { name: 'Change Café & Küche' }).click();
    await page.getByRole('dialog').getByText(/^103 /).click();
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Change Café & Küche' }).click();
    await field(page, 'Who rings').selectOption('inTurn');
    const order = page.getByRole('group', { name: 'Order in which they ring' }).getByRole('listitem');
    await order.first().getByText('104 ').waitFor();
    await page.getByRole('button', { name: /^103 .* earlier$/ }).press('Enter');
    await order.first().getByText('103 ').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toMatch(/^103 /);
    await field(page, 'Pass calls on to').fill('300');
    await page.getByRole('dialog').getByText('is not a number that a group can pass its calls on to').waitFor();
    await field(page, 'Seconds that each member rings').fill('4');
    await page.getByRole('dialog').getByText('is not a ringing time').waitFor();
    await expectAccessible(page);
    await field(page, 'Seconds that each member rings').fill('10');
    await field(page, 'Pass calls on to').fill('103');
    await field(page, 'After so many seconds').fill('25');
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const ringing = {
      members: ['103', '104'],
      strategy: 'inTurn',
      memberSeconds: 10,
      overflow: { number: '103', seconds: 25 },
    };
    expect((await bodyOf('/api/groups/cafe-kuche')).entry).toMatchObject(ringing);
    await page.getByRole('button', { name: 'Change Support' }).click();
    await button(page, 'Remove').click();
    await button(page, 'Remove').click();
    await page.getByRole('alert').getByText('profiles support').waitFor();
    await button(page, 'Cancel').click();
    await page.getByRole('button', { name: 'Change Café & Küche' }).click();
    await button(page, 'Remove').click();
    await button(page, 'Remove').click();
    await row(page, 'Café').waitFor({ state: 'detached' });
  });
});

describe('the PIN of a moderator', () => {
  it('is set twice the same, refused with the reason, and removed; it is never shown', async () => {
    const page = await at('people/moderators');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Set PIN of Person 109' }).click();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    await field(page, 'New PIN').fill('12');
    await page.locator('.field').filter({ hasText: 'New PIN' }).getByText('A PIN has 4 to 10 digits.').waitFor();
    await field(page, 'New PIN').fill('4321');
    await page.locator('.field').filter({ hasText: 'New PIN' }).getByText('too easy to guess').waitFor();
    await field(page, 'New PIN').fill('581940');
    await field(page, 'The same PIN again').fill('581941');
    await page.getByText('The two are not the same. Type it once more.').waitFor();
    expect(sent.filter((url) => url.includes('/pins/'))).toEqual([]);
    await button(page, 'Set PIN').click();
    await page.getByText('The two are not the same. Type it once more.').waitFor();
    await field(page, 'New PIN').fill('1234');
    await field(page, 'The same PIN again').fill('1234');
    await button(page, 'Set PIN').click();
    await page.locator('.field').filter({ hasText: 'New PIN' }).getByText('too easy to guess').waitFor();
    await expectAccessible(page);
    await field(page, 'New PIN').fill('581940');
    await page.getByText('too easy to guess').waitFor({ state: 'detached' });
    await field(page, 'The same PIN again').fill('581940');
    await button(page, 'Set PIN').click();
    await page.getByText('The PIN of Person 109 is set, and valid from now on.').waitFor();
    await page.getByRole('button', { name: 'Remove the PIN of Person 109' }).click();
    await button(page, 'Remove PIN').click();
    await row(page, 'Person 109').getByText('missing').waitFor();
    expect(await page.content()).not.toContain('581940');
  });
});

describe('a table of extensions', () => {
  it('is checked by line and column before anything changes, and taken in with the passwords shown once', async () => {
    const before = await bodyOf('/api/extensions');
    const page = await at('people');
    await page.getByRole('button', { name: 'Import a table' }).click();
    const table = page.getByRole('dialog').getByRole('textbox');
    await table.fill('number,name,consents\n1,Anna,yes\n104,<b>,perhaps\n');
    await button(page, 'Check it').click();
    await page.getByText('3 mistakes. Nothing has been changed.').waitFor();
    await row(page, 'This is neither yes nor no.').getByText('3').first().waitFor();
    await row(page, 'This is not an extension number.').getByText('number', { exact: true }).waitFor();
    await expectAccessible(page);
    const lines = Array.from({ length: 244 }, (_, index) => `${2000 + index},Person ${index},yes,generate`);
    // As Excel saves it in Western Europe.
    const buffer = Buffer.from(['number,name,consents,password', '104,Dörte,yes,', ...lines].join('\n'), 'latin1');
    await table.fill('');
    await page.getByLabel('File').setInputFiles({ name: 'office.csv', mimeType: 'text/csv', buffer });
    await button(page, 'Check it').click();
    await page.getByText('New: 244 (2000, 2001').waitFor();
    await page.getByText('Changed: 1 (104)').waitFor();
    expect(await bodyOf('/api/extensions')).toEqual(before);
    await button(page, 'Import').click();
    await page.getByText('The box has made these passwords').waitFor();
    await page.getByRole('dialog').getByRole('row').filter({ hasText: 'Person 42' }).first().waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save them as a table').click()]);
    expect(download.suggestedFilename()).toBe('passwords.csv');
    expect(await readFile(await download.path(), 'utf8')).toMatch(/^number,name,password\r\n2000,Person 0,\w{16}\r\n/);
    await button(page, 'Close').click();
    await page.getByText('250 entries').waitFor();
    await row(page, 'Dörte').waitFor();
    await page.getByRole('searchbox').fill('2042');
    await page.getByText('1 of 250 entries').waitFor();
    await row(page, 'Person 42').waitFor();
  });

  it('is whole with 250 extensions on the screen of a telephone, in German and in the dark', async () => {
    const page = await at('people', admin, {
      locale: 'de-DE',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    });
    await page.getByText('250 Einträge').waitFor();
    await page.getByRole('searchbox').fill('10');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '101 Person 101 ändern', exact: true }).press('Enter');
    await page.getByRole('dialog', { name: 'Nebenstelle 101' }).waitFor();
    await expectAccessible(page);
    for (const path of ['people/groups', 'people/moderators']) {
      await page.goto(`${box.address}${path}`);
      await page.locator('main .count').waitFor();
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
  });
});
