import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { likeness } from '../support/audio/likeness.js';
import type { Recording } from '../support/audio/recording.js';
import { steadyLevel, totalLevel } from '../support/audio/tones.js';
import { readWav } from '../support/audio/wav.js';
import { LocalNetwork } from '../support/local-network.js';
import { patienceMs, startPatienceMs, until } from '../support/waiting.js';
import { heardAt, WebBrowser } from './browser.js';
import { expectAccessible, go, signIn } from './page/office-page.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Less than the 10 s after which a page that says nothing is taken for gone. */
const listenedTooLongMs = 6000;

let network: LocalNetwork;
let browser: WebBrowser;
let folder: string;
let modcall: ChildProcess;
let said: string;
let page: Page;

beforeAll(async () => {
  network = await LocalNetwork.open();
  browser = await WebBrowser.start('tone');
});
afterAll(async () => {
  await browser.close();
  await network.close();
});

/** As `npm start -- --demo` does it, for somebody who has never seen it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-demo-'));
  said = '';
  const options = ['--demo', '--data', folder, '--sip-port', '0', '--web-port', '0', '--panel-port', '0'];
  modcall = spawn(join(root, 'dist/cli/modcall.js'), ['start', ...options], {
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
  });
  for (const stream of [modcall.stdout, modcall.stderr]) {
    stream?.on('data', (text) => {
      said += text;
    });
  }
  page = await browser.open(await printed(/exchange line in the browser: (\S+)/));
  await page.locator('[data-port=line1]').waitFor();
});
afterEach(async () => {
  await page.context().close();
  if (modcall.signalCode === null && modcall.exitCode === null) {
    modcall.kill('SIGTERM');
    await once(modcall, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
  expect(browser.errors).toEqual([]);
});

function printed(what: RegExp): Promise<string> {
  return until(
    () => `${what} to be printed; there was:\n${said.slice(-4000)}`,
    () => what.exec(said)?.[1],
    startPatienceMs,
  );
}

async function lampIs(name: 'monitor' | 'status', look: string): Promise<void> {
  let label: string | null = null;
  await until(
    () => `the lamp to say "${look}"; it says "${label}". The log:\n${said.slice(-4000)}`,
    async () => {
      label = await page.locator(`#lamp-${name}`).getAttribute('aria-label');
      return label?.endsWith(look);
    },
  );
}

/** The process that the box has begun for this program. */
async function processOf(program: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(await readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''))?.[1];
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (Number(parent) === modcall.pid && command.includes(program)) return Number(name);
  }
  throw new Error(`no process runs ${program}`);
}

describe('the hardware of the simulated board', () => {
  it('comes back when its process ends, and the box takes it again', async () => {
    process.kill(await processOf('dist/simulator/board/main.js'), 'SIGKILL');
    await printed(/(the simulated board works again)/);
    await until('the page to find it', async () => !(await page.locator('#notice').isVisible()));
    await page.locator('[data-port=handset] .hook').click();
    await until('the question for the PIN', async () => totalLevel(await heardAt(page)) > -40);
    await lampIs('status', 'lit');
  });

  it('ends with the box, however that ends', async () => {
    modcall.kill('SIGKILL');
    await until('the board to be gone', async () =>
      (await page.locator('#notice').textContent())?.includes('does not answer'),
    );
  });
});

describe('the page of the demonstration', () => {
  it('says what it is and how to hear it, lets in whom the start has printed, and shows the call', async () => {
    const own = await browser.open(await printed(/box in the browser: (\S+)/));
    await own.getByText('This is a demonstration of a telephone system').waitFor();
    await expectAccessible(own);
    const panel = await own.getByRole('link', { name: 'At the front panel' }).getAttribute('href');
    expect(panel).toBe(await printed(/exchange line in the browser: (\S+)/));
    await signIn(own, 'admin', await printed(/^ {4}admin +(\S+)/m));
    await own.getByRole('row', { name: /Anna.*Ben/ }).waitFor();
    expect(await own.getByText('Nobody can listen yet').count()).toBe(0);
  });
});

describe('the end of the demonstration', () => {
  it('does not wait for the page of somebody who listens there', async () => {
    const own = await browser.open(await printed(/box in the browser: (\S+)/));
    await signIn(own, 'moderator', await printed(/^ {4}moderator +(\S+)/m));
    await own.getByRole('button', { name: /^Listen here to the call/ }).click();
    await own.getByLabel('PIN').fill(await printed(/key the PIN (\d+)/));
    await own.getByLabel('PIN').press('Enter');
    const shown = async () => `the page to say that it listens; it says:\n${await own.locator('main').textContent()}`;
    await own
      .getByText(/^You listen to/)
      .waitFor()
      .catch(async () => expect.fail(await shown()));
    const ended = once(modcall, 'exit', { signal: AbortSignal.timeout(listenedTooLongMs) });
    modcall.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    await own.context().close();
  });
});

