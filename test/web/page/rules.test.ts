import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { until } from '../../support/waiting.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_477;
const council = { name: 'bea', password: 'five plain words in a row' };
/** Silence, at any time, without a quota. */
const support = {
  name: 'Support',
  service: '*55',
  moderators: 'leads',
  members: 'support',
  interventions: ['whisper', 'barge', 'takeOver'],
  notice: { member: { kind: 'none' }, other: { kind: 'none' } },
};
/** What would run if the page took a text for markup. */
const evil = '<img src=x onerror=window.hit=1>';

let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  box = await OfficePage.open(port);
  api = await BoxAdmin.of(box.office.appliance, port);
  const { name, password } = council;
  await api.ask('PUT', `/api/users/${name}`, { password, roles: ['council'], extension: null, language: 'en' }, '*');
});
beforeEach(async () => {
  await api.ask('PUT', '/api/profiles/support', support, '*');
});
afterAll(async () => {
  api.close();
  await box.close();
});
afterEach(async () => {
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

async function at(part: string, person = admin, options = {}): Promise<Page> {
  const page = await box.visitAt(`listening${part}`, person, options);
  await page.locator('main').locator('.profile, .count, .two, form.card').first().waitFor();
  return page;
}

const field = (page: Page, name: string) => page.getByRole('dialog').getByLabel(name, { exact: true });
const button = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
const bodyOf = async (path: string) => Object((await api.ask('GET', path)).body);

/** Fills a field with what is wrong, waits for what the page says of it, and puts it right. */
async function expectFault(page: Page, name: string, wrong: string, fault: string, right: string): Promise<void> {
  await field(page, name).fill(wrong);
  await page.getByRole('dialog').getByText(fault).first().waitFor();
  await field(page, name).fill(right);
}

describe('a profile', () => {
  it('is told in sentences, to the works council too, which cannot change it', async () => {
    const page = await at('', council);
    const profile = page.getByRole('region', { name: 'Support' });
    await profile
      .getByText('The group Leads may listen to the calls of the group Support, by dialling *55 and their PIN.')
      .waitFor();
    await profile.getByText('The member does not notice that somebody listens.').waitFor();
    await profile.getByText('At any time.').waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Limits and privacy' }).count()).toBe(0);
  });

  it('is changed, with each mistake told at its field, and says at once what it means for the member', async () => {
    const page = await at('');
    await page.getByRole('button', { name: 'Change Support' }).click();
    await expectFault(page, 'Name', evil, 'This is not a name.', 'Help');
    await expectFault(page, 'Service number', '5', 'This is not an internal number.', '*56');
    await field(page, 'How the member is told').selectOption('A tone again and again');
    await expectFault(page, 'Seconds from tone to tone', '2', 'Use 5 to 300.', '20');
    await page.getByText('The member hears a tone when somebody begins to listen, and every 20 s').waitFor();
    await field(page, 'How the other party is told').selectOption('An announcement when it begins');
    await page.getByText('The other party is told in words when somebody begins to listen.').waitFor();
    await expectFault(page, 'Quota', '0', 'Use a whole number from 1 on', '12');
    await button(page, 'Add hours').click();
    await expectFault(page, 'From', '8', 'Use hours and minutes, such as 08:00.', '00:00');
    await field(page, 'To').fill('24:00');
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) await field(page, day).uncheck();
    await page.getByText('Choose at least one day.').waitFor();
    await field(page, 'Sun').check();
    await field(page, 'Take over').uncheck();
    await button(page, 'Add hours').click();
    await button(page, 'Remove hours 2').click();
    await expectAccessible(page);
    await button(page, 'Save').click();
    const profile = page.getByRole('region', { name: 'Help' });
    await profile.getByText('Only Sun 00:00–24:00.').waitFor();
    await profile.getByText('At most 12 calls of each member a month are listened to.').waitFor();
    await profile.getByText('Moderators may also whisper and barge in.').waitFor();
    expect((await bodyOf('/api/profiles/support')).entry).toMatchObject({
      service: '*56',
      notice: { member: { kind: 'toneEvery', seconds: 20 }, other: { kind: 'announcement' } },
      windows: [{ days: ['sun'], from: '00:00', to: '24:00' }],
    });
  });

  it('is made only once somebody has decided how the parties are told, and is removed again', async () => {
    const page = await at('');
    await page.getByRole('button', { name: 'New profile' }).click();
    await button(page, 'Save').click();
    await page.locator('.fault').getByText('This is missing.').waitFor();
    expect(await field(page, 'Name').getAttribute('aria-invalid')).toBe('true');
    await field(page, 'Name').fill('Leads');
    await field(page, 'Service number').fill('*57');
    await field(page, 'Moderators').selectOption('Support (3)');
    await field(page, 'Members').selectOption('Leads (2)');
    await field(page, 'From outside').selectOption('Provider');
    await field(page, 'Number at this trunk').fill('12x');
    await button(page, 'Save').click();
    await page.getByRole('dialog').getByRole('alert').first().getByText(/not/).waitFor();
    expect(await field(page, 'How the member is told').getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(page);
    await field(page, 'How the member is told').selectOption('Not at all');
    await page.getByRole('dialog').getByText('In many countries that is a crime').waitFor();
    await field(page, 'How the other party is told').selectOption('A tone when it begins');
    await field(page, 'Number at this trunk').fill('4930123499');
    await button(page, 'Save').click();
    await page.getByText('Moderators reach it from outside, too, at 4930123499 of provider.').waitFor();
    expect((await bodyOf('/api/profiles/leads')).entry).toMatchObject({ moderators: 'support', members: 'leads' });
    await page.getByRole('button', { name: 'Change Leads' }).click();
    await button(page, 'Remove').click();
    await button(page, 'Remove').click();
    await page.getByText('Profile Leads is removed.').waitFor();
  });

  it('shows what somebody else has changed of it, and lets one keep typing', async () => {
    const page = await at('');
    await page.getByRole('button', { name: 'Change Support' }).click();
    await field(page, 'Quota').fill('7');
    await api.ask('PATCH', '/api/profiles/support', { quota: 3 }, '*');
    await button(page, 'Save').click();
    await page.getByText('Quota: nothing, now 3').waitFor();
    await expectAccessible(page);
    expect(await field(page, 'Quota').inputValue()).toBe('7');
    await button(page, 'Save').click();
    await page.getByText('At most 7 calls of each member a month').waitFor();
    expect((await bodyOf('/api/profiles/support')).entry).toMatchObject({ quota: 7 });
  });
});

describe('agreement', () => {
  it('is taken back by one tick, which ends the listening at once', async () => {
    const page = await at('/consent');
    await page.getByRole('row').filter({ hasText: 'Person 101' }).getByText('Support').waitFor();
    await page.getByRole('row').filter({ hasText: 'Person 104' }).getByText('nobody').waitFor();
    await expectAccessible(page);
    await box.office.listening();
    await page.getByLabel('101 Person 101 has agreed').uncheck();
    await page.getByText('101 Person 101: not agreed. Nobody can listen to their calls.').waitFor();
    await until('the listening to end', async () => (await box.office.recorded('ended')).length > 0);
    await page.getByRole('combobox', { name: 'Agreed' }).selectOption('not agreed');
    await page.getByText('1 of 6 entries').waitFor();
    await box.trunk.hangUp();
  });
});

describe('exclusions', () => {
  it('are made with the reason where that is not possible, and taken back after it was asked', async () => {
    const page = await at('/exclusions');
    await page.getByLabel('Outside number', { exact: true }).fill(evil);
    await page.getByRole('button', { name: 'Exclude' }).last().click();
    await page.getByText('Use 3 to 20 digits, with a + in front if need be.').waitFor();
    await page.getByLabel('Outside number', { exact: true }).fill('+49 (30) 1234-5');
    await page.getByRole('button', { name: 'Exclude' }).last().click();
    await page.getByText('+493012345', { exact: true }).waitFor();
    await page.getByLabel('Extension', { exact: true }).selectOption('104 Person 104');
    await page.getByRole('button', { name: 'Exclude' }).first().click();
    await page.getByRole('listitem').getByText('104 Person 104').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Remove +493012345' }).click();
    await page.getByRole('dialog', { name: 'No longer exclude +493012345' }).waitFor();
    await button(page, 'Remove').click();
    await page.getByText('+493012345 is no longer excluded.').waitFor();
    expect(await bodyOf('/api/exclusions')).toMatchObject({ extensions: ['104'], numbers: [] });
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });
});

describe('limits and privacy', () => {
  it('are set, with what is wrong told at the field', async () => {
    const page = await at('/limits');
    await page.getByLabel('Moderators in one call').fill('17');
    await page.getByText('Use 1 to 16.').waitFor();
    await page.getByLabel('Moderators in one call').fill('2');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Saved, and in force from now on.').waitFor();
    await page.getByLabel('Minutes of privacy').fill('x');
    await page.getByText('Use 1 to 1440, or leave it empty.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Minutes of privacy').fill('30');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await until('the minutes to be saved', async () => (await bodyOf('/api/settings')).settings.privacyMinutes === 30);
    expect((await bodyOf('/api/settings')).settings.limits).toEqual({ perCall: 2, total: 100 });
  });
});

it('is whole on the screen of a telephone, in German and in the dark', async () => {
  const page = await at('', admin, { locale: 'de-DE', colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  for (const part of ['Profile', 'Einverständnis', 'Ausschlüsse', 'Grenzen und Ruhe']) {
    await page.getByRole('link', { name: part }).press('Enter');
    await page.locator('main').locator('.profile, .count, .two, form.card').first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
  await page.getByRole('link', { name: 'Profile' }).press('Enter');
  await page.getByRole('button', { name: 'Support ändern' }).press('Enter');
  await page.getByRole('dialog', { name: 'Profil Support' }).waitFor();
  await expectAccessible(page);
});
