import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { certificateOne } from '../../support/certificates.js';
import { LogServer } from '../../support/log-server.js';
import { admin, expectAccessible, go, OfficePage } from './office-page.js';

const port = 18_476;
const parts = ['settings', 'backup', 'users', 'network', 'support'] as const;

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
  await box.trunk.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

async function open(part: string, options = {}): Promise<Page> {
  const page = await box.visitAs(admin, options);
  await page.goto(`${box.address}system/${part}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const ringSeconds = async () =>
  Object(Object((await api.ask('GET', '/api/settings')).body).settings).ringSeconds as number;
const ringFor = (seconds: number) => api.ask('PATCH', '/api/settings', { ringSeconds: seconds }, '*');

it('the history of the settings says who changed what, and leads back to each of them', async () => {
  await ringFor(41);
  await ringFor(42);
  const page = await open('settings');
  await page.getByText('ada (on the page)').first().waitFor();
  const [latest] = await page.locator('.versions > li').all();
  expect(await latest?.locator('.changes').textContent()).toMatch(/Seconds to ring.*was: 41.*is now: 42/);
  await page.getByRole('button', { name: 'Undo the last change' }).press('Enter');
  // What it becomes stands last: the other way round than it was changed.
  expect(await page.getByRole('dialog').locator('.changes').textContent()).toMatch(/was: 42.*is now: 41/);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  expect(await ringSeconds()).toBe(42);
  await page.getByRole('button', { name: 'Undo the last change' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('The settings are as they were.').waitFor();
  expect(await ringSeconds()).toBe(41);
  await page.getByRole('button', { name: 'Go back to version 1', exact: true }).click();
  await ringFor(43);
  // What others change is seen without a reload.
  await page.locator('.versions > li').first().getByText('43').waitFor();
  await api.ask('PATCH', '/api/extensions/101', { consents: false }, '*');
  await page.locator('.versions').getByText('Extension 101 Person 101, Agreed').waitFor();
  await api.ask('PATCH', '/api/extensions/101', { consents: true }, '*');
});

it('backups by the box are switched on for its button, and off again', async () => {
  const page = await open('backup');
  const schedule = page.getByRole('region', { name: 'Backups by the box' });
  await schedule.getByLabel('when the button of the box is held for 3 to 10 seconds').check();
  await schedule.getByLabel('Passphrase', { exact: true }).fill('a passphrase for backups');
  await schedule.getByLabel('The same passphrase again').fill('a passphrase for backups');
  await schedule.getByRole('button', { name: 'Switch these backups on' }).click();
  await schedule.getByText('When: when the button of the box is held for 3 to 10 seconds.').waitFor();
  await schedule.getByRole('button', { name: 'Switch these backups off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch these backups off' }).click();
  await schedule.getByText('None are made.').waitFor();
});

it('a backup is made, looked into, ordered to be restored, and called off', async () => {
  await ringFor(44);
  const page = await open('backup');
  const make = page.getByRole('region', { name: 'Make a backup' });
  await make.getByLabel('Passphrase', { exact: true }).fill('short');
  await make.locator('.fault').getByText('it needs at least 10 characters').waitFor();
  await make.getByLabel('Passphrase', { exact: true }).fill('a passphrase for backups');
  await make.getByLabel('The same passphrase again').fill('a passphrase for backup');
  await make.locator('.fault').getByText('The two are not the same').waitFor();
  await make.getByRole('button', { name: 'Make a backup' }).click();
  await make.getByRole('alert').getByText('see what is marked').waitFor();
  await expectAccessible(page);
  await make.getByLabel('The same passphrase again').fill('a passphrase for backups');
  const [made] = await Promise.all([
    page.waitForEvent('download'),
    make.getByRole('button', { name: 'Make a backup' }).click(),
  ]);
  const file = await made.path();
  await ringFor(45);
  await box.office.talk('101', '102');
  const restore = page.getByRole('region', { name: 'Restore a backup' });
  await restore.getByLabel('Backup file').setInputFiles({
    ...{ name: 'holiday.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2000, 'x') },
  });
  await restore.getByLabel('Passphrase').fill('another passphrase');
  await restore.getByRole('button', { name: 'Look into it' }).click();
  // In words of the page: nobody here knows its commands.
  await restore.getByRole('alert').getByText('Choose a file that “Make a backup” has saved here').waitFor();
  await restore.getByLabel('Backup file').setInputFiles(file);
  await restore.getByLabel('Passphrase').fill('another passphrase');
  await restore.getByRole('button', { name: 'Look into it' }).click();
  await restore
    .getByRole('alert')
    .getByText(/passphrase/)
    .waitFor();
  await restore.getByLabel('Passphrase').fill('a passphrase for backups');
  await restore.getByRole('button', { name: 'Look into it' }).click();
  await restore.getByText('Seconds to ring').waitFor();
  expect(await restore.locator('.changes').textContent()).toMatch(/Seconds to ring.*was: 45.*is now: 44/);
  expect(await restore.getByText('It is of another box.').count()).toBe(0);
  await expectAccessible(page);
  await restore.getByRole('button', { name: 'Restart with this backup' }).click();
  await page.getByText('The box restarts with the backup once nobody talks. Calls in the way: 1.').waitFor();
  await page.getByRole('link', { name: 'State', exact: true }).click();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await page.getByText('It is called off.').waitFor();
  expect(await ringSeconds()).toBe(45);
});

describe('users and programs', () => {
  it('are made, changed and removed, with what is wrong at its field, and nobody is overwritten', async () => {
    const page = await open('users');
    await page.getByRole('button', { name: 'New user' }).press('Enter');
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('<img src=x onerror=window.hit=1>');
    await page.getByLabel('works council').check();
    await page.getByLabel('New password').fill('short');
    await page.locator('.fault').getByText('it needs at least 10 characters').waitFor();
    await page.getByLabel('New password').press('Enter');
    await page.getByRole('dialog').getByRole('alert').getByText('see what is marked').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('ada');
    await page.locator('.fault').getByText('This is there already').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('carla');
    await page.getByLabel('New password').fill('');
    await page.getByLabel('New password').press('Enter');
    await page.locator('.fault').getByText('This is missing').waitFor();
    await page.getByLabel('New password').fill('four quite plain words');
    await page.getByLabel('New password').press('Enter');
    await page.getByText('carla is saved.').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'carla' });
    await row.getByText('works council').waitFor();
    await row.getByRole('button', { name: 'Change carla' }).click();
    const { version } = Object((await api.ask('GET', '/api/users')).body);
    await api.ask(
      'PUT',
      '/api/users/dora',
      { password: 'other quite plain words', roles: ['read'], language: 'en' },
      version,
    );
    await page.getByText('Whoever gets other roles, another extension or a new password').waitFor();
    await page.getByLabel('member', { exact: true }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByRole('alert').getByText('Somebody else was faster').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.fault').getByText('A member or moderator needs an extension').waitFor();
    await page.getByLabel('Extension', { exact: true }).selectOption('101');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('member').waitFor();
    expect((await api.ask('GET', '/api/users')).body).toMatchObject({
      entries: expect.arrayContaining([expect.objectContaining({ name: 'dora' })]),
    });
    await row.getByRole('button', { name: 'Remove carla' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });

  it('who change their own roles stay signed in with them, and have to sign in again with a new password', async () => {
    const own = { name: 'emil', password: 'some quite plain words' };
    await box.addUser(own, { roles: ['admin'] });
    const page = await box.visitAs(own);
    await go(page, 'System');
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    const change = page.getByRole('button', { name: 'Change emil' });
    await change.click();
    await page.getByText('This is you.').waitFor();
    await page.getByLabel('works council').check();
    await page.getByLabel('moderator', { exact: true }).check();
    await page.getByLabel('Extension', { exact: true }).selectOption('100');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row').filter({ hasText: 'emil' }).getByText('works council').waitFor();
    await go(page, 'Live');
    await page.getByRole('heading', { name: 'Running calls' }).waitFor();
    expect(await page.getByText('You can listen here once').count()).toBe(0);
    await go(page, 'System');
    await page.getByRole('link', { name: 'Users', exact: true }).click();
    await change.click();
    await page.getByLabel('New password').fill('other quite plain words');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The password is changed. Sign in with the new one.').waitFor();
    await page.context().close();
  });

  it('get a token that is shown once, and is revoked', async () => {
    const page = await open('users');
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('What for').fill('a wallboard');
    await page.getByLabel('Days that it is valid').fill('4000');
    await expect.poll(() => page.getByLabel('Days that it is valid').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Days that it is valid').fill('30');
    await page.getByRole('dialog').getByRole('button', { name: 'New token' }).click();
    expect(await page.locator('.secret').textContent()).toMatch(/^modcall_/);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.getByText('modcall_').count()).toBe(0);
    await page.getByText('Acts for ada: read only.').waitFor();
    await page.getByRole('button', { name: 'Revoke a wallboard' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Acts for ada: read only.').waitFor({ state: 'detached' });
  });
});

it('the log goes to the server that an admin enters, at once, and stays on the box when there is none any more', async () => {
  const server = await LogServer.open();
  const page = await open('network');
  const form = page.getByRole('region', { name: 'Log server' });
  const save = () => form.getByRole('button', { name: 'Save' }).click();
  const remoteLog = async () => Object(Object((await api.ask('GET', '/api/settings')).body).settings).remoteLog;
  await form.getByLabel('Name of the server').fill('127.0.0.1');
  await form.getByLabel('Port of the server').fill(String(server.port));
  await form.getByLabel('Certificate of its authority').fill('no certificate');
  await form.locator('.fault').getByText('PEM').waitFor();
  await expectAccessible(page);
  await form.getByLabel('Certificate of its authority').fill(certificateOne.certificate);
  await save();
  expect(await server.message(/ remoteLogReached /)).toMatch(/^<134>1 /);
  const authorities = certificateOne.certificate.trim();
  expect(await remoteLog()).toEqual({ host: '127.0.0.1', port: server.port, authorities, level: 'info' });
  await form.getByLabel('Name of the server').fill('');
  await save();
  await expect.poll(remoteLog).toBeNull();
  await server.close();
});

it('the page moves, and stays where whoever moved it confirms that it is found', async () => {
  const page = await open('network');
  await page.getByText('made by the box itself').waitFor();
  await page.getByRole('button', { name: 'Install a certificate' }).click();
  await page.getByLabel('Certificate, with those').fill('no certificate');
  await page.locator('.fault').getByText('This is no certificate in PEM form').waitFor();
  await page.getByLabel('Certificate, with those').fill(certificateOne.certificate);
  await page.getByLabel('Its private key').fill('no key');
  await page.locator('.fault').getByText('This is no private key in PEM form').waitFor();
  await expectAccessible(page);
  page.once('dialog', (asked) => void asked.accept());
  await page.keyboard.press('Escape');
  await page.getByLabel('Port', { exact: true }).fill('70000');
  await expect.poll(() => page.getByLabel('Port', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  await expectAccessible(page);
  await page.getByLabel('Port', { exact: true }).fill(String(port + 1));
  await page.getByLabel('Port', { exact: true }).press('Enter');
  await page.waitForURL(`https://127.0.0.1:${port + 1}/system/network`);
  const asked = page.getByRole('region', { name: 'The page was moved' });
  await asked.getByText('Unless ada keeps it here within').waitFor();
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Take it back' }).click();
  await expect
    .poll(() =>
      page.goto(`https://127.0.0.1:${port}/system/network`).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await expect.poll(() => page.getByLabel('Port', { exact: true }).inputValue()).toBe(String(port));
  await asked.waitFor({ state: 'detached' });
});

it('the support bundle is read before it is sent', async () => {
  const page = await open('support');
  await page.getByText('Registered phones').press('Enter');
  await page.getByRole('textbox', { name: 'Registered phones' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Registered phones' }).inputValue()).toContain('"101"');
  await expectAccessible(page);
  await page.getByLabel('With outside numbers in full').check();
  const [bundle] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download the support bundle' }).click(),
  ]);
  expect([bundle.suggestedFilename(), bundle.url()]).toEqual([
    'modcall-support.json',
    expect.stringContaining('numbers=shown'),
  ]);
});

it('each part is whole on the screen of a telephone, in German and in the dark', async () => {
  const page = await box.visitAs(admin, {
    locale: 'de-DE',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  for (const part of parts) {
    await page.goto(`${box.address}system/${part}`);
    await page.getByRole('main').locator('.card').first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  }
});
