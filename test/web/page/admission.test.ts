import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_489;
const anna = { name: 'anna', password: 'four plain words here' };
const ben = { name: 'ben', password: 'four other words there' };

let box: OfficePage;

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  for (const [{ name, password }, extension] of [[anna, '101'] as const, [ben, '102'] as const]) {
    const user = { password, roles: ['member'], extension, language: 'en' };
    expect(await api.ask('PUT', `/api/users/${name}`, user, '*')).toMatchObject({ status: 200 });
  }
  expect(await api.ask('PATCH', '/api/profiles/support', { admission: true }, '*')).toMatchObject({ status: 200 });
  api.close();
});
afterAll(() => box.close());
afterEach(async () => {
  await box.office.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

describe('members whose moderators have to be let in', () => {
  it('do so on My page, each of the two in the call', async () => {
    const [annas, bens] = [await box.visitAt('own', anna), await box.visitAt('own', ben)];
    const live = await box.visitAs(admin);
    const listening = live.locator('.facts > div').filter({ hasText: 'Listening' });
    await box.office.talk('101', '102');
    const moderator = await box.office.moderate('100', `${pins[100]}#101#`);
    await annas.getByRole('heading', { name: 'Somebody asks to listen to your call' }).waitFor();
    await expectAccessible(annas);
    // Whoever asks does not listen yet.
    await expect.poll(() => listening.locator('dd').textContent()).toMatch(/^0\s*1 asks$/);
    await annas.getByRole('button', { name: 'Let in' }).press('Enter');
    await annas.getByRole('button', { name: 'Let in' }).waitFor({ state: 'detached' });
    const stillAsked = annas.locator('.listening-state');
    await stillAsked.getByText('You let 100 Person 100 in. Still asked: 102. Nothing is heard until then.').waitFor();
    await expectAccessible(annas);
    await bens.getByRole('button', { name: 'Let in' }).click();
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await stillAsked.waitFor({ state: 'detached' });
    await expect.poll(() => listening.locator('dd').textContent()).toBe('1');
    expect(await box.office.recorded('letIn')).toMatchObject([
      { extension: '101', way: 'page', by: expect.any(String) },
      { extension: '102', way: 'page', by: expect.any(String) },
    ]);
  });

  it('refuse on Live, and nobody has listened', async () => {
    const page = await box.visitAs(ben);
    const before = (await box.office.recorded('started')).length;
    await box.office.talk('101', '102');
    const moderator = await box.office.moderate('100', `${pins[100]}#101#`);
    await page.getByRole('heading', { name: 'Somebody asks to listen to your call' }).waitFor();
    // Once Live knows all, it tells of it where it is answered, and there only.
    await page.reload();
    await page.getByRole('heading', { name: 'Somebody asks to listen to your call' }).waitFor();
    await page.getByText('Asking the box').waitFor({ state: 'detached' });
    expect(await page.getByText('100 Person 100').count()).toBe(1);
    await page.getByRole('button', { name: 'Refuse' }).click();
    await until('the moderator to be sent away', () => moderator.state === 'ended');
    expect(await box.office.recorded('admissionEnded')).toMatchObject([{ reason: 'notLetIn', moderator: '100' }]);
    expect(await box.office.recorded('started')).toHaveLength(before);
  });
});
