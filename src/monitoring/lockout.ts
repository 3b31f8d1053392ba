import type { Instant } from '../switchboard/ids.js';

/** Wrong PINs of one caller or one moderator. */
export interface Lockout {
  readonly failures: number;
  readonly lockedUntil: Instant;
  readonly lastFailure: Instant;
}

/** Keyed by `caller:<number>` and `moderator:<extension>`. */
export type Lockouts = Readonly<Record<string, Lockout>>;

const freeTries = 3;
const firstLockMs = 30_000;
const longestLockMs = 24 * 3_600_000;
const forgottenAfterMs = 24 * 3_600_000;

/** Until when any of the keys is locked; undefined when none is. */
export function lockedUntil(lockouts: Lockouts, keys: readonly string[], now: Instant): Instant | undefined {
  const latest = Math.max(0, ...keys.map((key) => lockouts[key]?.lockedUntil ?? 0));
  return latest > now ? latest : undefined;
}

/** Counts a wrong PIN against every key: from the third on each locks, twice as long every time, for 30 s up to 24 h. */
export function withFailure(lockouts: Lockouts, keys: readonly string[], now: Instant): Lockouts {
  return { ...forgetOld(lockouts, now), ...Object.fromEntries(keys.map((key) => [key, failed(lockouts[key], now)])) };
}

/** Forgets the wrong tries of the keys after a right PIN. */
export function withSuccess(lockouts: Lockouts, keys: readonly string[]): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([key]) => !keys.includes(key)));
}

function failed(before: Lockout | undefined, now: Instant): Lockout {
  const failures = (before && !isForgotten(before, now) ? before.failures : 0) + 1;
  return { failures, lockedUntil: now + lockMs(failures), lastFailure: now };
}

function lockMs(failures: number): number {
  return failures < freeTries ? 0 : Math.min(firstLockMs * 2 ** (failures - freeTries), longestLockMs);
}

function isForgotten(lockout: Lockout, now: Instant): boolean {
  return now > Math.max(lockout.lockedUntil, lockout.lastFailure) + forgottenAfterMs;
}

function forgetOld(lockouts: Lockouts, now: Instant): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([, lockout]) => !isForgotten(lockout, now)));
}
