import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FxoEvent, FxsEvent } from '../../src/lines/line-events.js';
import { V253FxoLine } from '../../src/lines/v253/v253-fxo-line.js';
import { V253FxsLine } from '../../src/lines/v253/v253-fxs-line.js';
import { misheard } from '../support/audio/hearing.js';
import { sine, steadyLevel, totalLevel } from '../support/audio/tones.js';
import { Board, buttonCode } from '../support/board/simulated-board.js';
import { until } from '../support/waiting.js';
import { heardAt, spokenTone, untilPageHears, WebBrowser } from './browser.js';

let board: Board;
let browser: WebBrowser;
const cleaners: (() => unknown)[] = [];

beforeAll(async () => {
  browser = await WebBrowser.start('tone');
});
afterAll(() => browser.close());

beforeEach(async () => {
  board = await Board.start();
});
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
  await board.remove();
  expect(browser.errors).toEqual([]);
});

/** The page, and what its parts are called. */
async function openPanel(options?: { locale?: string }) {
  const page = await browser.open(board.url, options);
  cleaners.push(() => page.context().close());
  const device = (port: string) => page.locator(`[data-port=${port}]`);
  await device('line1').waitFor();
  return {
    page,
    device,
    display: (port: string) => device(port).locator('.display'),
    hook: (port: string) => device(port).locator('.hook'),
    key: (port: string, key: string) => device(port).getByRole('button', { name: key, exact: true }),
    ear: (port: string) => device(port).locator('.ear'),
  };
}

/** The driver of the box on the tty of a port with a telephone. */
async function fxsLine(port: string) {
  const events: FxsEvent[] = [];
  const line = new V253FxsLine({ tty: board.tty(port), country: 'de', audio: { kind: 'socket', path: '' } });
  line.onEvent((event) => events.push(event));
  line.start();
  cleaners.push(() => line.stop());
  await seen(events, 'ready');
  return { line, events };
}

async function fxoLine(port: string) {
  const events: FxoEvent[] = [];
  const line = new V253FxoLine({ tty: board.tty(port), country: 'de', audio: { kind: 'socket', path: '' } });
  line.onEvent((event) => events.push(event));
  line.start();
  cleaners.push(() => line.stop());
  await seen(events, 'ready');
  return { line, events };
}

type AnyEvent = FxsEvent | FxoEvent;

function seen(events: readonly AnyEvent[], type: AnyEvent['type']): Promise<true> {
  return until(
    () => `${type}; there was ${JSON.stringify(events)}`,
    () => events.some((event) => event.type === type) || undefined,
  );
}

async function digitsBecome(events: readonly AnyEvent[], wanted: string): Promise<void> {
  const digits = () => events.map((event) => (event.type === 'digit' ? event.digit : '')).join('');
  await until(
    () => `the digits ${wanted}; there were ${digits()}`,
    () => digits().length >= wanted.length,
  );
  expect(digits()).toBe(wanted);
}

async function shows(text: () => Promise<string | null>, wanted: string): Promise<void> {
  let last: string | null = null;
  await until(
    () => `"${wanted}"; there was "${last}"`,
    async () => {
      last = await text();
      return last?.includes(wanted);
    },
  );
}

