import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { blink, type Pattern } from '../../../../src/web/page/kit/blink.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a lamp shows at these moments, in milliseconds. */
function shownAt(pattern: Pattern, moments: readonly number[], isStill = false): readonly boolean[] {
  let isLit = false;
  const end = blink(pattern, isStill, (lit) => {
    isLit = lit;
  });
  let now = 0;
  const shown = moments.map((moment) => {
    vi.advanceTimersByTime(moment - now);
    now = moment;
    return isLit;
  });
  end();
  expect(vi.getTimerCount()).toBe(0);
  return shown;
}

it('lights a lamp as the pattern says', () => {
  expect(shownAt('slowBlink', [100, 600, 1100])).toEqual([true, false, true]);
  expect(shownAt('doubleBlink', [100, 300, 500, 700, 1500])).toEqual([true, false, true, false, true]);
  expect(shownAt('steady', [100, 700])).toEqual([true, true]);
  expect(shownAt('dark', [100, 700])).toEqual([false, false]);
});

it('lights it steadily for whoever wants nothing to move', () => {
  expect(shownAt('fastBlink', [50, 150], true)).toEqual([true, true]);
});
