import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeSignerKey, signDocument } from '../../../src/admin/agreement/signer-key.js';
import { ApiClient } from '../../support/api.js';
import { BoxAdmin } from '../../support/box-admin.js';
import { awkward, telephoneScreen } from './awkward.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_486;
const passphrase = 'a passphrase for keys';
const clara = { name: 'clara', password: 'four plain words here' };
const anna = { name: 'anna', password: 'four plain words here' };
const hostile = '<img src=x onerror=document.title=1>"&';
const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

let box: OfficePage;
let council: ApiClient;
let councilKey: { readonly sealed: string; readonly publicKey: string };

beforeAll(async () => {
  box = await OfficePage.open(port);
  const api = await BoxAdmin.of(box.office.appliance, port);
  for (const { name, ...user } of [
    { ...clara, roles: ['council'], extension: null },
    { ...anna, roles: ['member'], extension: '101' },
  ])
    expect((await api.ask('PUT', `/api/users/${name}`, { ...user, language: 'en' }, '*')).status).toBe(200);
  api.close();
  council = new ApiClient(port);
  await council.ask('POST', '/api/session', clara);
  councilKey = await makeSignerKey(passphrase);
});
afterAll(async () => {
  council.close();
  await box.close();
});
afterEach(async () => {
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

const shown = async () => Object((await council.ask('GET', '/api/agreement')).body);

/** Makes a key as a person does, who keeps the file. */
async function makeKey(page: Page): Promise<{ readonly file: string; readonly publicKey: string }> {
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a key' });
  await dialog.getByLabel('Passphrase').fill('short');
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  await dialog.getByText('Too short').waitFor();
  await dialog.getByLabel('Passphrase').fill(passphrase);
  await dialog.getByLabel('Once more').fill(passphrase);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Make a key' }).click(),
  ]);
  const publicKey = await dialog.locator('code').textContent();
  await dialog.getByRole('button', { name: 'Close' }).click();
  return { file: await readFile(await download.path(), 'utf8'), publicKey: publicKey ?? '' };
}

async function sign(page: Page, key: string, typed = passphrase): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file('key.json', key));
  await page.getByLabel('Passphrase of the key').fill(typed);
  await page.locator('main').getByRole('button', { name: 'Sign', exact: true }).click();
}

