import { describe, expect, it } from 'vitest';
import { together } from '../measure/together.js';
import { sampleWindow } from './sample-run.js';

describe('the windows of one load', () => {
  it('have the median as their cost, memory and delay', () => {
    const { cpuSecondsPerCallMinute, memory, delays } = together([sampleWindow(3), sampleWindow(1), sampleWindow(2)]);
    expect([cpuSecondsPerCallMinute, memory.rss]).toEqual([2, 200]);
    expect(delays.toModerator?.packet).toEqual({ count: 30, p50: 40, p95: 80, max: 180 });
  });

  it('are as bad as the worst of them', () => {
    const good = sampleWindow(1);
    const { member, customer } = good.quality;
    if (!member || !customer) throw new Error('the sample has both');
    const bad = {
      ...good,
      quality: { member: { ...member, lostPercent: 2 }, customer },
      misheard: ['a member hears nothing'],
    };
    const { quality, misheard } = together([good, bad, good]);
    expect([quality.member?.lostPercent, quality.customer?.lostPercent]).toEqual([2, 0]);
    expect(misheard).toEqual(['a member hears nothing']);
  });

  it('count undisturbed, where there is one', () => {
    const disturbed = { ...sampleWindow(5), disturbances: ['a neighbour'] };
    expect(together([disturbed, sampleWindow(1), disturbed])).toMatchObject({ cpuPercent: 20, disturbances: [] });
    expect(together([disturbed, disturbed])).toMatchObject({ cpuPercent: 100, disturbances: ['a neighbour'] });
  });
});
