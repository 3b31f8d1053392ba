import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { expectAccessible, OfficePage } from './office-page.js';

const port = 18_492;
const anna = { name: 'anna', password: 'four plain words here' };
const mona = { name: 'mona', password: 'four other words there' };

let box: OfficePage;

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  for (const [{ name, password }, extension, role] of [
    [anna, '101', 'member'] as const,
    [mona, '100', 'moderator'] as const,
  ]) {
    const user = { password, roles: [role], extension, language: 'en' };
    expect(await api.ask('PUT', `/api/users/${name}`, user, '*')).toMatchObject({ status: 200 });
  }
  api.close();
});
afterAll(() => box.close());
afterEach(async () => {
  await box.office.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const ringsAt = (number: string) =>
  until(`${number} to ring`, () => box.office.phone(number).incoming.findLast(({ state }) => state === 'ringing'));

describe('a member on My page', () => {
  it('calls a moderator into the call, sees who comes, and ends it; it is their own wish in the record', async () => {
    const [annas, monas] = [await box.visitAt('own', anna), await box.visitAt('own', mona)];
    const { caller, callee } = await box.office.talk('101', '102');
    await annas.getByRole('button', { name: 'Ask for help' }).press('Enter');
    await annas.getByText('Called to help you: 100 Person 100, 109 Person 109.').waitFor();
    await expectAccessible(annas);
    await ringsAt('100');
    await monas.getByText('101 Person 101 asks for your help.').waitFor();
    const helper = await box.office.phone('100').answer();
    await untilHears('moderator', helper, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await untilHears('member', caller, { present: [toneOf('100'), toneOf('102')], absent: [] });
    await untilHears('other', callee, { present: [toneOf('101')], absent: [toneOf('100')] });
    await annas.getByText('In your call to help you: 100 Person 100.').waitFor();
    await monas.getByText('You help 101 Person 101, who has asked for it and talks to 102 Person 102.').waitFor();
    await annas.getByRole('button', { name: 'End the help' }).click();
    await until('the moderator to be sent away', () => helper.state === 'ended');
    await annas.getByRole('button', { name: 'Ask for help' }).waitFor();
    expect(await box.office.recorded('helpAsked')).toMatchObject([
      { way: 'page', by: anna.name, moderator: '100', member: '101' },
      { way: 'page', by: anna.name, moderator: '109', member: '101' },
    ]);
    await annas.reload();
    await annas.getByRole('cell', { name: 'Help that you asked for' }).waitFor();
    await expectAccessible(annas);
  });

  it('withdraws it while telephones ring', async () => {
    const annas = await box.visitAt('own', anna);
    await box.office.talk('101', '102');
    await annas.getByRole('button', { name: 'Ask for help' }).click();
    const rings = await ringsAt('100');
    await annas.getByRole('button', { name: 'Call nobody any more' }).click();
    await until('the telephone to be silent', () => rings.state === 'ended');
    await annas.getByRole('button', { name: 'Ask for help' }).waitFor();
    expect(await annas.getByText('No moderator has answered.').count()).toBe(0);
  });

  it('is not told that nobody has answered, once one has declined and another has helped', async () => {
    const annas = await box.visitAt('own', anna);
    await box.office.talk('101', '102');
    await annas.getByRole('button', { name: 'Ask for help' }).click();
    (await ringsAt('100')).refuse(603);
    await annas.getByText('Called to help you: 109 Person 109.').waitFor();
    const helper = await box.office.phone('109').answer();
    await annas.getByText('In your call to help you: 109 Person 109.').waitFor();
    helper.hangUp();
    await annas.getByRole('button', { name: 'Ask for help' }).waitFor();
    expect(await annas.getByText('No moderator has answered.').count()).toBe(0);
  });

  it('is told that nobody has answered', async () => {
    const annas = await box.visitAt('own', anna);
    await box.office.talk('101', '102');
    await annas.getByRole('button', { name: 'Ask for help' }).click();
    (await ringsAt('100')).refuse(603);
    await annas.getByText('Called to help you: 109 Person 109.').waitFor();
    (await ringsAt('109')).refuse(486);
    await annas.getByText('No moderator has answered.').waitFor();
  });
});

describe('a member on Live', () => {
  it('is told why nobody is called without a call', async () => {
    const page = await box.visitAs(anna);
    await page.getByRole('button', { name: 'Ask for help' }).click();
    await page.getByText('You have no call at the moment in which somebody could help.').waitFor();
    await expectAccessible(page);
  });
});
