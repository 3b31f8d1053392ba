import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from '../../support/audio/g711.js';
import { expectHears, misheard } from '../../support/audio/hearing.js';
import { placesOf } from '../../support/audio/place.js';
import type { Recording } from '../../support/audio/recording.js';
import { click, noise, residualLevel, sine, steadyLevel, toneLevel, totalLevel } from '../../support/audio/tones.js';
import { readGrowingWav, readWav, writeWav } from '../../support/audio/wav.js';

function mix(...parts: readonly Recording[]): Recording {
  const [first] = parts;
  if (!first) throw new Error('nothing to mix');
  return {
    sampleRate: first.sampleRate,
    samples: first.samples.map((_, index) => parts.reduce((sum, { samples }) => sum + (samples[index] ?? 0), 0)),
  };
}

describe('places', () => {
  it('are those of a pattern in a mix with others, at any level, each time', () => {
    const [pattern, other] = [noise(7, -6, 60).samples, noise(11, -6, 60).samples];
    const samples = noise(3, -40, 1000).samples;
    for (const [start, sound, level] of [
      [800, pattern, 0.5],
      [1000, other, 0.5],
      [5001, pattern, 0.1],
    ] as const)
      for (const [index, sample] of sound.entries())
        samples[start + index] = (samples[start + index] ?? 0) + level * sample;
    expect(placesOf({ sampleRate: 8000, samples }, pattern)).toEqual([100, 625.125]);
    expect(placesOf({ sampleRate: 8000, samples }, other)).toEqual([125]);
    expect(placesOf({ sampleRate: 8000, samples }, noise(5, -6, 60).samples)).toEqual([]);
  });
});

describe('levels', () => {
  it.each([50, 450, 1700, 3950])('finds a sine of %i Hz at its level and nowhere else', (frequency) => {
    const recording = sine(frequency, -12, 400);
    expect(toneLevel(recording, frequency)).toBeCloseTo(-12, 1);
    expect(toneLevel(recording, frequency === 50 ? 100 : frequency - 50)).toBeLessThan(-90);
    expect(totalLevel(recording)).toBeCloseTo(-12, 1);
    expect(residualLevel(recording, [frequency])).toBeLessThan(-80);
  });

  it('separates the tones of a mix, at 16 kHz too', () => {
    const recording = mix(sine(450, -12, 400, 16000), sine(650, -20, 400, 16000));
    expect(toneLevel(recording, 450)).toBeCloseTo(-12, 1);
    expect(toneLevel(recording, 650)).toBeCloseTo(-20, 1);
    expect(residualLevel(recording, [450])).toBeCloseTo(-20, 1);
  });

  it('finds the steady level of a tone whose phase jumps, and nothing beside it', () => {
    const [first, second] = [sine(450, -12, 200), sine(450, -12, 210)];
    const samples = Int16Array.from([...first.samples, ...second.samples.subarray(9)]);
    const jumping = { sampleRate: 8000, samples };
    expect(steadyLevel(jumping, 450)).toBeCloseTo(-12, 1);
    expect(steadyLevel(jumping, 500)).toBeLessThan(-80);
    expect(toneLevel(jumping, 450)).toBeLessThan(-14);
  });

  it('calls emptiness silence', () => {
    expect(toneLevel({ sampleRate: 8000, samples: new Int16Array() }, 450)).toBe(-120);
    expect(toneLevel({ sampleRate: 8000, samples: new Int16Array(800) }, 450)).toBe(-120);
  });

  it('puts a click where it is wanted and makes the same noise again', () => {
    expect(click(10, 20).samples.findIndex((sample) => sample !== 0)).toBe(80);
    expect(noise(7, -12, 100).samples).toEqual(noise(7, -12, 100).samples);
    expect(noise(8, -12, 100).samples).not.toEqual(noise(7, -12, 100).samples);
  });
});

describe('hearing', () => {
  const both = mix(sine(450, -12, 400), sine(650, -12, 400));

  it('is content with just the wanted tones', () => {
    expect(misheard('moderator', both, { present: [450, 650], absent: [900] })).toBeUndefined();
    expectHears('moderator', sine(450, -12, 400), { present: [450], absent: [650, 900] });
  });

  it('names the listener, the frequency and the level of what is missing or leaking', () => {
    expect(() => expectHears('caller', both, { present: [650, 900], absent: [450] })).toThrow(
      /^caller misses 900 Hz and hears 450 Hz \(found: 650 Hz -12\.0 dBFS, 900 Hz -\d+\.\d dBFS, 450 Hz -12\.0 dBFS\)$/,
    );
  });

  it('takes what is 30 dB below the voices for absent, and -50 dBFS where there are none', () => {
    const faint = mix(sine(450, -12, 400), sine(900, -44, 400));
    expect(misheard('caller', faint, { present: [450], absent: [900] })).toBeUndefined();
    expect(misheard('caller', faint, { present: [], absent: [900] })).toContain('hears 900 Hz');
  });
});

describe('G.711', () => {
  it.each(['PCMU', 'PCMA'] as const)('brings every %s octet back to itself', (law) => {
    const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet);
    const back = encodeG711(law, decodeG711(law, octets));
    const negativeZero = law === 'PCMU' ? [0x7f] : [];
    expect([...octets].filter((octet) => back[octet] !== octet)).toEqual(negativeZero);
  });

  it.each(['PCMU', 'PCMA'] as const)('keeps a tone in %s 35 dB above its noise', (law) => {
    const tone = sine(1000, -12, 400);
    const samples = decodeG711(law, encodeG711(law, tone.samples));
    expect(toneLevel({ sampleRate: 8000, samples }, 1000)).toBeCloseTo(-12, 0);
    expect(residualLevel({ sampleRate: 8000, samples }, [1000])).toBeLessThan(-45);
  });

  it('has the values of the recommendation', () => {
    expect(decodeG711('PCMU', Uint8Array.of(0x00, 0x80, 0xff))).toEqual(Int16Array.of(-32124, 32124, 0));
    expect(decodeG711('PCMA', Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a))).toEqual(Int16Array.of(8, -8, 32256, -32256));
  });
});

describe('WAV files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wav-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('brings back what was written, whole and from the end', async () => {
    const path = join(folder, 'tone.wav');
    const recording = sine(450, -12, 1000, 16000);
    await writeWav(path, recording);
    expect(await readWav(path)).toEqual(recording);
    expect(await readGrowingWav(path, 100)).toEqual({ sampleRate: 16000, samples: recording.samples.slice(-1600) });
    expect((await readGrowingWav(path, 5000)).samples).toHaveLength(16000);
  });
});