/** One after the other: each finds what those before it have signed. */
describe('the place Agreement', () => {
  it('lets both write, compare and sign, with keys that never leave the browser', async () => {
    const page = await box.visitAt('agreement/history', admin);
    await page.getByText('No agreement was ever in force.').waitFor();
    expect(await page.getByRole('button', { name: /^Check that each came into force/ }).count()).toBe(0);
    await page.getByRole('link', { name: 'Draft' }).click();
    await page.getByRole('button', { name: 'Write a draft' }).click();
    const editor = page.getByRole('dialog', { name: 'Draft of a works agreement' });
    await editor.getByRole('button', { name: 'Add a purpose' }).click();
    await editor.getByLabel('In words').fill(hostile);
    await editor.getByLabel('Key of the telephone').fill('1');
    await editor.getByRole('button', { name: 'Add a line' }).click();
    const recorded = editor.locator('.field', { has: page.getByLabel('Days that a recording may be kept') });
    await recorded.getByText('From 1 to 3650. Empty for none.').waitFor();
    await recorded.getByRole('textbox').fill('9999');
    // Before it is sent.
    await recorded.getByText('This is more than 3650.').waitFor();
    await recorded.getByRole('textbox').fill('');
    await recorded.locator('.fault').waitFor({ state: 'detached' });
    await editor.getByRole('button', { name: 'Put forward' }).click();
    await editor.locator('.fault').first().waitFor();
    await editor.getByRole('group', { name: 'Moderators' }).getByLabel('100').check();
    for (const member of ['101', '102'])
      await editor.getByRole('group', { name: 'Members' }).getByLabel(member).check();
    await editor.getByLabel('whisper').check();
    const employer = await makeKey(page);
    await editor.getByLabel('Public key of the employer').fill(employer.publicKey);
    await editor.getByLabel('Public key of the works council').fill(councilKey.publicKey);
    await editor.getByText('It is the first one').waitFor();
    await expectAccessible(page);
    await editor.getByRole('button', { name: 'Put forward' }).click();
    await page.getByText('Signed so far by: nobody yet.').waitFor();
    const rewrite = page.getByRole('button', { name: 'Rewrite it' });
    const buttons = page.locator('main .buttons').filter({ has: rewrite });
    await buttons.getByRole('button', { name: 'Withdraw the draft' }).waitFor();
    await expectAccessible(page);
    await sign(page, employer.file, 'another passphrase');
    await page.getByText('The passphrase is wrong').waitFor();
    await sign(page, 'neither a key nor a signature');
    await page.getByText('This is neither a key nor a signature.').waitFor();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    await sign(page, employer.file);
    await page.getByText('Signed so far by: employer.').waitFor();
    expect(sent.filter((each) => each.includes('signature'))).toHaveLength(1);
    for (const each of sent) expect(each).not.toMatch(/passphrase|modcall-sealed|PRIVATE/);
    const other = await box.visitAt('agreement/draft', clara);
    await other.getByLabel('works council', { exact: true }).check();
    await sign(other, councilKey.sealed);
    await other.getByText('No draft waits for signatures.').waitFor();
    expect(await shown()).toMatchObject({ state: 'inForce', document: { version: 1, purposes: [{ name: hostile }] } });
  });

  it('says of each change whether it is tighter or looser and who has to sign, and takes a signature that was made elsewhere', async () => {
    const page = await box.visitAt('agreement/draft', clara);
    await page.getByRole('button', { name: 'Write a draft' }).click();
    const editor = page.getByRole('dialog', { name: 'Draft of a works agreement' });
    await editor.getByLabel('barge in').check();
    await editor.getByText('it needs the signatures of both').waitFor();
    await editor.getByRole('row', { name: /Allowed beyond listening looser .*barge in both/ }).waitFor();
    await editor.getByLabel('barge in').uncheck();
    await editor.getByLabel('whisper').uncheck();
    await editor.getByRole('row', { name: /Allowed beyond listening tighter whisper .*one of the two/ }).waitFor();
    await editor.getByRole('button', { name: 'Put forward' }).click();
    await page.getByText('the signature of one of the two is enough').waitFor();
    await expectAccessible(page);
    await page.setViewportSize(telephoneScreen);
    expect(await awkward(page)).toEqual([]);
    const answer = await signDocument(JSON.stringify(await shown()), councilKey.sealed, passphrase);
    await page.locator('input[type=file]').setInputFiles(file('signature.json', JSON.stringify(answer)));
    await page.locator('main').getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('No draft waits for signatures.').waitFor();
    expect(await shown()).toMatchObject({ state: 'inForce', document: { version: 2, modes: [] } });
  });

  it('announces periods, says at the field why one cannot be, and withdraws them', async () => {
    const page = await box.visitAt('agreement/periods', admin);
    await page.getByText('No period is announced').waitFor();
    await page.getByRole('checkbox', { name: '102 Person 102' }).waitFor();
    const send = page.getByRole('button', { name: 'Announce a period' });
    await send.click();
    await page.getByRole('row', { name: /101 Person 101, 102 Person 102/ }).waitFor();
    await send.click();
    await page.getByText(/too close to another one of 101/).waitFor();
    await expectAccessible(page);
    const member = await box.visitAt('agreement/periods', anna);
    await member.getByRole('row', { name: /101 Person 101, 102 Person 102/ }).waitFor();
    expect(await member.getByRole('button', { name: /Announce|Withdraw/ }).count()).toBe(0);
    const other = await box.visitAt('agreement/periods', clara);
    await other.setViewportSize(telephoneScreen);
    await other.getByRole('row', { name: /101 Person 101, 102 Person 102/ }).waitFor();
    expect(await awkward(other)).toEqual([]);
    await other.getByRole('button', { name: 'Withdraw the period of 101 Person 101, 102 Person 102' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
    await other.getByText('No period is announced').waitFor();
  });

  it('reads in plain words for a member, in German, with what was before it', async () => {
    const page = await box.visitAt('agreement', anna);
    await page.getByText('100 may listen to 101 and 102.').waitFor();
    await page.getByText(`${hostile} (key 1)`).waitFor();
    expect(await page.title()).toContain('Agreement');
    expect(await page.getByRole('link', { name: 'Draft' }).count()).toBe(0);
    await page.getByRole('button', { name: 'DE', exact: true }).click();
    await page.getByText('100 dürfen bei 101 und 102 mithören.').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Verlauf' }).click();
    await page.getByRole('button', { name: 'Prüfen, ob jede zu Recht in Kraft trat' }).click();
    await page.getByText('ist in Kraft').last().waitFor();
    await page.getByText('Nr. 1, in Kraft ab').click();
    await expectAccessible(page);
  });
});
