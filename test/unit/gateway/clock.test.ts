import { describe, expect, it } from 'vitest';
import { BoxClock } from '../../../src/gateway/clock.js';
import type { UnixTime } from '../../../src/primitives/time.js';

const dayMs = 24 * 3_600_000;
const today = new Date(2026, 2, 4, 12, 0, 30).getTime();

/** Two clocks that a test sets. */
function clocks(wall: UnixTime, known: UnixTime | null) {
  const sources = { at: wall, up: 7000 };
  const clock = new BoxClock(known, { wall: () => sources.at, uptimeMs: () => sources.up });
  const passes = (ms: number) => {
    sources.at += ms;
    sources.up += ms;
  };
  return { sources, clock, passes };
}

describe('the clock of the rules', () => {
  it.each([-20_000 * dayMs, -3_600_000, 1, 56 * 365 * dayMs])(
    'is not moved when the wall clock is, by %d ms',
    (step) => {
      const { sources, clock, passes } = clocks(today, null);
      const began = clock.now;
      passes(1000);
      sources.at += step;
      passes(500);
      expect(clock.now - began).toBe(1500);
    },
  );

  it('runs on after more than 2^32 ms', () => {
    const { clock, passes } = clocks(today, null);
    const began = clock.now;
    for (let day = 0; day < 50; day += 1) passes(dayMs);
    expect(clock.now - began).toBe(50 * dayMs);
    expect(clock.wall).toEqual({ time: today + 50 * dayMs, state: 'set' });
  });
});

describe('the calendar of the rules', () => {
  it('is that of the wall clock, whenever it is set', () => {
    const { sources, clock } = clocks(today, today - dayMs);
    expect(clock.read()).toMatchObject({ local: { weekday: 3, minute: 720, month: '2026-03' } });
    sources.at = new Date(2026, 3, 5, 1, 2).getTime();
    expect(clock.read().local).toEqual({ weekday: 7, minute: 62, month: '2026-04', time: sources.at });
  });

  it('tells when its next minute begins', () => {
    const { clock } = clocks(today, null);
    expect(clock.read().nextMinute - clock.now).toBe(30_000);
  });

  it('is as late as is known on a board whose clock begins in 1970, and outside every time window', () => {
    const { sources, clock, passes } = clocks(5000, today);
    passes(60_000);
    expect(clock.wall).toEqual({ time: today + 60_000, state: 'notSet' });
    expect(clock.read().local).toEqual({ weekday: 0, minute: 721, month: '2026-03', time: null });
    sources.at = today + dayMs;
    expect(clock.wall).toEqual({ time: today + dayMs, state: 'set' });
  });

  it.each([
    ['1970, on a new box', 5000, null],
    ['1970, on one that ran before', 5000, today - 30 * dayMs],
    ['2106, on a new box', today + 80 * 365 * dayMs, null],
  ])('goes on from the latest good time when the clock is lost while it runs: %s', (_, lost, known) => {
    const { sources, clock, passes } = clocks(today, known);
    passes(dayMs);
    expect(clock.wall).toEqual({ time: today + dayMs, state: 'set' });
    sources.at = lost;
    passes(60_000);
    expect(clock.wall).toEqual({ time: today + dayMs + 60_000, state: 'notSet' });
    sources.at = today + 2 * dayMs;
    expect(clock.wall).toEqual({ time: today + 2 * dayMs, state: 'set' });
  });

  it('says when it is behind the last known time, and takes a year far ahead for garbage', () => {
    const { sources, clock } = clocks(today - 14 * dayMs, today);
    expect(clock.wall).toEqual({ time: today - 14 * dayMs, state: 'behind' });
    sources.at = today - dayMs / 2;
    expect(clock.wall.state).toBe('set');
    sources.at = today + 30 * 365 * dayMs;
    expect(clock.wall).toEqual({ time: today, state: 'notSet' });
  });
});
