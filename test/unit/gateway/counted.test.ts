import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Counted, type Rest } from '../../../src/gateway/counted.js';

const minuteMs = 60_000;

describe('what happens often', () => {
  let rests: Rest[];
  let counted: Counted;

  beforeEach(() => {
    vi.useFakeTimers();
    rests = [];
    counted = new Counted((rest) => rests.push(rest));
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const flood = (times: number, kind: string, source: string) =>
    Array.from({ length: times }, () => counted.admit(kind, source)).filter(Boolean).length;

  it('is logged at once, and as a count after a minute', () => {
    expect(flood(413, 'malformed', '192.0.2.7')).toBe(1);
    vi.advanceTimersByTime(minuteMs);
    expect(rests).toEqual([{ kind: 'malformed', source: '192.0.2.7', more: 412 }]);
  });

  it('is counted separately for each kind and source', () => {
    expect(counted.admit('malformed', '192.0.2.7')).toBe(true);
    expect(counted.admit('malformed', '192.0.2.8')).toBe(true);
    expect(counted.admit('stranger', '192.0.2.7')).toBe(true);
    vi.advanceTimersByTime(minuteMs);
    expect(rests).toEqual([]);
  });

  it('is one line a minute while it goes on, and logged anew when it returns', () => {
    for (let minute = 0; minute < 3; minute++) {
      expect(flood(100, 'malformed', '192.0.2.7')).toBe(minute === 0 ? 1 : 0);
      vi.advanceTimersByTime(minuteMs);
    }
    expect(rests.map(({ more }) => more)).toEqual([99, 100, 100]);
    vi.advanceTimersByTime(minuteMs);
    expect(counted.admit('malformed', '192.0.2.7')).toBe(true);
  });

  it('is a bounded number of lines however many sources there are', () => {
    const told = Array.from({ length: 10_000 }, (_, index) => counted.admit('stranger', `source ${index}`));
    expect(told.filter(Boolean)).toHaveLength(10);
    expect(counted.admit('wrongDigest', '192.0.2.7'), 'another kind is still told').toBe(true);
    vi.advanceTimersByTime(minuteMs);
    expect(rests).toEqual([{ kind: 'stranger', source: 'other sources', more: 9990 }]);
  });

  it('counts those that were suppressed before', () => {
    expect(counted.admit('stranger', '192.0.2.7', 20)).toBe(true);
    counted.stop();
    expect(rests).toEqual([{ kind: 'stranger', source: '192.0.2.7', more: 19 }]);
  });
});
