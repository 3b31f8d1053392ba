import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { steadyLevel, totalLevel } from '../../support/audio/tones.js';
import { firstCode } from '../../support/box-admin.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';
import { heardAt, WebBrowser } from '../browser.js';
import { expectAccessible } from './office-page.js';

const pin = '294857';
/** What a telephone hears when it is lifted while nobody has chosen a country, in Hz. */
const dialTone = 425;

let box: Appliance;
let browser: WebBrowser;
let address: string;

/** A new box, on which nothing is set up. */
beforeAll(async () => {
  box = await Appliance.start(null, { hasFrontPanel: true, webPort: 0 });
  browser = await WebBrowser.start('tone');
  const served = await until(
    () => `the page to be served:\n${box.logTail()}`,
    () => box.log.find(({ msg }) => msg === 'the box can be reached by browsers and programs'),
  );
  address = `https://127.0.0.1:${Object(served.ports).https}/`;
});
afterAll(async () => {
  await browser.close();
  await box.remove();
});

/** What the focus is on, by its label. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    const [label] = activeElement instanceof HTMLInputElement ? (activeElement.labels ?? []) : [];
    return (label ?? activeElement)?.textContent?.trim() ?? '';
  });

/** Goes on by the Tab key until the focus is there. */
async function reach(page: Page, label: string): Promise<void> {
  const passed: string[] = [];
  do {
    if (passed.length > 60) throw new Error(`no ${label} is reached by the Tab key, but ${passed.join(' · ')}`);
    await page.keyboard.press('Tab');
    passed.push(await focused(page));
  } while (passed.at(-1) !== label);
}

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await reach(page, label);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

async function press(page: Page, label: string): Promise<void> {
  await reach(page, label);
  await page.keyboard.press('Enter');
}

/** The step is there: its heading has the focus, and axe finds nothing wrong with it. */
async function stepIs(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  await expectAccessible(page);
}

const settingsOf = async () => JSON.parse(await readFile(join(box.folder, 'settings.json'), 'utf8'));

/** Somebody alone makes a call at the front panel, as the last step tells, and the moderator listens to it. */
async function callAtThePanel(page: Page, moderator: UserAgent): Promise<void> {
  await page.getByText('on the front panel let the exchange ring and lift “Phone 1 · 121”').waitFor();
  const address = await page.getByRole('link', { name: 'Open the front panel' }).getAttribute('href');
  const panel = await browser.open(String(address));
  await panel.getByRole('button', { name: 'Let it ring' }).click();
  await panel.locator('[data-port=phone1].is-ringing').waitFor();
  await panel.locator('[data-port=phone1] .hook').click();
  const call = await moderator.call('*55');
  await until('the service number to answer', () => call.state === 'talking');
  await call.pressKeys(`${pin}##`, 'rfc4733');
  await page.getByText('101 listens to 121: the box works.').waitFor();
  call.hangUp();
  await panel.context().close();
}

/** Who goes through the steps once more sees what is there, and changes nothing. */
async function walkAgain(page: Page): Promise<void> {
  const before = await settingsOf();
  expect(before).toMatchObject({
    country: 'de',
    profiles: [{ interventions: ['whisper'] }],
    trunks: [{ inbound: { group: 'members' } }],
  });
  await page.goto(`${address}set-up?step=country`);
  await stepIs(page, 'In which country is the box?');
  await page.getByText('At present the box uses: Germany (110, 112).').waitFor();
  await page.goto(`${address}set-up?step=moderator`);
  await stepIs(page, 'Who listens, and to whom?');
  await page.getByText('102 Anna').waitFor();
  await press(page, 'Next');
  await stepIs(page, 'How do the parties learn that somebody listens?');
  await page.getByText('Moderators may also: Whisper.').waitFor();
  await press(page, 'Next');
  await stepIs(page, 'The licence');
  await page.getByRole('button', { name: 'DE', exact: true }).press('Enter');
  await page.getByRole('link', { name: 'Land', exact: true }).press('Enter');
  await stepIs(page, 'In welchem Land steht das Gerät?');
  await page.getByRole('link', { name: 'Hinweis' }).press('Enter');
  await stepIs(page, 'Wie erfahren die Beteiligten, dass jemand mithört?');
  await page.getByRole('button', { name: 'EN', exact: true }).press('Enter');
  expect(await settingsOf()).toEqual(before);
}

