import { describe, expect, test } from 'vitest';
import type { Lockouts } from '../../../src/monitoring/lockout.js';
import { lockedUntil, withFailure, withSuccess } from '../../../src/monitoring/lockout.js';

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

  test('are forgotten with a right PIN, for its keys only', () => {
    const { lockouts } = lockTimes(3);
    expect(Object.keys(withSuccess(lockouts, ['caller:201']))).toEqual(['moderator:201']);
  });

  test('are forgotten a day after they ended', () => {
    const { lockouts, now } = lockTimes(3);
    const atTheEdge = withFailure(lockouts, ['caller:102'], now + day);
    expect(Object.keys(atTheEdge).sort()).toEqual(['caller:102', ...keys]);
    const later = withFailure(lockouts, ['caller:102'], now + day + 1);
    expect(Object.keys(later)).toEqual(['caller:102']);
    const anew = withFailure(lockouts, keys, now + day + 1);
    expect(anew['caller:201']?.failures).toBe(1);
  });
});
