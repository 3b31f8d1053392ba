import type { Instant } from '../primitives/time.js';

/** Wrong PINs of one caller or one moderator. */
export interface Lockout {
  readonly failures: number;
  readonly lockedUntil: Instant;
  readonly lastFailure: Instant;
}

/** Keyed by `caller:<extension>`, `moderator:<extension>`, `trunk:<id>/<number>`, `allOfTrunk:<id>` and `allOutside:`. */
export type Lockouts = Readonly<Record<string, Lockout>>;

/** How wrong attempts are counted for one kind of key; times in milliseconds. */
interface Limits {
  /** Wrong attempts before the first lock. */
  readonly freeTries: number;
  readonly longestLock: number;
  /** One wrong attempt is forgotten after each such time without a further one and without a lock. */
  readonly forgetOneAfter: number;
}

const firstLockMs = 30_000;
const hour = 3_600_000;
/** An occasional typing error never locks anybody out; a guesser gets about six attempts a day in the long run. */
const ofOne: Limits = { freeTries: 3, longestLock: 24 * hour, forgetOneAfter: 4 * hour };
/** Callers who share a trunk mistype more often, and a stranger must not lock them all out for a day. */
const ofAll: Readonly<Record<string, Limits>> = {
  allOfTrunk: { freeTries: 10, longestLock: hour, forgetOneAfter: hour },
  allOutside: { freeTries: 20, longestLock: hour, forgetOneAfter: hour },
};
const limitsOf = (key: string): Limits => ofAll[key.split(':')[0] ?? ''] ?? ofOne;

/** Until when any of the keys is locked; undefined when none is. */
export function lockedUntil(lockouts: Lockouts, keys: readonly string[], now: Instant): Instant | undefined {
  const latest = Math.max(0, ...keys.map((key) => lockouts[key]?.lockedUntil ?? 0));
  return latest > now ? latest : undefined;
}

/** Counts a wrong PIN against every key. From the third on it locks, for 30 s doubling up to 24 h; trunks lock later and for less. */
export function withFailure(lockouts: Lockouts, keys: readonly string[], now: Instant): Lockouts {
  return {
    ...forgetOld(lockouts, now),
    ...Object.fromEntries(keys.map((key) => [key, failed(key, lockouts[key], now)])),
  };
}

/** Forgets the wrong attempts counted against one key. */
export function withoutFailures(lockouts: Lockouts, key: string): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([other]) => other !== key));
}

function failed(key: string, before: Lockout | undefined, now: Instant): Lockout {
  const failures = (before ? remembered(key, before, now) : 0) + 1;
  return { failures, lockedUntil: now + lockMs(limitsOf(key), failures), lastFailure: now };
}

function lockMs({ freeTries, longestLock }: Limits, failures: number): number {
  return failures < freeTries ? 0 : Math.min(firstLockMs * 2 ** (failures - freeTries), longestLock);
}

/** How many of the wrong attempts still count. */
function remembered(key: string, { failures, lockedUntil, lastFailure }: Lockout, now: Instant): number {
  const quietMs = Math.max(0, now - Math.max(lockedUntil, lastFailure));
  return Math.max(0, failures - Math.floor(quietMs / limitsOf(key).forgetOneAfter));
}

function forgetOld(lockouts: Lockouts, now: Instant): Lockouts {
  return Object.fromEntries(Object.entries(lockouts).filter(([key, lockout]) => remembered(key, lockout, now) > 0));
}
