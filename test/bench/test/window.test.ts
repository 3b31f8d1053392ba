import { describe, expect, it } from 'vitest';
import type { StreamReport } from '../load/events.js';
import { misheard } from '../load/voices.js';
import { measureUndisturbed, qualityOf } from '../measure/window.js';
import { summarise } from '../statistics.js';
import { sampleWindow } from './sample-run.js';

function stream(values: Partial<StreamReport>): StreamReport {
  return {
    stream: 1,
    sent: 500,
    sentLate5: 0,
    sentLate20: 0,
    received: 500,
    lost: 0,
    late: 0,
    gaps: 0,
    longestGapMs: 21,
    meanLatenessMs: 0.1,
    levels: [],
    ...values,
  };
}

describe('quality of what is received', () => {
  it('is perfect when every packet came', () => {
    expect(qualityOf([stream({}), stream({ received: 499 })], 10)).toMatchObject({
      streams: 2,
      lostPercent: 0,
      latePercent: 0,
    });
  });

  it('takes gaps in the sequence or missing packets, whichever are more', () => {
    expect(qualityOf([stream({ lost: 50, received: 450 })], 10).lostPercent).toBeCloseTo(10);
    expect(qualityOf([stream({ received: 0 })], 10).lostPercent).toBeCloseTo(99.7);
  });

  it('is the worst gap and the share of late packets of all streams', () => {
    const quality = qualityOf([stream({ late: 100, longestGapMs: 80, gaps: 1 }), stream({})], 10);
    expect(quality).toMatchObject({ latePercent: 10, longestGapMs: 80, gaps: 1 });
  });
});

describe('who hears whom', () => {
  const [loud, nothing] = [-20, -70];

  it('is right when the mode is', () => {
    expect(misheard('member', 'listen', [nothing, loud, nothing])).toBeUndefined();
    expect(misheard('member', 'whisper', [nothing, loud, loud])).toBeUndefined();
    expect(misheard('customer', 'whisper', [loud, nothing, nothing])).toBeUndefined();
    expect(misheard('moderator', 'barge', [loud, loud, nothing])).toBeUndefined();
  });

  it('is wrong when one is missing or one too many', () => {
    expect(misheard('member', 'listen', [nothing, loud, loud])).toBe('a member hears the moderator');
    expect(misheard('moderator', 'listen', [loud, nothing, nothing])).toBe('a moderator does not hear the customer');
    expect(misheard('customer', 'plain', [])).toBe('a customer does not hear the member and hears the moderator');
  });
});

describe('a summary', () => {
  it('takes the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(summarise(hundred)).toEqual({ count: 100, p50: 50, p95: 95, max: 100 });
    expect(summarise([7])).toEqual({ count: 1, p50: 7, p95: 7, max: 7 });
    expect(summarise([])).toBeUndefined();
  });
});

describe('a window that was disturbed', () => {
  const windows = (disturbances: readonly string[][]) => {
    const left = disturbances.map((each) => ({ ...sampleWindow(1), disturbances: each }));
    return async () => left.shift() ?? expect.fail('measured too often');
  };

  it('is measured again', async () => {
    expect((await measureUndisturbed(3, windows([['a'], []]))).disturbances).toEqual([]);
  });

  it('counts if the others were disturbed more', async () => {
    expect((await measureUndisturbed(3, windows([['a', 'b'], ['c'], ['d']]))).disturbances).toEqual(['c']);
  });
});