describe('a telephone', () => {
  it('reports on the tty that it was lifted and put back', async () => {
    const { events } = await fxsLine('handset');
    const { hook, display } = await openPanel();
    await hook('handset').click();
    await seen(events, 'offHook');
    await shows(() => display('handset').textContent(), 'Off hook');
    await hook('handset').click();
    await seen(events, 'onHook');
    await shows(() => display('handset').textContent(), 'On hook');
  });

  it('sends each key once, however short or long it is held, and flash', async () => {
    const { events } = await fxsLine('phone1');
    const { page, hook, key, device } = await openPanel();
    await hook('phone1').click();
    await seen(events, 'offHook');
    await key('phone1', '4').click();
    await key('phone1', '7').hover();
    await page.mouse.down();
    await until('the key to be held', async () =>
      /is-held/.test((await key('phone1', '7').getAttribute('class')) ?? ''),
    );
    await page.mouse.up();
    for (const each of ['1', '1', '*', '0', '#']) await key('phone1', each).click();
    await digitsBecome(events, '4711*0#');
    await device('phone1').getByRole('button', { name: 'Flash' }).click();
    await seen(events, 'flash');
  });

  it('can be used by keyboard alone, also by somebody who types fast', async () => {
    const { events } = await fxsLine('handset');
    const { page } = await openPanel();
    await page.keyboard.press('Space');
    await seen(events, 'offHook');
    // Each key goes down before the last is up.
    for (const [index, key] of ['1', '2', '3', '4'].entries()) {
      await page.keyboard.down(key);
      if (index > 0) await page.keyboard.up(String(index));
    }
    await page.keyboard.up('4');
    await page.keyboard.type('*0#');
    await digitsBecome(events, '1234*0#');
    await page.keyboard.press('f');
    await seen(events, 'flash');
    await page.keyboard.press('Space');
    await seen(events, 'onHook');
  });

  it('has all its parts in the order of the focus', async () => {
    const { page } = await openPanel();
    const names: (string | undefined)[] = [];
    for (let count = 0; count < 22; count++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => {
          const { activeElement } = document;
          return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent?.trim();
        }),
      );
    }
    const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
    expect(names).toEqual([
      'Turn sound off',
      'DE',
      'EN',
      'Dark',
      'Privacy',
      'Lift',
      ...keys,
      'At my ear',
      'Lift',
      '1',
      '2',
    ]);
  });

  it('rings, shows who calls, and tells it to a screen reader', async () => {
    const { line } = await fxsLine('phone1');
    const { page, display, device } = await openPanel();
    line.ring([1000, 4000], { number: '030123456', name: 'Jürgen' });
    await shows(() => display('phone1').textContent(), 'Ringing');
    await until('the bell', async () => /is-ringing/.test((await device('phone1').getAttribute('class')) ?? ''));
    await shows(() => display('phone1').textContent(), 'Jürgen · 030123456');
    await shows(() => page.locator('#announcer').textContent(), 'Phone 1 · 121: Ringing, Jürgen · 030123456');
    line.stopRinging();
    await shows(() => display('phone1').textContent(), 'On hook');
  });

  it('is not left with a finger on a key when the page is closed', async () => {
    const { page, hook } = await openPanel();
    const other = await openPanel();
    await hook('handset').click();
    await page.keyboard.down('5');
    await until('the key to be held', () => other.device('handset').locator('.key.is-held').count());
    await page.context().close();
    await until(
      'the key to be let go',
      async () => (await other.device('handset').locator('.key.is-held').count()) === 0,
    );
  });
});

describe('sound', () => {
  it('comes from the sound channel of the port, and only there', async () => {
    const sound = await board.sound('handset');
    const elsewhere = await board.sound('phone1');
    cleaners.push(
      () => sound.close(),
      () => elsewhere.close(),
    );
    sound.speak(sine(1000, -10, 1000));
    elsewhere.speak(sine(450, -10, 1000));
    const { page, hook, device } = await openPanel();
    await hook('handset').click();
    await untilPageHears(page, { present: [1000], absent: [450, 2000, 3000, 5000, 7000, 9000] });
    expect(
      Number(
        await device('handset')
          .getByLabel('Level of the earpiece')
          .evaluate((meter) => meter.getAttribute('value')),
      ),
    ).toBeGreaterThan(-20);
    await hook('handset').click();
    await until('silence after hanging up', async () => totalLevel(await heardAt(page)) < -90);
  });

  it('goes from the microphone into the sound channel of the port, and only while it is off hook', async () => {
    const sound = await board.sound('handset');
    const elsewhere = await board.sound('phone1');
    cleaners.push(
      () => sound.close(),
      () => elsewhere.close(),
    );
    const { hook } = await openPanel();
    expect(totalLevel(await sound.listen(300))).toBeLessThan(-90);
    await hook('handset').click();
    await until('the microphone', async () => steadyLevel(await sound.listen(500), spokenTone) > -20);
    const atBox = async () =>
      misheard('the box', await sound.listen(1000), { present: [spokenTone], absent: [350, 1400, 2100] });
    await expect.poll(atBox).toBeUndefined();
    expect(totalLevel(await elsewhere.listen(300))).toBeLessThan(-90);
    await hook('handset').click();
    await until('silence after hanging up', async () => totalLevel(await sound.listen(300)) < -90);
  });
});

/** One stroke after the other: of two writings under way the older could come last. Ends in the dark. */
async function blink(lamp: 'monitor' | 'status', ms: number, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    for (const isOn of [true, false]) {
      await board.light(lamp, isOn);
      await pause(ms);
    }
  }
}

