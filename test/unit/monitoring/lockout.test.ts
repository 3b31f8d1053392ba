import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Lockouts } from '../../../src/monitoring/lockout.js';
import { lockedUntil, withFailure, withoutFailures } from '../../../src/monitoring/lockout.js';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
const keys = ['caller:201', 'moderator:201'];

/** Fails so often, each time as soon as the lock is over; returns how long each failure locked. */
function lockTimes(failures: number): { locks: number[]; lockouts: Lockouts; now: number } {
  let lockouts: Lockouts = {};
  let now = 1_000_000;
  const locks: number[] = [];
  for (let failure = 0; failure < failures; failure += 1) {
    lockouts = withFailure(lockouts, keys, now);
    const until = lockedUntil(lockouts, keys, now) ?? now;
    locks.push(until - now);
    now = until;
  }
  return { locks, lockouts, now };
}

describe('lockouts', () => {
  test('begin with the third wrong PIN and double up to a day', () => {
    const { locks } = lockTimes(16);
    const growing = Array.from({ length: 12 }, (_, index) => 30 * second * 2 ** index);
    expect(locks).toEqual([0, 0, ...growing, day, day]);
  });

  test('end exactly when they say', () => {
    const { lockouts, now } = lockTimes(3);
    expect(lockedUntil(lockouts, keys, now - 1)).toBe(now);
    expect(lockedUntil(lockouts, keys, now)).toBeUndefined();
  });

  test('hold for each key on its own', () => {
    const { lockouts, now } = lockTimes(3);
    expect(lockedUntil(lockouts, ['caller:201'], now - 1)).toBe(now);
    expect(lockedUntil(lockouts, ['moderator:201', 'caller:102'], now - 1)).toBe(now);
    expect(lockedUntil(lockouts, ['caller:102'], now - 1)).toBeUndefined();
    expect(lockedUntil(lockouts, [], now - 1)).toBeUndefined();
  });

  test('are forgotten for one key alone', () => {
    const { lockouts } = lockTimes(3);
    expect(Object.keys(withoutFailures(lockouts, 'caller:201'))).toEqual(['moderator:201']);
  });

  test('fade one by one, every four hours after the lock has ended', () => {
    const { lockouts, now } = lockTimes(5);
    const nextAfter = (ms: number) => withFailure(lockouts, keys, now + ms)['caller:201']?.failures;
    expect([0, 4 * hour - 1, 4 * hour, 8 * hour, 16 * hour, 20 * hour, 30 * day].map(nextAfter)).toEqual([
      6, 6, 5, 4, 2, 1, 1,
    ]);
  });

  test('that have expired are no longer kept, whoever made them', () => {
    const { lockouts, now } = lockTimes(3);
    const keptAfter = (ms: number) => Object.keys(withFailure(lockouts, ['caller:102'], now + ms)).sort();
    expect(keptAfter(12 * hour - 1)).toEqual(['caller:102', ...keys]);
    expect(keptAfter(12 * hour)).toEqual(['caller:102']);
  });

  test('do not fade while the clock is set back', () => {
    const { lockouts, now } = lockTimes(4);
    expect(withFailure(lockouts, keys, now - 2 * day)['caller:201']?.failures).toBe(5);
  });

  test('never affect somebody who mistypes once a day', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(day - 1), { minLength: 1, maxLength: 200 }), (times) => {
        let lockouts: Lockouts = {};
        for (const [date, time] of times.entries()) {
          lockouts = withFailure(lockouts, keys, date * day + time);
          expect(lockedUntil(lockouts, keys, date * day + time)).toBeUndefined();
        }
      }),
    );
  });
});
