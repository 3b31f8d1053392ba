import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { steadyLevel, totalLevel } from '../../support/audio/tones.js';
import { BoxAdmin, firstCode } from '../../support/box-admin.js';
import type { Credentials } from '../../support/sip/digest.js';
import { UserAgent } from '../../support/sip/user-agent.js';
import { until } from '../../support/waiting.js';
import { heardAt, WebBrowser } from '../browser.js';
import { expectAccessible, signIn } from './office-page.js';

const pin = '294857';
/** Of the moderator, for the page. */
const pagePassword = 'battery staple';
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
  await page.getByText('press “At my ear” at “Phone 1 · 121” to speak').waitFor();
  const address = await page.getByRole('link', { name: 'Open the front panel' }).last().getAttribute('href');
  const panel = await browser.open(String(address));
  await panel.getByRole('button', { name: 'Let it ring' }).click();
  await panel.locator('[data-port=phone1].is-ringing').waitFor();
  await panel.locator('[data-port=phone1] .hook').click();
  const call = await moderator.call('*55');
  await until('the service number to answer', () => call.state === 'talking');
  await call.pressKeys(`${pin}##`, 'rfc4733');
  await page.getByText('101 Mona listens to 121 Phone 1: the box works.').waitFor();
  call.hangUp();
  await panel.locator('[data-port=phone1] .hook').click();
  await panel.context().close();
}

/** The built-in phones are offered in the place of extensions without a phone, and no longer once one of those has one. */
async function onlyWhileTheyHaveNoPhone(page: Page, credentials: Credentials): Promise<void> {
  const offer = page.getByRole('button', { name: 'Let two built-in phones talk' });
  await offer.waitFor();
  const phone = await UserAgent.open({ server: box.address(), credentials });
  expect(await phone.register()).toMatchObject({ status: 200 });
  await offer.waitFor({ state: 'detached' });
  await page.getByText('they need two extensions that have agreed').waitFor();
  expect(await phone.register(0)).toMatchObject({ status: 200 });
  await offer.waitFor();
  phone.close();
}

/**
 * A user of the page is not made where the password cannot be used or somebody has the name; nothing is changed then. Whoever sets up the box
 * needs no other.
 */
async function refuseAUser(page: Page): Promise<void> {
  const api = new BoxAdmin(Number(new URL(address).port));
  await api.signIn(box);
  const wish = { roles: [], language: 'en' };
  expect((await api.ask('PUT', '/api/users/ben', wish, '*')).status).toBe(200);
  const before = await settingsOf();
  const field = page.locator('.field').filter({ has: page.getByLabel('Password for the page (optional)') });
  const fault = field.locator('.fault');
  await field.locator('input').fill('short');
  await field.locator('input').press('Enter');
  await fault.getByText('The password is too short').waitFor();
  await expectAccessible(page);
  await field.locator('input').fill(pagePassword);
  await fault.waitFor({ state: 'detached' });
  const moderator = page.getByLabel('The moderator', { exact: true });
  await moderator.selectOption('103');
  await field.getByText('with it “Ben” signs in there').waitFor();
  await field.locator('input').press('Enter');
  await fault.getByText('There is a user Ben already.').waitFor();
  expect(await field.getByText('signs in there').count()).toBe(0);
  await moderator.selectOption('104');
  await page.getByText('This is you: “ada” becomes a moderator, too, with the extension 104').waitFor();
  expect(await field.count()).toBe(0);
  await moderator.selectOption('101');
  await field.locator('input').fill(pagePassword);
  expect((await api.ask('DELETE', '/api/users/ben', undefined, '*')).status).toBe(204);
  expect(await settingsOf()).toEqual(before);
}

/** That no member was chosen is said until one is. */
async function requireAMember(page: Page): Promise<void> {
  const members = page.getByRole('group', { name: 'Members of the group' });
  await members.getByLabel('102 Anna').uncheck();
  await page.getByLabel('Name of the group').press('Enter');
  await members.getByText('Choose at least one member.').waitFor();
  await page.getByRole('alert').getByText('Nothing has been saved').waitFor();
  await members.getByLabel('102 Anna').check();
  await members.getByText('Choose at least one member.').waitFor({ state: 'detached' });
  expect(await page.getByText('Nothing has been saved').count()).toBe(0);
}

