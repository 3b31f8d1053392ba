import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DailyLook, firstLookMs } from '../../../src/update/daily-look.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const hardwareId = '0123-4567-89AB-CDEF';
const first = firstLookMs(hardwareId);

let looks: number;
let isBusy: boolean;
let errors: unknown[];
let daily: DailyLook;
beforeEach(() => {
  vi.useFakeTimers();
  [looks, isBusy, errors] = [0, false, []];
  daily = new DailyLook({
    hardwareId: () => hardwareId,
    isBusy: () => isBusy,
    async look() {
      looks += 1;
      if (looks === 1) throw new Error('the first one fails');
    },
    onError: (error) => errors.push(error),
  });
});
afterEach(() => {
  daily.stop();
  vi.useRealTimers();
});

test('boxes look for the first time within an hour of their start, each at its own minute', () => {
  const firsts = Array.from({ length: 500 }, (_, at) => firstLookMs(`box ${at}`) / minuteMs);
  expect(Math.min(...firsts)).toBe(1);
  expect(Math.max(...firsts)).toBe(60);
  expect(new Set(firsts).size).toBe(60);
  expect(firstLookMs(hardwareId)).toBe(first);
  expect(firstLookMs(null)).toBeGreaterThan(0);
});

test('it looks once a day, whether it found out something or not', async () => {
  await vi.advanceTimersByTimeAsync(first - 1);
  expect(looks).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect([looks, errors.length]).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(dayMs - 1);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toBe(2);
});

test('a call that is being set up goes first, though not for ever', async () => {
  isBusy = true;
  await vi.advanceTimersByTimeAsync(first + 5 * minuteMs);
  expect(looks).toBe(0);
  isBusy = false;
  await vi.advanceTimersByTimeAsync(minuteMs);
  expect(looks).toBe(1);
  isBusy = true;
  await vi.advanceTimersByTimeAsync(dayMs);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(60 * minuteMs);
  expect(looks).toBe(2);
});

test('one that is stopped looks no more', async () => {
  daily.stop();
  await vi.advanceTimersByTimeAsync(2 * dayMs);
  expect(looks).toBe(0);
});
