import { describe, expect, it } from 'vitest';
import { networkTones, ringCadences } from '../../../src/switchboard/network-tones.js';

const text = (pattern: readonly { readonly frequencies: readonly number[]; readonly ms: number }[]) =>
  pattern.map(({ frequencies, ms }) => `${frequencies.join('+') || '-'} ${ms}`).join(', ');

describe('tones of the national networks (ITU-T E.180 Supplement 2)', () => {
  it.each([
    ['de', 'dial', '425 1000'],
    ['de', 'ringback', '425 1000, - 4000'],
    ['de', 'busy', '425 480, - 480'],
    ['de', 'congestion', '425 240, - 240'],
    ['gb', 'dial', '350+440 1000'],
    ['gb', 'ringback', '400+450 400, - 200, 400+450 400, - 2000'],
    ['gb', 'busy', '400 375, - 375'],
    ['gb', 'congestion', '400 400, - 350, 400 225, - 525'],
    ['us', 'dial', '350+440 1000'],
    ['us', 'ringback', '440+480 2000, - 4000'],
    ['us', 'busy', '480+620 500, - 500'],
    ['us', 'congestion', '480+620 250, - 250'],
    ['us', 'howler', '1400+2060+2450+2600 100, - 100'],
  ] as const)('%s %s', (country, tone, expected) => {
    expect(text(networkTones[country][tone])).toBe(expected);
  });

  it.each(['de', 'gb', 'us'] as const)('%s rings in the rhythm of its ringback tone', (country) => {
    expect(networkTones[country].ringback.map(({ ms }) => ms)).toEqual(ringCadences[country]);
  });

  it.each(['de', 'gb', 'us'] as const)('%s has steady tones that repeat without a click', (country) => {
    for (const { frequencies, ms } of networkTones[country].dial) {
      for (const frequency of frequencies) expect((frequency * ms) % 1000).toBe(0);
    }
  });
});
