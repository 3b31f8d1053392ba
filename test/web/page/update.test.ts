import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { StandInRauc } from '../../support/stand-in-rauc.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_506;

let rauc: StandInRauc;
let box: OfficePage;
let api: BoxAdmin;

beforeAll(async () => {
  rauc = await StandInRauc.start();
  box = await OfficePage.open(port, 'none', rauc.environment);
  api = await BoxAdmin.of(box.office.appliance, port);
});
afterAll(async () => {
  api.close();
  await box.close();
  await rauc.remove();
});
afterEach(async () => {
  await box.trunk.hangUp();
  await box.browser.closePages();
  expect(box.browser.errors).toEqual([]);
});

it('an update is looked into, installed while a call goes on, and waits for its restart, which is called off', async () => {
  await box.office.talk('101', '102');
  const page = await box.visitAs(admin);
  await page.goto(`${box.address}system/update`);
  await page.getByText('modcall-pi4', { exact: true }).waitFor();
  const update = page.getByRole('region', { name: 'Install an update' });
  const look = async (text: string) => {
    const file = { name: 'modcall.raucb', mimeType: 'application/octet-stream', buffer: Buffer.from(text) };
    await update.getByLabel('Update file').setInputFiles(file);
    await update.getByRole('button', { name: 'Look into it' }).click();
  };
  await look('forged');
  await update.getByRole('alert').getByText('not signed by the vendor').waitFor();
  await expectAccessible(page);
  await look('modcall-pi5 1.3.0');
  await update.getByRole('alert').getByText('another board').waitFor();
  await look('modcall-pi4 1.3.0');
  await update.getByText('It is signed by the vendor, for this box: 1.3.0').waitFor();
  await update.getByLabel('Restart with it').selectOption('at a time, once nobody talks then');
  await update.getByLabel('Time').waitFor();
  await expectAccessible(page);
  await update.getByRole('button', { name: 'Install it' }).click();
  await page.getByText('1.3.0: is installed, and waits for the restart').waitFor();
  await page.getByRole('button', { name: 'Restart with it' }).click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Restart with it' }).click();
  await page.getByText('The restart is ordered.').waitFor();
  await page.getByRole('link', { name: 'State', exact: true }).click();
  await page.getByText('The box restarts once nobody talks. Calls in the way: 1.').waitFor();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await page.getByText('It is called off.').waitFor();
});

it('the place is whole on the screen of a telephone, in German', async () => {
  const page = await box.visitAs(admin, { locale: 'de-DE', viewport: { width: 390, height: 844 } });
  await page.goto(`${box.address}system/update`);
  await page.getByRole('heading', { name: 'Eine Aktualisierung installieren' }).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
