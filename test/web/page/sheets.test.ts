import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { signaturesOf, terms } from '../../support/works-agreement.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_524;
const password = 'four plain words here';
const mona = { name: 'mona', password, roles: ['moderator'], extension: '100' };
const anna = { name: 'anna', password, roles: ['member'], extension: '101' };
/** Speaks German. */
const cara = { name: 'cara', password, roles: ['member'], extension: '102', language: 'de' };
const evaluation = {
  items: [
    { id: 'greeting', text: 'Greeted by name', kind: 'yesNo' as const },
    { id: 'calm', text: 'Stayed calm', kind: 'scale' as const },
  ],
  ...{ talkDays: 2, keepDays: 28, blockDays: 30, second: ['102' as AgreementDocument['listening'][0]['members'][0]] },
};

let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  box = await OfficePage.open(port);
  api = await BoxAdmin.of(box.office.appliance, port);
  for (const { name, ...user } of [mona, anna, cara])
    expect((await api.ask('PUT', `/api/users/${name}`, { language: 'en', ...user }, '*')).status).toBe(200);
  const document: AgreementDocument = {
    ...{ format: 'modcall-agreement-1', version: 1, previous: null, ...terms },
    evaluation,
  };
  const signed = { document, signatures: signaturesOf(document, 'employer', 'council') };
  expect(await api.ask('PUT', '/api/agreement', signed)).toMatchObject({ status: 200 });
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

const ownSheets = (page: Page) => page.getByRole('region', { name: 'Evaluation sheets' });

it('is filled in by the moderator, answered by the member and a second person, and talked about', async () => {
  await box.office.talk('101', '102');
  const call = await box.office.moderate('100', `${pins[100]}#1101#`);
  await untilHears('moderator', call, { present: [toneOf('101'), toneOf('102')], absent: [] });
  await box.office.hangUp();
  await until('the end in the record', async () => (await box.office.recorded('ended')).length > 0);

  const monas = await box.visitAt('own', mona);
  await ownSheets(monas)
    .getByRole('button', { name: /^Fill in a sheet about/ })
    .press('Enter');
  await monas.getByRole('group', { name: 'Greeted by name' }).getByLabel('yes').check();
  await expectAccessible(monas);
  // What is not answered is not sent off.
  await monas.getByRole('button', { name: 'Make the sheet' }).click();
  await monas.getByText('Answer each item of the sheet.').waitFor();
  await monas.getByRole('group', { name: 'Stayed calm' }).getByLabel('4', { exact: true }).check();
  await monas.getByRole('button', { name: 'Make the sheet' }).click();
  await ownSheets(monas)
    .getByRole('button', { name: /^Open: Sheet about/ })
    .waitFor();

  const annas = await box.visitAt('own', anna);
  await ownSheets(annas)
    .getByRole('button', { name: /^Open: Sheet by/ })
    .press('Enter');
  await annas.getByText('Not held yet.').waitFor();
  await expectAccessible(annas);
  await annas.getByRole('textbox', { name: 'Objection' }).fill('I did greet.\nTwice.');
  await annas.getByRole('button', { name: 'Keep: Objection' }).click();
  await annas.getByRole('combobox', { name: 'Second opinion' }).selectOption('102');
  await annas.getByRole('button', { name: 'Ask for it' }).click();
  await annas.getByText('was asked.').waitFor();
  await annas.getByRole('button', { name: 'We have talked about it' }).click();
  await annas.getByText('If the moderator does not note it').waitFor();

  const caras = await box.visitAt('own', cara, { locale: 'de-DE' });
  await caras
    .getByRole('region', { name: 'Bögen' })
    .getByRole('button', { name: /bittet um Ihre Zweitmeinung/ })
    .click();
  await caras.getByText('I did greet.').waitFor();
  await caras.getByRole('group', { name: 'Greeted by name' }).getByLabel('nein', { exact: true }).check();
  await expectAccessible(caras);
  await caras.getByRole('button', { name: 'Zweitmeinung abgeben' }).click();
  await caras.getByRole('columnheader', { name: 'Zweitmeinung' }).waitFor();

  await ownSheets(monas)
    .getByRole('button', { name: /^Open: Sheet about/ })
    .click();
  await monas.getByRole('cell', { name: 'cannot tell' }).waitFor();
  await monas.getByRole('button', { name: 'We have talked about it' }).click();
  await monas.getByText('Both say that you have talked.').waitFor();
  await expectAccessible(monas);
  const asked = ['sheetMade', 'sheetObjectedTo', 'secondOpinionAsked', 'talkConfirmed'];
  for (const type of [...asked, 'secondOpinionGiven', 'talkNoted'])
    expect(await box.office.recorded(type), type).toHaveLength(1);
});

it('is nothing that an admin sees', async () => {
  const page = await box.visitAt('own', admin);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('region', { name: 'Password' }).waitFor();
  expect(await ownSheets(page).count()).toBe(0);
});

it('is agreed on in a draft, in the words that stand there', async () => {
  const page = await box.visitAt('agreement/draft', admin);
  await page.getByRole('button', { name: 'Write a draft' }).click();
  const field = page.getByRole('group', { name: 'Evaluation sheets' });
  await field.getByLabel('What is asked').first().fill('Said the name of the company');
  await field.getByRole('button', { name: 'Add an item' }).click();
  await field.getByLabel('What is asked').last().fill('Kept to the facts');
  await field.getByLabel('Days until a sheet is deleted in any case').fill('30');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Put forward' }).click();
  await page.getByText('The draft waits for signatures.').first().waitFor();
  const { proposal } = Object((await api.ask('GET', '/api/agreement')).body);
  expect(proposal.document.evaluation).toMatchObject({ keepDays: 30, items: { length: 3 } });
  expect(proposal.document.evaluation.items[2]).toEqual({ id: 'item-1', text: 'Kept to the facts', kind: 'yesNo' });
  expect(proposal.needed).toBe(2);
});