it('says the one-time code to whoever lifts the handset at the box, in place of the dial tone', async () => {
  const panel = box.log.find(({ msg }) => msg === 'the simulated board works')?.frontPanel;
  const page = await browser.open(`http://127.0.0.1:${Object(panel).port}`);
  await page.locator('[data-port=handset]').waitFor();
  await page.locator('[data-port=handset] .hook').click();
  const isSpeech = async () => {
    const heard = await heardAt(page);
    return totalLevel(heard) > -40 && steadyLevel(heard, dialTone) < -45;
  };
  await until('the code to be said', isSpeech);
  await page.locator('[data-port=handset] .hook').click();
  await browser.closePages();
});

it('is set up by keyboard alone, until a phone with the password that it made listens to a call', async () => {
  const code = String(await firstCode(box));
  const page = await browser.open(address, { ignoreHTTPSErrors: true });

  await stepIs(page, 'Choose your language');
  await press(page, 'English');

  await stepIs(page, 'Set up the first admin');
  await page.keyboard.type('WRONG-CODE');
  await typeInto(page, 'Name', 'ada');
  await page.getByText('At least 10 characters.').waitFor();
  await typeInto(page, 'New password', 'correct horse battery');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('This is not the one-time code of the box').waitFor();
  await page.getByLabel('One-time code').fill(code);
  await page.keyboard.press('Enter');

  await stepIs(page, 'In which country is the box?');
  // The server speaks British English, but a person says which emergency numbers there are.
  expect(await page.locator(':checked').count()).toBe(0);
  expect(await settingsOf()).toMatchObject({ country: 'unknown' });
  await page.goto(address);
  await page.getByText('112, 110, 911 and 999 all count as emergency numbers').waitFor();
  await expectAccessible(page);
  await press(page, 'To the country');
  await stepIs(page, 'In which country is the box?');
  await press(page, 'Next');
  await page.locator('.choices .fault').getByText('Choose the country in which the box is.').waitFor();
  expect(await page.getByText('Choose the country in which the box is.').count()).toBe(1);
  await expectAccessible(page);
  await page.getByLabel('Germany (110, 112)').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');

  await stepIs(page, 'Which phones are there?');
  expect(await settingsOf()).toMatchObject({ country: 'de' });
  await page.getByText('Plugged into the box itself, and working already: 120 Handset, 121 Phone 1.').waitFor();
  // The number of the handset at the box.
  await typeInto(page, 'Number', '120');
  await typeInto(page, 'Name', 'Mona');
  await typeInto(page, 'Name', 'Anna');
  await reach(page, 'Has agreed to be listened to');
  await page.keyboard.press('Space');
  await typeInto(page, 'Name', '<img src=x onerror=window.hit=1>');
  await press(page, 'Make the passwords');
  await page.locator('.fault').getByText('This is already in use.').waitFor();
  await page.getByLabel('Number').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('101');
  await typeInto(page, 'Name', 'Mona');
  await typeInto(page, 'Name', 'Anna');
  await press(page, 'Make the passwords');
  await page.locator('.fault').getByText('Use 1 to 64 characters').waitFor();
  await page.getByLabel('Name').last().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Ben');
  await press(page, 'Make the passwords');
  await page.locator('.made code').nth(2).waitFor();
  await press(page, 'Add phones');
  await stepIs(page, 'Which phones are there?');
  await typeInto(page, 'Name', 'Cleo');
  await press(page, 'Make the passwords');
  await page.locator('.made code').nth(3).waitFor();
  await expectAccessible(page);
  const password = (await page.locator('.made code').first().textContent()) ?? '';

  // Left, and taken up again where nothing was set up yet.
  await page.goto(`${address}set-up`);
  await stepIs(page, 'Who listens, and to whom?');
  await page.getByText('No sequence such as 1234').waitFor();
  await typeInto(page, 'PIN, 4 to 10 digits', '1234');
  await page.keyboard.press('Enter');
  await page.locator('.fault, .problem').first().waitFor();
  await typeInto(page, 'Name of the group', 'Sales');
  await page.getByLabel('PIN, 4 to 10 digits').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(pin);
  const moderators = await page.getByLabel('The moderator', { exact: true }).locator('option').allTextContents();
  expect(moderators.slice(-2)).toEqual(['120 Handset (at the box)', '121 Phone 1 (at the box)']);
  expect(await page.getByLabel('121 Phone 1 (at the box)').isChecked()).toBe(false);
  // Who has not agreed is taken with a word, and can agree at once.
  await page.getByLabel('121 Phone 1 (at the box)').press('Space');
  await page.getByText('Nobody can listen to them until they agree: 121 Phone 1 (at the box).').waitFor();
  const agrees = page.getByRole('group', { name: 'Has agreed to be listened to by now' });
  await agrees.getByLabel('121 Phone 1 (at the box)').press('Space');
  await expectAccessible(page);
  // Calls from outside go on ringing the handset unless somebody wants it otherwise.
  const ring = page.getByLabel('Calls from outside ring all members of the group');
  expect(await ring.isChecked()).toBe(false);
  await ring.press('Space');
  await page.keyboard.press('Enter');

  await stepIs(page, 'How do the parties learn that somebody listens?');
  expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await page.getByLabel('Whisper').press('Space');
  await press(page, 'Service number that moderators dial');

  await stepIs(page, 'The licence');
  await press(page, 'Next');

  await stepIs(page, 'Hear it');
  // But for the telephone at the box only Anna has agreed: there is nobody for her to talk to.
  await page.getByText('they need two extensions that have agreed').waitFor();
  expect(await page.getByRole('button', { name: 'Let two built-in phones talk' }).count()).toBe(0);
  await press(page, 'Add phones');
  await stepIs(page, 'Which phones are there?');
  await page.getByText('Set up already: 101 Mona, 102 Anna, 103 Ben, 104 Cleo.').waitFor();
  await typeInto(page, 'Name', 'Dora');
  await reach(page, 'Has agreed to be listened to');
  await page.keyboard.press('Space');
  await press(page, 'Make the passwords');
  await page.locator('.made code').first().waitFor();
  await page.getByRole('link', { name: 'Hear it' }).press('Enter');

  await stepIs(page, 'Hear it');
  await press(page, 'Let two built-in phones talk');
  await page.getByText('102 and 105 talk to each other now.').waitFor();

  const credentials = { username: '101', password };
  const phone = await UserAgent.open({ server: box.address(), credentials });
  expect(await phone.register()).toMatchObject({ status: 200 });
  const call = await phone.call('*55');
  await until('the service number to answer', () => call.state === 'talking');
  await call.pressKeys(`${pin}##`, 'rfc4733');
  await page.getByText('101 listens to 102: the box works.').waitFor();
  await until('the voices of the two', () => totalLevel(call.audio.heard(400)) > -40);
  await expectAccessible(page);
  call.hangUp();

  await press(page, 'Let them hang up');
  await callAtThePanel(page, phone);
  await walkAgain(page);
  // A telephone at the box is a phone like any other.
  await page.goto(`${address}people`);
  await page.getByRole('row').filter({ hasText: 'Phone 1' }).getByText('at the box').waitFor();
  // From anywhere there is a way back.
  await page.goto(`${address}system`);
  await press(page, 'Try out listening, or go through setting up the box again');
  await stepIs(page, 'Hear it');
  await press(page, 'To the running calls');
  await stepIs(page, 'Live');
  expect(await page.getByText('Nobody can listen yet.').count()).toBe(0);
  expect(await page.evaluate('window.hit')).toBeUndefined();
  expect(browser.errors).toEqual([]);
  phone.close();
});
