import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import encodeQr from 'qr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../support/authenticator.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { admin, expectAccessible, go, OfficePage, signIn } from './office-page.js';
import { qrCodeShown } from './qr-code-shown.js';

const port = 18_473;
const member = { name: 'uwe', password: 'another four plain words' };
const twoFactor = { name: 'vera', password: 'some more plain words' };

let box: OfficePage;

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  api.close();
  await box.addUser(member, { roles: ['member'], extension: '102' });
  await box.addUser(twoFactor, { roles: ['member'], extension: '101' });
});
afterAll(() => box.close());
afterEach(async () => {
  await box.trunk.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const placesOf = (page: Page) => page.getByRole('navigation').getByRole('link').allTextContents();

describe('the audit record', () => {
  it('is read and searched in words, verified, and handed out as it is', async () => {
    await box.office.listening();
    const page = await box.visitAs(admin);
    expect(await placesOf(page)).toEqual([
      'Live',
      'People',
      'Listening',
      'Lines',
      'Agreement',
      'Record',
      'Licence',
      'System',
      'My page',
    ]);
    await go(page, 'Record');
    const entries = page.getByRole('main').getByRole('row');
    await entries.getByText('listening began').first().waitFor();
    await expectAccessible(page);
    await page.getByLabel('Moderator').fill('109');
    await page.getByLabel('Moderator').press('Enter');
    await page.getByText('There are no such entries.').waitFor();
    await page.getByLabel('Moderator').fill('100');
    await page.getByLabel('What happened').selectOption('listening began');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/moderator=100/);
    await page.reload();
    await entries.getByText('listening began').first().waitFor();
    expect(await page.getByLabel('Moderator').inputValue()).toBe('100');
    expect(await entries.getByText('PIN').count()).toBe(0);
    await page.getByLabel('From').fill('2020-01-01');
    await page.getByLabel('Until').fill('2020-01-31');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('There are no such entries.').waitFor();
    await page.getByRole('link', { name: 'Show all' }).click();
    await entries.getByText('Modcall started').first().waitFor();
    const about = page.getByText('A checkpoint says how far the record has come');
    expect(await about.isVisible()).toBe(false);
    await page.getByText('What the checkpoint and the program are for').press('Enter');
    await about.waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Verify the record' }).click();
    await page.getByText(/^The record is sound: \d+ entries/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export, signed' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^modcall-record-\d{4}-\d\d-\d\d\.jsonl$/);
  });

  it('has a report of a month for the works council, which names nobody', async () => {
    await box.office.listening();
    const page = await box.visitAs(admin);
    await go(page, 'Record');
    await page.getByRole('link', { name: 'Report' }).click();
    const now = new Date();
    const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`;
    const name = now.toLocaleDateString('en', { month: 'long', year: 'numeric' });
    await page.getByRole('heading', { name: `Listening in ${name}` }).waitFor();
    expect(await page.getByLabel('Month').inputValue()).toBe(month);
    await page.getByText(/^The record has nothing of .*, so the present month is shown\.$/).waitFor();
    await page.getByText('This month is not over').waitFor();
    await page.getByText('The record begins only within this month.').waitFor();
    await page.getByLabel('Month').fill('2020-02');
    await page.getByLabel('Month').blur();
    await page.getByText('The record has no entry of this month, not even a start of the box').waitFor();
    expect(await page.getByText('This month is over').count()).toBe(0);
    await page.getByLabel('Month').fill(month);
    await page.getByLabel('Month').blur();
    await page.waitForURL(/month=/);
    const report = page.getByRole('article');
    await report.getByText('fewer than five').waitFor();
    await report.getByText('Modcall started').waitFor();
    await report
      .getByText(/^Made from the entries 1 to \d+ of the record\. Hash of the last one: [0-9a-f]{64}$/)
      .waitFor();
    expect(await report.textContent()).not.toMatch(/Person|\b10[0-9]\b/);
    await expectAccessible(page);
  });

  it('has the calls, by number and day, and as a table of the same calls', async () => {
    await box.office.hangUp();
    const page = await box.visitAs(admin);
    await go(page, 'Record');
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByText(/^(One call|\d+ calls)$/).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Full number of a party').fill('102');
    await page.getByLabel('Full number of a party').press('Enter');
    await page.waitForURL(/number=102/);
    await page.getByRole('row').filter({ hasText: '101' }).filter({ hasText: '102' }).first().waitFor();
    const [table] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'As a table (CSV)' }).click(),
    ]);
    expect(await readFile(await table.path(), 'utf8')).toMatch(/^started,answered,ended,from,to.*,101,102,/s);
    await page.getByLabel('Full number of a party').fill('999');
    await page.getByLabel('Full number of a party').press('Enter');
    await page.getByText('No calls were found.').waitFor();
  });

  it('shows a member what was about them, and no more places than that', async () => {
    const page = await box.visitAs(member);
    expect(await placesOf(page)).toEqual(['Live', 'Agreement', 'Record', 'My page']);
    await go(page, 'Record');
    await page.getByText('What concerned you, once it is over.').waitFor();
    expect(await page.getByRole('button', { name: 'Verify the record' }).count()).toBe(0);
    await expectAccessible(page);
  });
});

describe('the licence', () => {
  it('is shown with the hardware ID, and a key that is none is refused with the reason', async () => {
    const page = await box.visitAs(admin);
    await go(page, 'Licence');
    await page.getByText('simulated, needs no licence').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Licence key').fill('MODCALL-NONSENSE');
    await page.getByRole('button', { name: 'Take it into use' }).click();
    await page.getByRole('main').getByRole('alert').getByText('This is not a licence key').waitFor();
    await page.getByRole('button', { name: 'What does it allow?' }).click();
    await page.getByRole('main').getByRole('status').getByText('This is not a licence key').waitFor();
    await expectAccessible(page);
    const file = page.getByLabel('Licence file, or a photo of its QR code');
    await file.setInputFiles({ name: 'key.txt', mimeType: 'text/plain', buffer: Buffer.from('in a file') });
    await expect.poll(() => page.getByLabel('Licence key').inputValue()).toBe('in a file');
    const photo = Buffer.from(encodeQr('MODCALL-QR-CODE', 'gif', { scale: 4 }));
    await file.setInputFiles({ name: 'key.gif', mimeType: 'image/gif', buffer: photo });
    await expect.poll(() => page.getByLabel('Licence key').inputValue()).toBe('MODCALL-QR-CODE');
    await file.setInputFiles({ name: 'cat.gif', mimeType: 'image/gif', buffer: photo.subarray(0, 60) });
    await page.getByText('No QR code can be read in this picture.').waitFor();
    expect(await page.getByRole('link', { name: 'Open the order sheet' }).getAttribute('href')).toBe(
      '/api/licence/order-sheet',
    );
    await page.goto(`${box.address}api/licence/order-sheet`);
    // Drawn by the styles that stand in it: without them the code fills the page.
    expect((await page.locator('figure svg').boundingBox())?.width).toBeLessThan(300);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.goto(`${box.address}record`);
    await page.locator('main table').waitFor();
    expect((await page.locator('main').boundingBox())?.width).toBeGreaterThan(700);
    const moments = await page.locator('main td.moment').allInnerTexts();
    expect(moments.filter((moment) => !/^\d{1,2} \w+ 20\d\d, \d\d:\d\d$/.test(moment))).toEqual([]);
  });
});

describe('the system', () => {
  it('tells what the box is, and its log as it is written, by level and words', async () => {
    const page = await box.visitAs(admin);
    await go(page, 'System');
    const hardwareId = page.locator('dd code');
    expect(await hardwareId.textContent()).toMatch(/\w{4}/);
    await page.getByLabel('At least').selectOption('detail');
    await page.getByLabel('Containing').fill('started');
    await box.office.listening();
    await page.locator('.log-text').getByText('started').first().waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByText(/lines, the newest first/).waitFor();
    expect(await page.getByLabel('At least').inputValue()).toBe('debug');
    expect(await page.getByLabel('Containing').inputValue()).toBe('started');
  });
});

describe('my page', () => {
  it('forwards the calls of the person, and shows what they key at their telephone meanwhile', async () => {
    const { office } = box.trunk;
    const handling = () => page.getByRole('region', { name: 'Your calls' });
    const field = (name: string) => handling().getByLabel(name, { exact: true });
    const page = await box.visitAs(member);
    await go(page, 'My page');
    await field('Forward all calls to').fill('112');
    await handling().getByText('is not a number that calls can be forwarded to').waitFor();
    await expectAccessible(page);
    await field('Forward all calls to').fill('<img src=x onerror=window.hit=1>');
    await field('Forward all calls to').press('Enter');
    await handling().getByText('is not written as it has to be').waitFor();
    await field('Forward all calls to').fill('103');
    await field('Forward all calls to').press('Enter');
    await page.getByText('Saved: this applies from the next call on.').waitFor();
    await handling().getByText('is not written as it has to be').waitFor({ state: 'detached' });
    await office.call('104', '102');
    await office.phone('103').answer();
    expect(office.phone('102').incoming).toEqual([]);
    await field('When busy, forward calls to').fill('101');
    await office.call('102', '*61*104#');
    await office.call('102', '#21#');
    await office.untilHandled('102', { always: null, noAnswer: '104' });
    await handling().getByRole('button', { name: 'Save' }).click();
    await office.untilHandled('102', { always: null, busy: '101', noAnswer: '104' });
    await expect.poll(() => field('When nobody answers, forward calls to').inputValue()).toBe('104');
    await office.call('102', '*26#');
    await expect.poll(() => field('Do not disturb').isChecked()).toBe(true);
  });

  it('changes the password, and sets up the second factor that is asked for from then on', async () => {
    const page = await box.visitAs(member);
    await go(page, 'My page');
    await page.getByText('102', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Current password').fill('not this one');
    await page.getByLabel('New password').fill('1234567890');
    await page.locator('.fault').getByText('too easy to guess').waitFor();
    await page.getByLabel('New password').fill('yet another four words');
    await page.getByLabel('New password').press('Enter');
    await page.getByText('The present password is wrong. Nothing has been changed.').waitFor();
    await page.getByLabel('Current password').fill(member.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed. Sign in with the new one.').waitFor();
    await expectAccessible(page);
    await signIn(page, member.name, 'yet another four words');
    await page.getByRole('button', { name: 'Set up the app' }).click();
    await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    await expectAccessible(page);
    const address = await page.locator('.secret').getAttribute('href');
    expect(address).toMatch(/^otpauth:\/\/totp\//);
    expect(await qrCodeShown(page)).toBe(address);
    await page
      .getByLabel('Code of the authenticator app')
      .fill(codeOf((await page.locator('.secret').textContent()) ?? ''));
    await page.getByRole('button', { name: 'Confirm' }).click();
    const code = (await page.locator('.codes code').first().textContent()) ?? '';
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Your session has ended.').waitFor({ state: 'hidden' });
    await signIn(page, member.name, 'yet another four words');
    await page.getByLabel('Code of the authenticator app').fill(code);
    await page.getByLabel('Code of the authenticator app').press('Enter');
    await page.getByRole('heading', { level: 1, name: 'My page' }).waitFor();
    await page.getByText(/signing in asks for a code\. \d+ recovery codes are left\./).waitFor();
  });

  it('removes the second factor only for whoever knows the password', async () => {
    const page = await box.visitAs(twoFactor);
    await go(page, 'My page');
    await page.getByText('It is not set up').waitFor();
    await box.secondFactorOf(twoFactor);
    await page.reload();
    await page.getByRole('button', { name: 'Remove the second factor' }).press('Enter');
    const question = page.getByRole('dialog', { name: 'Remove the second factor' });
    await expectAccessible(page);
    await page.keyboard.type('not this one');
    await page.keyboard.press('Enter');
    await question.getByText('The present password is wrong. Nothing has been changed.').waitFor();
    await question.getByLabel('Current password').fill(twoFactor.password);
    await page.keyboard.press('Enter');
    await page.getByText('It is not set up: your password alone lets in.').waitFor();
    expect(await question.count()).toBe(0);
  });
});

it('every place can be opened by its address, and is whole on the screen of a telephone, in German', async () => {
  const page = await box.visitAs(admin, { locale: 'de-DE', viewport: { width: 390, height: 844 } });
  for (const path of ['record', 'record/report', 'record/calls', 'licence', 'system', 'own']) {
    await page.goto(`${box.address}${path}`);
    await page.getByRole('main').locator('.card, .empty').first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
});
