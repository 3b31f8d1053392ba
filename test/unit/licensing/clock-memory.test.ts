import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceMemory, type ClockMemory, readClock } from '../../../src/licensing/clock-memory.js';
import { clockToleranceMs } from '../../../src/primitives/time.js';
import { days, issued } from './vendor.js';

const memory = (latest: number, keyIssued = issued): ClockMemory => ({ latest, keyIssued });

describe('the clock', () => {
  it('is trusted unless it is behind what is known', () => {
    expect(readClock(issued + 5, undefined, issued)).toEqual({ kind: 'trusted', at: issued + 5 });
    expect(readClock(issued + 5, memory(issued + 3), issued)).toEqual({ kind: 'trusted', at: issued + 5 });
  });

  it('may go back 24 hours, but the latest time known counts', () => {
    const known = issued + days(10);
    expect(readClock(known - clockToleranceMs, memory(known), issued)).toEqual({ kind: 'trusted', at: known });
    const shown = known - clockToleranceMs - 1;
    expect(readClock(shown, memory(known), issued)).toEqual({ kind: 'setBack', at: known, shown });
  });

  it('cannot be before the key was issued', () => {
    const shown = issued - days(3);
    expect(readClock(shown, undefined, issued)).toEqual({ kind: 'setBack', at: issued, shown });
  });

  it.each([
    ['1970', 0],
    ['2000', Date.UTC(2000, 0, 1)],
    ['2038', Date.UTC(2038, 0, 19)],
    ['2099', Date.UTC(2099, 0, 1)],
  ])('at %s has not been set', (_year, now) => {
    expect(readClock(now, memory(issued + days(2)), issued)).toEqual({ kind: 'notSet', at: issued + days(2) });
    expect(advanceMemory(memory(issued + days(2)), issued, now, 1000)).toEqual(memory(issued + days(2) + 1000));
  });

  it('once set wrongly is corrected by a key that is issued later', () => {
    const spoiled = memory(issued + days(900));
    expect(readClock(issued + days(20), spoiled, issued).kind).toBe('setBack');
    const renewed = issued + days(20);
    expect(readClock(renewed + 5, spoiled, renewed)).toEqual({ kind: 'trusted', at: renewed + 5 });
    expect(advanceMemory(spoiled, renewed, renewed + 5, 0)).toEqual(memory(renewed + 5, renewed));
  });

  it('is not corrected by entering an older key', () => {
    const known = memory(issued + days(40), issued + days(20));
    expect(readClock(issued + 5, known, issued).kind).toBe('setBack');
    expect(advanceMemory(known, issued, issued + 5, 0)).toEqual(known);
  });

  it('remembers the running time, whatever the clock shows', () => {
    const step = fc.record({
      now: fc.integer({ min: 0, max: issued + days(10_000) }),
      elapsed: fc.nat({ max: days(1) }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        let known: ClockMemory | undefined;
        let ran = 0;
        for (const { now, elapsed } of steps) {
          const before = known?.latest ?? issued;
          known = advanceMemory(known, issued, now, elapsed);
          ran += elapsed;
          expect(known.latest).toBeGreaterThanOrEqual(Math.max(before + elapsed, issued + ran));
        }
      }),
    );
  });
});
