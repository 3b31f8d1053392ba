import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_480;
const password = 'four plain words here';
const mona = { name: 'mona', password, roles: ['moderator'], extension: '100' };
const anna = { name: 'anna', password, roles: ['member'], extension: '101' };
const clara = { name: 'clara', password, roles: ['council'], extension: null };
const both = { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] };

let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  box = await OfficePage.open(port);
  api = await BoxAdmin.of(box.office.appliance, port);
  for (const { name, ...user } of [mona, anna, clara])
    expect((await api.ask('PUT', `/api/users/${name}`, { ...user, language: 'en' }, '*')).status).toBe(200);
});
afterAll(async () => {
  api.close();
  await box.close();
});
afterEach(async () => {
  await box.office.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const put = async (document: AgreementDocument) =>
  api.ask('PUT', '/api/agreement', { document, signatures: signaturesOf(document, 'employer', 'council') });
const numbered: AgreementDocument = { format: 'modcall-agreement-1', version: 1, previous: null, ...terms };

const none = (page: Page) => page.getByText('No works agreement is in force on this box');

describe('whom an agreement concerns', () => {
  it('reads on every page that there is none', async () => {
    for (const person of [anna, clara, admin]) {
      const page = await box.visitAs(person);
      await none(page).waitFor();
      await page.getByRole('link', { name: 'Record' }).click();
      await none(page).waitFor();
      await page.getByRole('link', { name: 'My page' }).click();
      await none(page).waitFor();
      await expectAccessible(page);
    }
  });

  it('names the purpose to listen, and members read which agreement is in force and when they may be listened to', async () => {
    const { hash } = Object((await put({ ...numbered, periods: { daysAhead: 0, mostDays: 10, gapDays: 10 } })).body);
    const now = Date.now();
    const wish = {
      members: ['101', '102'],
      from: new Date(now + 60_000).toISOString(),
      to: new Date(now + 7_200_000).toISOString(),
    };
    expect((await api.ask('POST', '/api/periods', wish)).status).toBe(200);
    const members = await box.visitAs(anna);
    await members
      .getByText(`Works agreement no. 1 is in force. Its hash, to be compared with that of your copy: ${hash}`)
      .waitFor();
    await members.getByRole('link', { name: 'My page' }).click();
    await members.getByRole('heading', { name: 'When I may be listened to' }).waitFor();
    await expectAccessible(members);
    // With its day, where the period goes on after midnight.
    await members.getByText(/^From .*\d\d:\d\d to .*\d\d:\d\d, announced on /).waitFor();
    const open = { ...numbered, version: 2, previous: hash };
    expect((await put(open)).status).toBe(200);
    const page = await box.visitAs(mona);
    await box.office.talk('101', '102');
    await page.getByRole('button', { name: 'Listen on my phone to the call of 101 and 102' }).click();
    await page.getByRole('dialog', { name: 'Listen' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('What for').selectOption('After a complaint');
    await page.getByRole('dialog').getByRole('button', { name: 'Listen' }).click();
    await page.getByLabel('PIN').fill(pins[100]);
    await page.getByLabel('PIN').press('Enter');
    const moderator = await box.office.phone('100').answer();
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await untilHears('moderator', moderator, both);
    await box.office.untilRecorded('started');
    expect(await box.office.recorded('started')).toMatchObject([{ purpose: 'complaint' }]);
    // Whom somebody listens to at this moment is told by the notice alone.
    await members.reload();
    await members.getByText('Nobody has listened to a call of yours.').waitFor();
    moderator.hangUp();
    await box.office.untilRecorded('ended');
    await members.reload();
    await members.getByRole('cell', { name: 'After a complaint' }).waitFor();
    await members.getByRole('cell', { name: 'the moderator hung up' }).waitFor();
    await expectAccessible(members);
    const file = members.waitForEvent('download');
    await members.getByRole('link', { name: 'As a table (CSV)' }).click();
    expect(await readFile((await (await file).path()) ?? '', 'utf8')).toContain(',After a complaint,');
    const record = await box.visitAt('record', clara);
    await record.getByRole('cell', { name: /^listening began .* purpose: After a complaint/ }).waitFor();
  });
});
