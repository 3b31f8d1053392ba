import type { Instant } from '../primitives/time.js';

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
/**
 * One wrong try is forgotten for every so many milliseconds without a further one and without a lock. Who mistypes now and then is
 * never locked out; who goes on guessing has some six tries a day in the long run.
 */
const forgetOneAfterMs = 4 * 3_600_000;

/** Until when any of the keys is locked; undefined when none is. */
export function lockedUntil(lockouts: Lockouts, keys: readonly string[], now: Instant): Instant | undefined {
  const latest = Math.max(0, ...keys.map((key) => lockouts[key]?.lockedUntil ?? 0));
  return latest > now ? latest : undefined;
}

/** Counts a wrong PIN against every key: from the third on each locks, twice as long every time, for 30 s up to 24 h. */
export function withFailure(lockouts: Lockouts, keys: readonly string[], now: Instant): Lockouts {
  return { ...forgetOld(lockouts, now), ...Object.fromEntries(keys.map((key) => [key, failed(lockouts[key], now)])) };
}

/** Forgets the wrong tries counted against one key. */
export function withoutFailures(lockouts: Lockouts, key: string): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([other]) => other !== key));
}

function failed(before: Lockout | undefined, now: Instant): Lockout {
  const failures = (before ? remembered(before, now) : 0) + 1;
  return { failures, lockedUntil: now + lockMs(failures), lastFailure: now };
}

function lockMs(failures: number): number {
  return failures < freeTries ? 0 : Math.min(firstLockMs * 2 ** (failures - freeTries), longestLockMs);
}

/** How many of the wrong tries still count. */
function remembered({ failures, lockedUntil, lastFailure }: Lockout, now: Instant): number {
  const quietMs = Math.max(0, now - Math.max(lockedUntil, lastFailure));
  return Math.max(0, failures - Math.floor(quietMs / forgetOneAfterMs));
}

function forgetOld(lockouts: Lockouts, now: Instant): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([, lockout]) => remembered(lockout, now) > 0));
}
