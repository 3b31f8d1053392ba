import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTime, NotInTime } from '../../../src/store/in-time.js';

const leftOut = { code: 'start.leftOut.prompts' } as const;

describe('a part with a deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives its answer, and is not reported as late afterwards', async () => {
    let signal: AbortSignal | undefined;
    const part = async (told: AbortSignal) => {
      signal = told;
      return 'done';
    };
    await expect(inTime(part, 1000, leftOut)).resolves.toBe('done');
    await vi.advanceTimersByTimeAsync(5000);
    expect(signal?.aborted).toBe(false);
  });

  it('fails as it failed', async () => {
    await expect(inTime(() => Promise.reject(new Error('broken')), 1000, leftOut)).rejects.toThrow('broken');
  });

  it('is left out, and told so, when it does not answer', async () => {
    let signal: AbortSignal | undefined;
    const waiting = inTime(
      (told) => {
        signal = told;
        return new Promise(() => {});
      },
      1000,
      leftOut,
    );
    const end = expect(waiting).rejects.toSatisfy(
      (error) => error instanceof NotInTime && error.problem.code === leftOut.code,
    );
    await vi.advanceTimersByTimeAsync(1000);
    await end;
    expect(signal?.aborted).toBe(true);
  });
});