/** What has to be done to hear the built-in phones is said in its order, and then the other ways. */
async function expectTheOrder(page: Page): Promise<void> {
  const said = await page.locator('.hear li, .hear > p').allInnerTexts();
  const order = [
    /^(They are about to talk|102 and 105 talk)/,
    /^In the browser: “Mona” signs in/,
    /^Or with a telephone: On the front panel lift “Handset · 120”, and key the PIN and #. Key # once more.* Open the front panel$/,
    /^Or from the moderator’s phone: dial \*55/,
    /^By yourself/,
  ];
  expect(said.filter((text) => text !== '')).toEqual(order.map((part) => expect.stringMatching(part)));
}

/** The moderator signs in with the password that was given them in the steps, and can listen there. */
async function listenOnThePage(): Promise<void> {
  const page = await browser.open(address, { ignoreHTTPSErrors: true });
  await signIn(page, 'Mona', pagePassword);
  await page.getByRole('button', { name: /^Listen here to the call/ }).waitFor();
  await page.context().close();
}

/** Where too few have agreed to be listened to, or nobody can listen on the page, the end says so. */
async function sayWhatIsMissing(page: Page): Promise<void> {
  const api = new BoxAdmin(Number(new URL(address).port));
  await api.signIn(box);
  const change = async (method: string, path: string, body?: object) => {
    const { status } = await api.ask(method, path, body, '*');
    expect(`${path}: ${status}`).toMatch(/: 20[04]$/);
  };
  await change('PATCH', '/api/extensions/105', { consents: false });
  await change('PATCH', '/api/extensions/121', { consents: false });
  await change('DELETE', '/api/users/Mona');
  await page.goto(`${address}set-up?step=hear`);
  await page.getByText('One thing is missing: only 102 Anna has agreed').waitFor();
  await page.getByRole('link', { name: 'To System, Users' }).waitFor();
  expect(await page.getByText('Everything is set up.').count()).toBe(0);
  await expectAccessible(page);
  await change('PATCH', '/api/extensions/102', { consents: false });
  await page.reload();
  await page.getByText('One thing is missing: nobody in the group has agreed').waitFor();
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
  expect(await page.getByText('No works agreement is in force').count()).toBe(0);
  await press(page, 'Next');
  await stepIs(page, 'How do the parties learn that somebody listens?');
  await page.getByText('Moderators may also whisper.').waitFor();
  await page.getByText('No works agreement is in force').waitFor();
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
  await page.getByText('You sign in with it.').waitFor();
  await page.keyboard.type('WRONG-CODE');
  await typeInto(page, 'Name', 'ada');
  await page.getByText('At least 10 characters.').waitFor();
  await typeInto(page, 'New password', 'short');
  await page.locator('.fault').getByText('it needs at least 10 characters').waitFor();
  await page.getByLabel('New password').fill('correct horse battery');
  await page.locator('.fault').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.locator('.fault').getByText('This is not the one-time code of the box').waitFor();
  expect(await page.getByText('This is not the one-time code of the box').count()).toBe(1);
  await page.getByLabel('One-time code').fill(code);
  await page.keyboard.press('Enter');

  await stepIs(page, 'In which country is the box?');
  await page.getByText('Step 3 of 7').waitFor();
  expect(await page.getByRole('navigation', { name: 'Steps' }).getByRole('listitem').count()).toBe(8);
  // The server speaks British English, but a person says which emergency numbers there are.
  expect(await page.locator(':checked').count()).toBe(0);
  expect(await settingsOf()).toMatchObject({ country: 'unknown' });
  await page.goto(address);
  await page.getByText('112, 110, 911 and 999 all count as emergency numbers').waitFor();
  // The facts come with the same answer as the warnings.
  await page.locator('.facts').waitFor();
  expect(await page.getByText('112, 110, 911 and 999 all count as emergency numbers').count()).toBe(1);
  await expectAccessible(page);
  await press(page, 'To the country');
  await stepIs(page, 'In which country is the box?');
  await press(page, 'Next');
  await page.locator('.choices .fault').getByText('Choose the country in which the box is.').waitFor();
  expect(await page.getByText('Choose the country in which the box is.').count()).toBe(1);
  await page.getByText('Is it in another country? Then choose none').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Germany (110, 112)').focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');

  await stepIs(page, 'Which phones are there?');
  expect(await settingsOf()).toMatchObject({ country: 'de' });
  await page.getByText('built-in phones can talk in their place').waitFor();
  await page.getByText('Plugged into the box itself, and working already: 120 Handset, 121 Phone 1.').waitFor();
  // The number of the handset at the box.
  await typeInto(page, 'Number', '120');
  await typeInto(page, 'Name', 'Mona');
  await typeInto(page, 'Name', 'Anna');
  await reach(page, 'Has agreed to be listened to');
  await page.keyboard.press('Space');
  await typeInto(page, 'Name', '<img src=x onerror=window.hit=1>');
  await press(page, 'Set up these phones');
  await page.locator('.fault').getByText('This is already in use.').waitFor();
  await page.getByLabel('Number').first().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('101');
  await typeInto(page, 'Name', 'Mona');
  await typeInto(page, 'Name', 'Anna');
  await press(page, 'Set up these phones');
  await page.locator('.fault').getByText('Use 1 to 64 characters').waitFor();
  await page.getByLabel('Name').last().focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Ben');
  await press(page, 'Set up these phones');
  await page.locator('.made code').nth(2).waitFor();
  await press(page, 'Add phones');
  await stepIs(page, 'Which phones are there?');
  // Called like the admin.
  await typeInto(page, 'Name', 'Ada');
  await press(page, 'Set up these phones');
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
  await refuseAUser(page);
  await requireAMember(page);
  // Who has not agreed is taken with a word, and can agree at once.
  await page.getByLabel('121 Phone 1 (at the box)').press('Space');
  await page.getByText('Nobody can listen to them until they agree: 121 Phone 1 (at the box).').waitFor();
  const agrees = page.getByRole('group', { name: 'Who has agreed to be listened to?' });
  await agrees.getByLabel('121 Phone 1 (at the box)').press('Space');
  await page.getByText('Nobody can listen to them until they agree').waitFor({ state: 'detached' });
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
  await page.getByText('Set up already: 101 Mona, 102 Anna, 103 Ben, 104 Ada.').waitFor();
  await typeInto(page, 'Name', 'Dora');
  await reach(page, 'Has agreed to be listened to');
  await page.keyboard.press('Space');
  await press(page, 'Set up these phones');
  await page.locator('.made code').first().waitFor();
  const dorasPassword = (await page.locator('.made code').first().textContent()) ?? '';
  await page.getByRole('link', { name: 'Hear it' }).press('Enter');

  await stepIs(page, 'Hear it');
  await page.getByText('Everything is set up.').waitFor();
  await page.getByRole('link', { name: 'Go through the steps again' }).waitFor();
  expect(await page.getByText('Go on with setting up').count()).toBe(0);
  await onlyWhileTheyHaveNoPhone(page, { username: '105', password: dorasPassword });
  await press(page, 'Let two built-in phones talk for 15 minutes');
  await page.getByText('102 and 105 talk to each other now.').waitFor();
  await expectTheOrder(page);
  await listenOnThePage();

  const credentials = { username: '101', password };
  const phone = await UserAgent.open({ server: box.address(), credentials });
  expect(await phone.register()).toMatchObject({ status: 200 });
  const call = await phone.call('*55');
  await until('the service number to answer', () => call.state === 'talking');
  await call.pressKeys(`${pin}##`, 'rfc4733');
  await page.getByText('101 Mona listens to 102 Anna: the box works.').waitFor();
  await until('the voices of the two', () => totalLevel(call.audio.heard(400)) > -40);
  await expectAccessible(page);
  call.hangUp();

  await press(page, 'Let them hang up');
  await callAtThePanel(page, phone);
  await walkAgain(page);
  // A telephone at the box is a phone like any other.
  await page.goto(`${address}people`);
  await page.getByRole('row').filter({ hasText: 'Phone 1' }).getByText('at the box').waitFor();
  // The telephones at the box were there first, but numbers are found in their order.
  await page.goto(`${address}people/groups`);
  await page.getByRole('button', { name: 'Change Sales' }).click();
  const members = await page.getByRole('group', { name: 'Members' }).locator('.pick').allInnerTexts();
  expect(members.map((text) => text.slice(0, 3))).toEqual(['101', '102', '103', '104', '105', '120', '121']);
  await page.keyboard.press('Escape');
  // From anywhere there is a way back.
  await page.goto(`${address}system`);
  await press(page, 'Try out listening, or go through setting up the box again');
  await stepIs(page, 'Hear it');
  await press(page, 'To the running calls');
  await stepIs(page, 'Live');
  expect(await page.getByText('Nobody can listen yet.').count()).toBe(0);
  // Where nobody talks, the built-in phones can, from here too.
  await page.getByText('Nobody is talking at the moment.').waitFor();
  await page.getByRole('button', { name: 'Let two built-in phones talk for 15 minutes' }).press('Enter');
  await page.getByRole('row').filter({ hasText: 'Dora' }).first().waitFor();
  await sayWhatIsMissing(page);
  expect(await page.evaluate('window.hit')).toBeUndefined();
  expect(browser.errors).toEqual([]);
  phone.close();
});