describe('the lamps', () => {
  const lit = async (page: Page, lamp: string) =>
    /is-lit/.test((await page.locator(`#lamp-${lamp}`).getAttribute('class')) ?? '');

  it('are lit as their files say', async () => {
    const { page } = await openPanel();
    expect(await lit(page, 'monitor')).toBe(false);
    await board.light('monitor', true);
    await until('the lamp', () => lit(page, 'monitor'));
    expect(await lit(page, 'status')).toBe(false);
    await shows(() => page.locator('#lamp-monitor').getAttribute('aria-label'), 'Monitor: lit');
    await board.light('monitor', false);
    await until('darkness', async () => !(await lit(page, 'monitor')));
  });

  it('follow every stroke of their files', async () => {
    const { page } = await openPanel();
    for (let stroke = 1; stroke <= 10; stroke++) {
      const isOn = stroke % 2 === 1;
      await board.light('status', isOn);
      await until(`stroke ${stroke}`, async () => (await lit(page, 'status')) === isOn);
    }
  });

  it.each([
    [120, 'blinks fast'],
    [500, 'blinks slowly'],
  ])('that blink every %i ms are said to be one that %s', async (ms, words) => {
    const { page } = await openPanel();
    // What the page finds first is not told to a screen reader: only changes are.
    await shows(() => page.locator('#lamp-monitor').getAttribute('aria-label'), 'Monitor: dark');
    const stop = new AbortController();
    const blinking = blink('monitor', ms, stop.signal);
    cleaners.push(() => stop.abort());
    await shows(() => page.locator('#lamp-monitor').getAttribute('aria-label'), `Monitor: ${words}`);
    await shows(() => page.locator('#announcer').textContent(), `Monitor: ${words}`);
    stop.abort();
    await blinking;
    await shows(() => page.locator('#lamp-monitor').getAttribute('aria-label'), 'Monitor: dark');
  });
});

describe('the button', () => {
  it('sends what an input device of the kernel sends, for as long as it is held', async () => {
    const { page } = await openPanel();
    const events = board.buttonEvents(4);
    const heldMs = 3100;
    const button = page.getByRole('button', { name: 'Privacy' });
    await button.hover();
    const before = Date.now() / 1000;
    await page.mouse.down();
    await pause(heldMs);
    await shows(() => page.locator('#button-caption').textContent(), '3.');
    await page.mouse.up();
    const after = Date.now() / 1000;
    const [down, , up] = await events;
    expect((await events).map(({ type, code, value }) => [type, code, value])).toEqual([
      [1, buttonCode, 1],
      [0, 0, 0],
      [1, buttonCode, 0],
      [0, 0, 0],
    ]);
    expect(down?.seconds).toBeGreaterThan(before - 0.01);
    expect(up?.seconds).toBeLessThan(after + 1);
    expect((up?.seconds ?? 0) - (down?.seconds ?? 0)).toBeGreaterThan(heldMs / 1000 - 0.05);
  });

  it('is held by a click as long as a finger holds it, for the box ignores what is shorter', async () => {
    const { page } = await openPanel();
    const events = board.buttonEvents(4);
    await page.getByRole('button', { name: 'Privacy' }).click();
    const [down, , up] = await events;
    expect([down?.value, up?.value]).toEqual([1, 0]);
    expect((up?.seconds ?? 0) - (down?.seconds ?? 0)).toBeGreaterThan(0.05);
    await until('the button to be let go', async () => (await page.locator('#button.is-pressed').count()) === 0);
  });

  it('can be pressed by keyboard, and is let go when the page is closed', async () => {
    const { page } = await openPanel();
    const events = board.buttonEvents(4);
    await page.getByRole('button', { name: 'Privacy' }).focus();
    await page.keyboard.down('Space');
    await until('the button to be pressed', () => page.locator('#button.is-pressed').count());
    await page.context().close();
    expect((await events).map(({ value }) => value)).toEqual([1, 0, 0, 0]);
  });
});

describe('the exchange', () => {
  it('rings the box with caller ID, is answered, and hangs up', async () => {
    const { line, events } = await fxoLine('line1');
    const { device, display } = await openPanel();
    await device('line1').getByLabel('number').fill('0891234');
    await device('line1').getByLabel('name').fill('Käthe');
    await device('line1').getByRole('button', { name: 'Let it ring' }).click();
    await seen(events, 'callerId');
    expect(events.find(({ type }) => type === 'callerId')).toMatchObject({
      caller: { number: '0891234', name: 'Käthe' },
    });
    await shows(() => display('line1').textContent(), 'Ringing');
    line.seize();
    await shows(() => display('line1').textContent(), 'Seized by the box');
    await device('line1').getByRole('button', { name: 'Far end hangs up' }).click();
    await seen(events, 'loopLoss');
    line.drop();
    await shows(() => display('line1').textContent(), 'On hook');
  });

  it('shows what the box dials', async () => {
    const { line, events } = await fxoLine('line1');
    const { display } = await openPanel();
    line.seize();
    await seen(events, 'tone');
    line.dial('0301234');
    await shows(() => display('line1').textContent(), '0301234');
  });
});

