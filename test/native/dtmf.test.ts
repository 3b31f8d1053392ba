import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav, type SoundChannel } from '../../src/node-pjsua2/src/index.js';
import { promptNames } from '../../src/primitives/prompts.js';
import { SoundDeviceDouble } from '../support/audio/device.js';
import { allKeys, type Press, pressed } from '../support/audio/keys.js';
import { noise, sine } from '../support/audio/tones.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';

const keys = allKeys.join('');
/** Nothing else ends so. */
const end = '*D*';
const prompts = fileURLToPath(new URL('../../build/prompts', import.meta.url));

/** The limits are those of ITU-T Q.24; 0 dBm0 is -3.14 dBFS. */
describe('a key in the sound of a line', () => {
  let local: LocalEndpoint;
  let device: SoundDeviceDouble;
  let channel: SoundChannel;
  let found = '';

  beforeAll(async () => {
    local = await LocalEndpoint.start();
    device = await SoundDeviceDouble.listen(join(local.folder, 'device'));
    channel = local.endpoint.openSoundChannel({ socket: device.path });
    channel.on('digit', ({ digit }) => {
      found += digit;
    });
    await until('the device to be connected', () => device.isConnected);
    // The sound comes as fast as it can be read, and nothing in between.
    device.freeze();
  });
  afterAll(async () => {
    channel.close();
    device.close();
    await local.close();
  });

  /** The keys that are found in the sound, which is followed by some that are easy to find. */
  const keysIn = async (...sounds: readonly { readonly samples: Int16Array }[]): Promise<string> => {
    found = '';
    for (const { samples } of sounds) device.burst(samples);
    device.burst(new Int16Array(800));
    device.burst(pressed(end).samples);
    await until(
      () => `the last keys, after ${found}`,
      () => found.endsWith(end),
    );
    return found.slice(0, -end.length);
  };

  it.each<[string, Partial<Press>]>([
    ['as usual', {}],
    ['of 40 ms, 40 ms apart', { ms: 40, pauseMs: 40 }],
    ['of 45 ms, 48 ms apart', { ms: 45, pauseMs: 48 }],
    ['held for 3 s', { ms: 3000 }],
    ['at -25 dBm0', { lowDbfs: -28.14, highDbfs: -28.14 }],
    ['at -3 dBm0', { lowDbfs: -6.14, highDbfs: -6.14 }],
    ['at 0 dBm0, cut off', { lowDbfs: -3.14, highDbfs: -3.14 }],
    ['with the high tone 4 dB louder', { lowDbfs: -16, highDbfs: -12 }],
    ['with the high tone 8 dB softer', { lowDbfs: -12, highDbfs: -20 }],
    ['soft and with the high tone 8 dB softer', { lowDbfs: -20, highDbfs: -28 }],
  ])('is detected: %s', async (_, how) => {
    expect(await keysIn(pressed(keys, how))).toBe(keys);
  });

  it.each([
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
    [0, 1],
    [1, 0],
  ])(
    'is detected when its tones are off as far as allowed, 1.5 per cent and 2 Hz: low %i, high %i',
    async (low, high) => {
      const change = { lowDeviation: low * (0.015 + 2 / 941), highDeviation: high * (0.015 + 2 / 1633) };
      expect(await keysIn(pressed(keys, change))).toBe(keys);
      expect(await keysIn(pressed(keys, { ...change, ms: 40, pauseMs: 40 }))).toBe(keys);
    },
  );

  it('is detected wherever it begins between two looks', async () => {
    for (let offset = 0; offset < 102; offset += 7) {
      const before = { samples: new Int16Array(160 + offset) };
      const after = { samples: new Int16Array(160 - (offset % 160)) };
      expect(await keysIn(before, pressed('159#', { ms: 40, pauseMs: 40 }), after), `offset ${offset}`).toBe('159#');
    }
  });

  it('is detected over dial tone 12 dB softer and over noise', async () => {
    expect(await keysIn(mixed(pressed(keys), sine(425, -24, 16 * 200)))).toBe(keys);
    expect(await keysIn(mixed(pressed(keys), noise(3, -22, 16 * 200)))).toBe(keys);
  });

  it('is reported once even if it is interrupted for 10 ms', async () => {
    const key = pressed('5', { ms: 200, pauseMs: 0 });
    key.samples.fill(0, 800, 880);
    expect(await keysIn(key, { samples: new Int16Array(800) })).toBe('5');
  });

  it('is reported again after a pause of 40 ms', async () => {
    expect(await keysIn(pressed('5555', { ms: 40, pauseMs: 40 }))).toBe('5555');
  });

  it.each<[string, Partial<Press>]>([
    ['of 20 ms', { ms: 20 }],
    ['of 23 ms', { ms: 23 }],
    ['whose low tone is off by 3.5 %', { lowDeviation: 0.035 }],
    ['whose low tone is off by -3.5 %', { lowDeviation: -0.035 }],
    ['whose high tone is off by 3.5 %', { highDeviation: 0.035 }],
    ['whose high tone is off by -3.5 %', { highDeviation: -0.035 }],
    ['at -55 dBm0', { lowDbfs: -58, highDbfs: -58 }],
    ['at -36 dBm0', { lowDbfs: -39, highDbfs: -39 }],
    ['with the high tone 14 dB softer', { lowDbfs: -10, highDbfs: -24 }],
    ['with the high tone 10 dB louder', { lowDbfs: -20, highDbfs: -10 }],
    ['of the low tone alone', { highDbfs: -100 }],
    ['of the high tone alone', { lowDbfs: -100 }],
  ])('is not detected: %s', async (_, how) => {
    expect(await keysIn(pressed(keys, how))).toBe('');
  });

  it('is not detected in network tones, noise or clicks', async () => {
    const tone = (...frequencies: number[]) => mixed(...frequencies.map((frequency) => sine(frequency, -16, 3000)));
    const clicks = new Int16Array(24_000).map((_, index) => (index % 83 === 0 ? 32_000 : 0));
    for (const [low, high] of [
      [350, 440],
      [440, 480],
      [480, 620],
      [400, 450],
      [1400, 2060],
      [1100, 2100],
    ] as const)
      expect(await keysIn(tone(low, high)), `${low} + ${high} Hz`).toBe('');
    expect(await keysIn(noise(5, -6, 10_000), { samples: clicks })).toBe('');
  });

  it('is not detected in speech', async () => {
    const speech = ['de', 'en'].flatMap((language) =>
      promptNames.map((name) => ({ samples: readWav(join(prompts, language, `${name}.wav`), 8000) })),
    );
    expect(speech.reduce((sum, { samples }) => sum + samples.length, 0)).toBeGreaterThan(60 * 8000);
    expect(await keysIn(...speech)).toBe('');
  });
});

/** Sounds at the same time, as long as the first. */
function mixed(...sounds: readonly { readonly samples: Int16Array }[]): { readonly samples: Int16Array } {
  const [first] = sounds;
  const samples = Int16Array.from({ length: first?.samples.length ?? 0 }, (_, index) =>
    Math.max(
      -32768,
      Math.min(
        32767,
        sounds.reduce((sum, sound) => sum + (sound.samples[index] ?? 0), 0),
      ),
    ),
  );
  return { samples };
}
