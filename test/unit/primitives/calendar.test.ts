import { afterEach, describe, expect, it, vi } from 'vitest';
import { momentText } from '../../../src/primitives/calendar.js';

describe('the time that the record shows people', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ['Europe/Berlin', '2026-11-29T13:05:23.123Z', '2026-11-29 14:05:23 +01:00'],
    ['Europe/Berlin', '2026-07-01T22:05:23.000Z', '2026-07-02 00:05:23 +02:00'],
    ['America/St_Johns', '2026-01-01T02:00:00.000Z', '2025-12-31 22:30:00 -03:30'],
    ['UTC', '2026-11-29T13:05:23.123Z', '2026-11-29 13:05:23 +00:00'],
  ])('in %s is that of the place', (zone, time, shown) => {
    vi.stubEnv('TZ', zone);
    expect(momentText(Date.parse(time))).toBe(shown);
  });
});