describe('the page', () => {
  it('is one board in two windows, with one ear', async () => {
    const first = await openPanel();
    const second = await openPanel();
    await first.hook('handset').click();
    await shows(() => second.display('handset').textContent(), 'Off hook');
    await until('the ear', async () => (await first.ear('handset').getAttribute('aria-pressed')) === 'true');
    expect(await second.ear('handset').getAttribute('aria-pressed')).toBe('false');
    await second.ear('handset').click();
    await until(
      'the ear in the other window',
      async () => (await second.ear('handset').getAttribute('aria-pressed')) === 'true',
    );
    await until(
      'no ear in the first',
      async () => (await first.ear('handset').getAttribute('aria-pressed')) === 'false',
    );
    const sound = await board.sound('handset');
    cleaners.push(() => sound.close());
    sound.speak(sine(1000, -10, 1000));
    await until('the tone in the other window', async () => steadyLevel(await heardAt(second.page), 1000) > -12);
    expect(totalLevel(await heardAt(first.page))).toBeLessThan(-90);
  });

  it('speaks the language of the browser until another is chosen', async () => {
    const { page, display } = await openPanel({ locale: 'de-AT' });
    expect(await display('handset').textContent()).toBe('Aufgelegt');
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    expect(await display('handset').textContent()).toBe('On hook');
    await page.reload();
    await shows(() => display('handset').textContent(), 'On hook');
  });

  it('says when the board is gone, and goes on when it is back', async () => {
    const { page, hook, display } = await openPanel();
    await board.replace(() => shows(() => page.locator('#notice').textContent(), 'does not answer'));
    await until('the notice to go', async () => !(await page.locator('#notice').isVisible()));
    await hook('handset').click();
    await shows(() => display('handset').textContent(), 'Off hook');
  });

  /** rigplane #1694: the page held a copy of the browser's state, which said that sound was on, and so never turned it on again. */
  it('has sound again at the next touch after the browser has suspended it', async () => {
    const { page, hook } = await openPanel();
    const sound = await board.sound('handset');
    cleaners.push(() => sound.close());
    sound.speak(sine(1000, -10, 1000));
    const button = page.locator('#sound');
    const pressed = (is: boolean) =>
      until('the sound button to tell', async () => (await button.getAttribute('aria-pressed')) === String(is));
    await hook('handset').click();
    await pressed(true);
    await until('the tone', async () => steadyLevel(await heardAt(page), 1000) > -12);
    await page.evaluate(() => (window.loudspeaker?.context as AudioContext | undefined)?.suspend());
    await pressed(false);
    await button.click();
    await pressed(true);
    await until('the tone again', async () => steadyLevel(await heardAt(page), 1000) > -12);
    await page.evaluate(() => (window.loudspeaker?.context as AudioContext | undefined)?.suspend());
    await pressed(false);
    await hook('handset').click();
    await hook('handset').click();
    await pressed(true);
  });

  it('works without a microphone, and says so', async () => {
    const deaf = await WebBrowser.start('none');
    cleaners.push(() => deaf.close());
    const sound = await board.sound('handset');
    cleaners.push(() => sound.close());
    sound.speak(sine(1000, -10, 1000));
    const { events } = await fxsLine('handset');
    const page = await deaf.open(board.url);
    await page.locator('[data-port=handset] .hook').click();
    await seen(events, 'offHook');
    await shows(() => page.locator('#notice').textContent(), 'nobody hears you');
    await until('the tone in the page', async () => steadyLevel(await heardAt(page), 1000) > -12);
  });

  it('can be seen: the picture in the README', async () => {
    const { page, hook, key } = await openPanel();
    await board.light('status', true);
    await board.light('monitor', true);
    const sound = await board.sound('handset');
    cleaners.push(() => sound.close());
    sound.speak(sine(425, -18, 1000));
    await hook('handset').click();
    await until(
      'the levels',
      async () => (await page.locator('[data-port=handset] .level-spoken meter').getAttribute('value')) !== '-60',
    );
    await key('handset', '5').hover();
    await page.mouse.down();
    await until('the key to be held', () => page.locator('.key.is-held').count());
    await page.setViewportSize({ width: 1200, height: 880 });
    const path = 'build/front-panel.png';
    await page.screenshot({ path, animations: 'disabled' });
    expect((await stat(path)).size).toBeLessThan(200_000);
    expect((await readFile(path)).subarray(1, 4).toString()).toBe('PNG');
  });
});
