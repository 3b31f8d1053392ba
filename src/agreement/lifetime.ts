import type { UnixTime } from '../primitives/time.js';

/**
 * A time that only runs forwards, for what has to be deleted: it goes on by whichever of the two clocks shows more. A clock that is set back
 * lengthens no life; one that is set ahead shortens it.
 */
export interface LifeClock {
  /** Milliseconds; it began with the time on the wall. */
  readonly at: LifeTime;
  /** What the clock on the wall showed then. */
  readonly wall: UnixTime;
}

/** A moment by a `LifeClock`, compared with nothing but another one. */
export type LifeTime = number;

/** @param elapsedMs by a clock that cannot be set; 0 where it was started anew since. */
export function advanced({ at, wall }: LifeClock, now: UnixTime, elapsedMs: number): LifeClock {
  return { at: at + Math.max(0, elapsedMs, now - wall), wall: now };
}

/** The longest time that passes unwritten while there is something to delete. */
export const writtenEveryMs = 15 * 60_000;

/**
 * The clock at a start. Where the clock on the wall does not show how long the box was off, the longest time that can have been unwritten is
 * taken to have passed: cutting the power again and again does not stop it.
 */
export function resumed(clock: LifeClock, now: UnixTime): LifeClock {
  const shown = advanced(clock, now, 0);
  return now < clock.wall ? { ...shown, at: shown.at + writtenEveryMs } : shown;
}
