declare const clock: unique symbol;

/**
 * A moment by the clock that drives the rules: milliseconds that pass evenly and never go back, whatever becomes of the clock on the
 * wall. For durations and deadlines; compared with nothing but another `Instant`. What is kept of it over a restart is moved to the
 * clock of the next start.
 */
export type Instant = number & { readonly [clock]?: 'running' };

/** A moment by the calendar, in milliseconds since 1970-01-01 UTC: what people read. Somebody may set this clock at any time. */
export type UnixTime = number & { readonly [clock]?: 'wall' };

/** The first of the moments that are set; undefined when none is. */
export function earliest(instants: Iterable<Instant | null | undefined>): Instant | undefined {
  let first: Instant | undefined;
  for (const instant of instants)
    if (instant !== undefined && instant !== null && (first === undefined || instant < first)) first = instant;
  return first;
}

/** `behind`: before what the box remembers. `notSet`: no time at all, as on a board without a battery until it has asked the network. */
export type WallState = 'set' | 'behind' | 'notSet';

/** This product is younger: a clock before it has not been set. */
const productBegan = Date.UTC(2025, 0, 1);
const dayMs = 24 * 3_600_000;
/** Summer time, time zones and small corrections are no offence. */
export const clockToleranceMs = dayMs;
/** A clock so far ahead of all that is remembered is garbage from a clock chip. */
const plausibleLeapMs = 5 * 365 * dayMs;

/** What the clock on the wall is worth. @param known The latest time that the box remembers; null when it remembers none. */
export function wallState(wall: UnixTime, known: UnixTime | null): WallState {
  if (wall < productBegan) return 'notSet';
  if (known === null) return 'set';
  if (wall > known + plausibleLeapMs) return 'notSet';
  return wall < known - clockToleranceMs ? 'behind' : 'set';
}
