import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BoxAdmin } from '../../support/box-admin.js';
import { certificateOne } from '../../support/certificates.js';
import { StandInRauc } from '../../support/stand-in-rauc.js';
import { UpdateFolder } from '../../support/update-folder.js';
import { until } from '../../support/waiting.js';
import { admin, expectAccessible, OfficePage } from './office-page.js';

const port = 18_506;

let rauc: StandInRauc;
let box: OfficePage;
let api: BoxAdmin;
let folder: string;
let vendor: UpdateFolder;

beforeAll(async () => {
  rauc = await StandInRauc.start();
  folder = await mkdtemp(join(tmpdir(), 'modcall-trusted-'));
  const trusted = join(folder, 'trusted.pem');
  await writeFile(trusted, certificateOne.certificate);
  vendor = await UpdateFolder.open(certificateOne);
  box = await OfficePage.open(port, 'none', { ...rauc.environment, NODE_EXTRA_CA_CERTS: trusted });
  api = await BoxAdmin.of(box.office.appliance, port);
});
afterAll(async () => {
  api.close();
  await box.close();
  await rauc.remove();
  await vendor.close();
  await rm(folder, { recursive: true });
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

it('what the vendor says of a newer version is read as it stands, and the version installed from there', async () => {
  await box.office.talk('101', '102');
  const page = await box.visitAs(admin);
  await page.goto(`${box.address}system/update`);
  const channel = page.getByRole('region', { name: 'New versions' });
  await channel.getByText('The box looks nowhere for new versions.').waitFor();
  const address = channel.getByLabel('Address of the vendor’s folder');
  const save = channel.getByRole('button', { name: 'Save' });
  await address.fill('http://updates.example/');
  await save.click();
  await channel.getByText('is not the address of a folder with updates').waitFor();
  await expectAccessible(page);
  await address.fill(vendor.address);
  await channel.getByLabel('Channel').selectOption('beta (to try it before others)');
  await save.click();
  await channel.getByText('not since the start of the box').waitFor();
  const look = channel.getByRole('button', { name: 'Look for an update' });
  await look.click();
  await channel.getByRole('alert').getByText('has nothing for this channel (HTTP status 404)').waitFor();
  vendor.announce('beta', '1.1.0');
  await look.click();
  await channel.getByRole('alert').getByText('(1.1.0) is older than what runs (1.2.0)').waitFor();
  await expectAccessible(page);
  vendor.announce('beta', '1.2.0');
  await look.click();
  await channel.getByText('the one that runs').waitFor();
  vendor.announce('beta', '1.4.0', { notes: { de: 'Schöner', en: 'Nicer <b>and</b> faster' } });
  vendor.files.set('modcall-1.4.0.raucb', 'modcall-pi4 1.4.0');
  await look.click();
  await channel.getByText('1.4.0 (109 MB)').waitFor();
  const news = channel.getByRole('region', { name: 'What is new in 1.4.0' });
  await news.getByText('Nicer <b>and</b> faster').waitFor();
  await expectAccessible(page);
  await news.getByRole('button', { name: 'Install it' }).click();
  await page.getByText('1.4.0: is installed, and waits for the restart').waitFor();
  await news.getByRole('button', { name: 'Install it' }).waitFor({ state: 'detached' });
  expect(vendor.asked).toContain('/modcall/modcall-1.4.0.raucb');
  // The restart is ordered a moment after that is shown.
  await until('the restart to be called off', async () => {
    const { status } = await api.ask('POST', '/api/box/restart/cancel', {});
    return status === 200;
  });
});

it('the place is whole on the screen of a telephone, in German', async () => {
  const page = await box.visitAs(admin, { locale: 'de-DE', viewport: { width: 390, height: 844 } });
  await page.goto(`${box.address}system/update`);
  await page.getByRole('heading', { name: 'Eine Aktualisierung installieren' }).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