describe('the demonstration, wholly in the browser', () => {
  it('goes on when the exchange lets it ring: one telephone is picked up', async () => {
    const line = page.locator('[data-port=line1]');
    await lampIs('status', 'lit');
    await line.getByRole('button', { name: 'Let it ring' }).click();
    const display = async () => (await line.locator('.display').textContent()) ?? '';
    await until('the tone that it rings', async () => steadyLevel(await heardAt(page), 425) > -30);
    await until('the line to be answered', async () => (await display()).includes('Seized by the box'));
    await until('the voice of a demo phone', async () => totalLevel(await heardAt(page)) > -40);
    expect(said).not.toContain('the demo phones have stopped');
    await line.getByRole('button', { name: 'Far end hangs up' }).click();
    await until('the line to be free', async () => (await display()).includes('On hook'));
    expect(said).not.toContain('the demo phones have stopped');
  });

  it('has a demo phone that hangs up by itself on callers from outside', async () => {
    const line = page.locator('[data-port=line1]');
    const display = async () => (await line.locator('.display').textContent()) ?? '';
    await lampIs('status', 'lit');
    await line.getByRole('button', { name: 'Let it ring' }).click();
    await until('the line to be answered', async () => (await display()).includes('Seized by the box'));
    await until('the line to be free', async () => (await display()).includes('On hook'), 2 * patienceMs);
    expect(said).not.toContain('the demo phones have stopped');
  });

  it('goes on when the demo phones end', async () => {
    process.kill(await processOf('dist/demo/demo-phones.js'), 'SIGKILL');
    await printed(/(the demo phones are back)/);
    await lampIs('status', 'lit');
  });

  it('calls the telephones and the exchange line on the front panel what the settings call them', async () => {
    const title = (port: string) => page.locator(`[data-port=${port}] .title`).textContent();
    const titles = () => Promise.all(['handset', 'phone1', 'line1'].map(title));
    await until(
      'the names',
      async () => (await titles()).join() === 'Handset · 120,Phone 1 · 121,Exchange line 1 · 0 …',
    );
    expect(said).toContain('Telephones there: Handset · 120, Phone 1 · 121.');
    const password = await printed(/^ {4}admin +(\S+)/m);
    const admin = await browser.open(await printed(/page of the box in the browser: (\S+)/));
    await signIn(admin, 'admin', password);
    await go(admin, 'People');
    await admin.getByRole('button', { name: 'Change 121 Phone 1' }).click();
    await admin.getByLabel('Name', { exact: true }).fill('Reception');
    await admin.getByRole('button', { name: 'Save', exact: true }).click();
    await until('the new name', async () => (await title('phone1')) === 'Reception · 121');
    await admin.context().close();
  });

  it('lets a newcomer lift the handset, key the PIN, hear the call, see the lamp and press the button', async () => {
    const sides: Recording[] = [];
    for (const side of ['caller', 'callee']) sides.push(await readWav(join(root, `build/prompts/demo/en-${side}.wav`)));
    const isCall = async () => {
      const heard = await heardAt(page);
      return Math.max(...sides.map((side) => likeness(heard, side))) > 0.7;
    };
    const pin = await printed(/key (\d+) and #, then # once more/);
    await lampIs('status', 'lit');
    await lampIs('monitor', 'dark');
    await page.keyboard.press('Space');
    await until('the question for the PIN', async () => totalLevel(await heardAt(page)) > -40);
    expect(await isCall()).toBe(false);
    await page.keyboard.type(`${pin}#`);
    await page.keyboard.type('#');
    await lampIs('monitor', 'lit');
    await until('the voices of the demo phones', isCall);
    await page.keyboard.press('5');
    await lampIs('monitor', 'blinks slowly');
    await page.keyboard.press('6');
    await lampIs('monitor', 'blinks fast');
    await page.getByRole('button', { name: 'Privacy' }).click();
    await lampIs('monitor', 'dark');
    const caption = page.locator('#button-caption');
    await until('the time left', async () => /^Private: 14:\d\d$/.test((await caption.textContent()) ?? ''));
    await until('the voices to be gone', async () => !(await isCall()));
  });
});
