import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { expectAccessible, OfficePage } from './office-page.js';

const port = 18_473;
const mona = { name: 'mona', password: 'four plain words here' };
const both = { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] };

let box: OfficePage;

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  const user = { password: mona.password, roles: ['moderator'], extension: '100', language: 'en' };
  expect((await api.ask('PUT', `/api/users/${mona.name}`, user, '*')).status).toBe(200);
  api.close();
});
afterAll(() => box.close());
afterEach(async () => {
  await box.office.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const onPhone = (page: Page) => page.getByRole('button', { name: 'Listen on my phone to the call of 101 and 102' });

describe('a moderator at the page', () => {
  it('listens at the telephone after the PIN, and whispers, barges in, ends it and takes over by buttons', async () => {
    const page = await box.visitAs(mona);
    await page.getByText('There is no call at the moment that you may see.').waitFor();
    const { caller: member, callee: other } = await box.office.talk('101', '102');
    await onPhone(page).press('Enter');
    await page.getByRole('dialog', { name: 'Listen' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The PIN is wrong.').waitFor();
    await page.getByLabel('PIN').fill(pins[100]);
    await page.getByLabel('PIN').press('Enter');
    await page.getByText('Your telephone rings. Pick it up to listen.').waitFor();
    const moderator = await box.office.phone('100').answer();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await untilHears('moderator', moderator, both);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Whisper' }).click();
    await page.getByRole('button', { name: 'Whisper', pressed: true }).waitFor();
    await untilHears('member', member, { present: [toneOf('102'), toneOf('100')], absent: [] });
    await untilHears('other', other, { present: [toneOf('101')], absent: [toneOf('100')] });
    await page.getByRole('button', { name: 'Barge in' }).press('Enter');
    await untilHears('other', other, { present: [toneOf('101'), toneOf('100')], absent: [] });
    await page.getByRole('button', { name: 'Next call', exact: true }).click();
    await page.getByText('There is no other call that you may listen to.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'End listening' }).click();
    await until('the box to hang up on the moderator', () => moderator.state === 'ended');
    await box.office.untilTalkingAlone(member, other);
    await page.getByText('The listening has ended: You have left the call.').waitFor();
    expect(await page.getByText('It is ending.').count()).toBe(0);
    await onPhone(page).click();
    const again = await box.office.phone('100').answer();
    await page.getByRole('button', { name: 'Take over' }).click();
    await untilHears('other', other, { present: [toneOf('100')], absent: [toneOf('101')] });
    await untilHears('moderator', again, { present: [toneOf('102')], absent: [toneOf('101')] });
    expect(member.state).toBe('ended');
    await page.getByText('You have taken over the call, and talk to 102 Person 102 now.').waitFor();
    again.hangUp();
    await page.getByText('You are no longer in the call that you took over.').waitFor();
    expect(await page.getByText('You have taken over the call').count()).toBe(0);
  });

  it('needs no PIN again, goes to the call by a click while the telephone asks, and sees on My page why it ended', async () => {
    const page = await box.visitAs(mona);
    const { callee } = await box.office.talk('101', '102');
    await onPhone(page).click();
    await page.getByLabel('PIN').fill(pins[100]);
    await page.getByLabel('PIN').press('Enter');
    await (await box.office.phone('100').answer()).pressKeys('##', 'rfc4733');
    await page.getByText('Your telephone asks for the member').waitFor();
    await onPhone(page).click();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await page.getByRole('link', { name: 'My page' }).click();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    callee.hangUp();
    await page.getByText('The listening has ended: The call has ended.').waitFor();
    await page.getByRole('button', { name: 'End listening' }).click();
    await page.getByRole('button', { name: 'End listening' }).waitFor({ state: 'detached' });
  });

  it('finds it on the screen of a telephone, in German', async () => {
    const page = await box.visitAs(mona, { locale: 'de-DE', viewport: { width: 360, height: 740 } });
    await box.office.talk('101', '102');
    const button = page.getByRole('button', { name: 'An meinem Telefon mithören: Gespräch von 101 und 102' });
    await button.click();
    await page.getByRole('dialog', { name: 'Mithören' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
