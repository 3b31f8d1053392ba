import { afterEach, expect, it } from 'vitest';
import { DemoPhones } from '../../src/appliance/demo-process.js';
import { until } from '../support/waiting.js';
import { sampleSettings } from '../unit/store/settings/sample-settings.js';

const pair = { caller: '101', callee: '102' };
const noon = Date.UTC(2026, 2, 4, 12);
const opened: DemoPhones[] = [];

afterEach(() => Promise.all(opened.splice(0).map((phones) => phones.end())));

function open(lastsMs: number): DemoPhones {
  const phones = new DemoPhones(
    {
      isPossible: true,
      addresses: [{ protocol: 'udp', address: '127.0.0.1', port: 9 }],
      settings: () => sampleSettings(),
      now: () => noon,
      log: { info: () => {}, error: () => {} },
    },
    lastsMs,
  );
  opened.push(phones);
  return phones;
}

it('go by themselves after their time, and say so until somebody lets them talk again', async () => {
  const phones = open(300);
  await phones.begin(pair);
  await until('them to be gone', () => phones.pair === null);
  expect([phones.until, phones.isOver]).toEqual([null, true]);
  await phones.begin(pair);
  expect(phones.isOver).toBe(false);
});

it('say when they will go, and are not over where somebody has ended them', async () => {
  const phones = open(60_000);
  await phones.begin(pair);
  expect(phones.until).toBeGreaterThan(noon);
  expect(phones.until).toBeLessThanOrEqual(noon + 60_000);
  await phones.end();
  expect([phones.pair, phones.until, phones.isOver]).toEqual([null, null, false]);
});

it('have no end where the box lets them talk for as long as it runs', async () => {
  const phones = open(60_000);
  await phones.start(pair);
  expect([phones.pair, phones.until]).toEqual([pair, null]);
});
