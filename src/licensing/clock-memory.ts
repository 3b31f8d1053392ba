import { type UnixTime, wallState } from '../primitives/time.js';

/** The latest moment known to have been reached, so that setting the clock back lengthens nothing. Survives restarts and key changes. */
export interface ClockMemory {
  readonly latest: UnixTime;
  /** When the key that the memory was started for was issued. A later key starts it over, which corrects the damage of a wrongly set clock. */
  readonly keyIssued: UnixTime;
}

/** How far the clock can be trusted. `at` is the moment to judge by. */
export type ClockReading =
  | { readonly kind: 'trusted'; readonly at: UnixTime }
  | { readonly kind: 'notSet'; readonly at: UnixTime }
  | { readonly kind: 'setBack'; readonly at: UnixTime; readonly shown: UnixTime };

/** Judges the clock by what is known: a key cannot be used before its issue date, and time does not run backwards. */
export function readClock(now: UnixTime, memory: ClockMemory | undefined, keyIssued: UnixTime): ClockReading {
  const known = latestKnown(memory, keyIssued);
  const state = wallState(now, known);
  if (state === 'notSet') return { kind: 'notSet', at: known };
  if (state === 'behind') return { kind: 'setBack', at: known, shown: now };
  return { kind: 'trusted', at: Math.max(now, known) };
}

/**
 * The memory after some running time. It also advances with the running time, so that a clock that is set back again and again, or never
 * set, does not stop it.
 * @param elapsedMs running time since the memory was last advanced, by a clock that cannot be set.
 */
export function advanceMemory(
  memory: ClockMemory | undefined,
  keyIssued: UnixTime,
  now: UnixTime,
  elapsedMs: number,
): ClockMemory {
  const known = latestKnown(memory, keyIssued) + Math.max(0, elapsedMs);
  const latest = wallState(now, known) !== 'notSet' ? Math.max(known, now) : known;
  return { latest, keyIssued: Math.max(keyIssued, memory?.keyIssued ?? 0) };
}

function latestKnown(memory: ClockMemory | undefined, keyIssued: UnixTime): UnixTime {
  return memory && memory.keyIssued >= keyIssued ? Math.max(memory.latest, keyIssued) : keyIssued;
}
