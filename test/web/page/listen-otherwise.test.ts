import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ApplianceOptions } from '../../support/appliance.js';
import { askBox } from '../../support/box-socket.js';
import { canMount } from '../../support/disks/small-disk.js';
import { LocalNetwork } from '../../support/local-network.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';
import { plainHost, tap, untilPageHears, WebBrowser } from '../browser.js';
import { expectAccessible, signIn } from './office-page.js';

const port = 18_476;
const mona = { name: 'mona', password: 'four plain words here' };
const both = { present: [toneOf('101'), toneOf('102')], absent: [toneOf('100')] };

let network: LocalNetwork;
let browser: WebBrowser;
let office: RunningOffice;

beforeAll(async () => {
  network = await LocalNetwork.open();
  browser = await WebBrowser.start('tone');
});
afterAll(async () => {
  await browser.close();
  await network.close();
});
afterEach(async () => {
  await browser.closePages();
  await office.close();
  expect(browser.errors).toEqual([]);
});

/** An office whose admin moderates, too: while nobody is admin, the page begins with that. */
async function openOffice(web: object, options: ApplianceOptions = {}): Promise<void> {
  office = await RunningOffice.open({ web: { address: '127.0.0.1', port, ...web } }, undefined, options);
  const ask = askBox(office.appliance.folder);
  const user = { password: mona.password, roles: ['admin', 'moderator'], extension: '100', language: 'en' };
  expect(await ask('PUT', `/api/users/${mona.name}`, user)).toMatchObject({ status: 200 });
}

async function visit(address: string): Promise<Page> {
  const page = await browser.open(address, { ignoreHTTPSErrors: true });
  await signIn(page, mona.name, mona.password);
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  return page;
}

describe('the page without https', () => {
  it('plays the call, and offers no speaking but says what that needs', async () => {
    await openOffice({ encrypted: false, names: [plainHost] });
    const page = await visit(`http://${plainHost}:${port}/`);
    await office.talk('101', '102');
    await page.getByRole('button', { name: 'Listen here to the call of 101 and 102' }).click();
    await page.getByLabel('PIN').fill(pins[100]);
    await page.getByLabel('PIN').press('Enter');
    await page.getByText('You listen to 101 Person 101, who talks to 102 Person 102.').waitFor();
    await until('the page to play', async () => (await page.locator('audio').count()) === 1);
    await tap(page);
    await untilPageHears(page, both);
    await page.getByText('Open this page with https to speak.').waitFor();
    for (const name of ['Whisper', 'Barge in', 'Take over'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Next call', exact: true }).count()).toBe(1);
    await expectAccessible(page);
  });
});

describe.skipIf(!canMount)('a box without Janus', () => {
  let folder: string;

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('says so, and offers the telephone', async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-janus-'));
    await openOffice({}, { program: await withoutJanus(folder) });
    const page = await visit(`https://127.0.0.1:${port}/`);
    const { caller: member, callee: other } = await office.talk('101', '102');
    await page.getByText('This box cannot play calls in a browser').waitFor();
    expect(await page.getByRole('button', { name: /^Listen here/ }).count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Listen on my phone to the call of 101 and 102' }).click();
    await page.getByLabel('PIN').fill(pins[100]);
    await page.getByLabel('PIN').press('Enter');
    await untilHears('moderator', await office.phone('100').answer(), both);
    await office.untilTalkingAlone(member, other);
  });
});

/** Modcall on a computer on which the folder of Janus is empty, and everything else as it is. */
async function withoutJanus(folder: string): Promise<string> {
  const [place = ''] = (await readdir('/usr/lib')).filter((name) => name.endsWith('-linux-gnu'));
  const program = join(folder, 'modcall');
  const hidden = 'mount -t tmpfs none "$0"; exec "$@"';
  const janus = join('/usr/lib', place, 'janus');
  const lines = ['#!/bin/sh', `exec unshare --mount sh -c '${hidden}' ${janus} ${resolve('dist/cli/modcall.js')} "$@"`];
  await writeFile(program, `${lines.join('\n')}\n`);
  await chmod(program, 0o755);
  return program;
}
