import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { firstCode } from '../../support/box-admin.js';
import { pins } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { admin, expectAccessible, OfficePage, signIn } from './office-page.js';

/** What would run if the page took a name for markup. */
const evilName = '<img src=x onerror=window.hit=1>';

let box: OfficePage;

beforeAll(async () => {
  box = await OfficePage.open(18_471);
});
afterAll(() => box.close());
afterEach(async () => {
  await box.trunk.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

describe('the way in', () => {
  it('makes the first admin of whoever has the one-time code, in the language of the page', async () => {
    const code = String(await firstCode(box.office.appliance));
    const page = await box.visit({ locale: 'de-DE' });
    await heading(page, 'Wählen Sie Ihre Sprache').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ich habe Benutzername und Passwort' }).press('Enter');
    await heading(page, 'Anmelden').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ich habe einen Einmalcode' }).press('Enter');
    await expectAccessible(page);
    await page.getByLabel('Benutzername').fill(admin.name);
    await page.getByLabel('Neues Passwort').fill('kurz');
    await page.getByLabel('Einmalcode').fill(code);
    await page.getByRole('button', { name: 'Admin werden' }).click();
    await page.locator('.fault').getByText('Passwort').waitFor();
    await page.getByLabel('Neues Passwort').fill(admin.password);
    await page.getByRole('button', { name: 'Admin werden' }).click();
    await heading(page, 'Jetzt').waitFor();
    expect(await page.title()).toBe('Jetzt · Modcall');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('says what is wrong, lets in, is still open after the page was loaded again, and lets out', async () => {
    const page = await box.visit();
    await signIn(page, admin.name, 'wrong');
    await page.getByRole('alert').getByText('Name, password or code is wrong. Try again.').waitFor();
    await signIn(page, admin.name, admin.password);
    await heading(page, 'Live').waitFor();
    await page.reload();
    await heading(page, 'Live').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await heading(page, 'Sign in').waitFor();
    await page.reload();
    await heading(page, 'Sign in').waitFor();
  });

  it('is shown to whoever is signed out while their page is open', async () => {
    const page = await box.visitAs(admin);
    await page.context().clearCookies();
    await box.office.talk('101', '102');
    await heading(page, 'Sign in').waitFor();
    await page.getByText('Your session has ended. Sign in again.').waitFor();
  });
});

describe('a member with a second factor', () => {
  const member = { name: 'uwe', password: 'another four plain words' };
  let recoveryCode = '';

  beforeAll(async () => {
    await box.addUser(member, { roles: ['member'], extension: '101' });
    recoveryCode = await box.secondFactorOf(member);
  });

  it('is asked for it after the password, sees no calls of others, and ends the listening to their own', async () => {
    const page = await box.visit();
    await signIn(page, member.name, member.password);
    await page.getByRole('alert').getByText('Give the code of the authenticator app, too.').waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.activeElement.name')).toBe('code');
    await page.keyboard.type(recoveryCode);
    await page.keyboard.press('Enter');
    await heading(page, 'Live').waitFor();
    await box.office.listening();
    await page.getByRole('button', { name: 'End all listening to my call' }).click();
    await page.getByRole('status').getByText('You have ended all listening to your call.').waitFor();
    await until('the listening to end', async () => (await box.office.recorded('ended')).length > 0);
    expect(await page.getByRole('region', { name: /calls/ }).count()).toBe(0);
    await expectAccessible(page);
  });
});

describe('Live', () => {
  it('shows a call with who listens, how and with which notice, as it happens, and ends the listening alone', async () => {
    const page = await box.visitAs(admin);
    await page.getByText('Nobody is talking at the moment.').waitFor();
    const { member, other } = await box.office.listening();
    const call = page.getByRole('region', { name: 'Running calls' }).locator('tbody');
    await call.getByText('Person 102').waitFor();
    await call.getByText('listens', { exact: true }).waitFor();
    await call.getByText('100 Person 100 listens to 101 Person 101.').waitFor();
    await call.getByText('Notice to both: none.').waitFor();
    await page.getByText('Registered SIP phones: 6').waitFor();
    await expectAccessible(page);
    const before = await call.locator('.number').first().textContent();
    await until('the duration to go on', async () => (await call.locator('.number').first().textContent()) !== before);
    await page.getByRole('button', { name: 'End listening: 100 Person 100 to 101 Person 101' }).click();
    await call.getByText('100 Person 100 listens to 101 Person 101.').waitFor({ state: 'detached' });
    await page.getByText('The listening is ended.').waitFor();
    expect([member.state, other.state]).toEqual(['talking', 'talking']);
  });

  it('says that it asks the box until it knows how that is', async () => {
    const page = await box.visitAs(admin);
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/state', async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    const status = page.getByRole('status').filter({ hasText: 'Asking the box …' });
    await status.waitFor();
    await expectAccessible(page);
    answer();
    await status.waitFor({ state: 'detached' });
    await page.getByText('Registered SIP phones: 6').waitFor();
  });

  it('ends a call only after it was asked, with the reason in the record', async () => {
    const page = await box.visitAs(admin);
    const { caller } = await box.office.talk('101', '102');
    const end = page.getByRole('button', { name: 'End the call from 101 to 102' });
    await end.click();
    await page.getByRole('dialog', { name: 'End the call' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(caller.state).toBe('talking');
    await end.press('Enter');
    await page.getByLabel('Why').fill('stuck');
    await page.getByLabel('Why').press('Enter');
    await until('the call to end', () => caller.state === 'ended');
    await page.getByText('Nobody is talking at the moment.').waitFor();
    expect(await box.office.recorded('callHungUp')).toMatchObject([{ by: 'ada', caller: '101', note: 'stuck' }]);
    const last = page.getByRole('region', { name: 'Last calls' }).getByRole('row').nth(1);
    await last.getByText('101', { exact: true }).waitFor();
  });

  it('shows the name that a caller from outside gives, whatever it is, as nothing but text', async () => {
    const page = await box.visitAs(admin);
    const caller = await box.trunk.callIn({ 'P-Asserted-Identity': `"${evilName}" <sip:+493055501@127.0.0.1>` });
    await page.getByText(evilName).waitFor();
    await page.getByText('over provider').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    caller.hangUp();
  });

  it('says that the connection is lost when the box loses its power, and asks to sign in once it is back', async () => {
    const page = await box.visitAs(admin);
    await box.office.talk('101', '102');
    const duration = page.getByRole('region', { name: 'Running calls' }).locator('.duration');
    await duration.waitFor();
    const powerCut = box.office.powerCut();
    await page.getByText('The connection to the box is lost.').waitFor();
    await page.getByText('Without a connection to the box: the durations stand still.').waitFor();
    await page.locator('.duration.is-stale').waitFor();
    await powerCut;
    await heading(page, 'Sign in').waitFor();
    await signIn(page, admin.name, admin.password);
    await page.getByText('Registered SIP phones: 6').waitFor();
  });

  it('says that the connection is lost when the box says nothing any more, though nothing has cut it', async () => {
    const page = await box.visit();
    await page.clock.install();
    await page.reload();
    await signIn(page, admin.name, admin.password);
    await page.getByText('Nobody is talking at the moment.').waitFor();
    process.kill(box.office.appliance.pid, 'SIGSTOP');
    try {
      await page.clock.fastForward(41_000);
      await page.getByText('The connection to the box is lost.').waitFor();
    } finally {
      process.kill(box.office.appliance.pid, 'SIGCONT');
    }
    await page.getByText('The connection to the box is lost.').waitFor({ state: 'detached' });
  });

  it('stays with whoever has signed in anew, whatever the box answers late to who was there before', async () => {
    const page = await box.visitAs(admin);
    let answer = (): void => {};
    const signedInAgain = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const answered = page.waitForResponse((response) => response.status() === 401);
    await page.route(
      '**/api/calls',
      async (route) => {
        await signedInAgain;
        const { cookie: _, ...headers } = route.request().headers();
        await route.fulfill({ response: await route.fetch({ headers: { ...headers, cookie: '' } }) });
      },
      { times: 1 },
    );
    const asked = page.waitForRequest('**/api/calls');
    await box.office.talk('101', '102');
    await asked;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page, admin.name, admin.password);
    await heading(page, 'Live').waitFor();
    answer();
    await answered;
    await page.getByText('Registered SIP phones: 6').waitFor();
    expect(await heading(page, 'Sign in').count()).toBe(0);
  });

  it('asks to sign in once the box is back, also in a place that asks for nothing by itself', async () => {
    const page = await box.visitAs(admin);
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('6 entries').waitFor();
    await box.office.powerCut();
    await heading(page, 'Sign in').waitFor();
  });

  it('says that a part of it could not be fetched, and fetches it once the way is free', async () => {
    const page = await box.visitAs(admin);
    await page.route('**/people-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('This part of the page could not be fetched').waitFor();
    await expectAccessible(page);
    await page.unroute('**/people-*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
  });

  it('is whole on the screen of a telephone, by keyboard, in German and in the dark', async () => {
    const page = await box.visitAs(admin, {
      locale: 'de-DE',
      colorScheme: 'dark',
      viewport: { width: 360, height: 740 },
    });
    await box.office.talk('101', '102');
    const moderator = await box.office.moderate('100', `${pins[100]}#101#`);
    await page.getByText('100 Person 100 hört bei 101 Person 101 mit.').waitFor();
    await page.getByText('Auf diesem Gerät ist keine Betriebsvereinbarung in Kraft').waitFor();
    await expectAccessible(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'Menü' }).press('Enter');
    expect(await page.getByRole('link', { name: 'Jetzt' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('button', { name: 'EN', exact: true }).press('Enter');
    await page.getByText('100 Person 100 listens to 101 Person 101.').waitFor();
    await page.getByText('No works agreement is in force on this box').waitFor();
    await page.getByRole('button', { name: 'Dark' }).press('Enter');
    await page.reload();
    await heading(page, 'Live').waitFor();
    expect(await page.locator('html').getAttribute('data-scheme')).toBe('light');
    await expectAccessible(page);
    moderator.hangUp();
  });
});
