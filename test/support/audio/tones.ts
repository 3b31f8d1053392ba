import type { Recording } from './recording.js';

/** Level that stands for "nothing at all". */
export const silenceDbfs = -120;

const fullScale = 32767;

/** Level of one frequency, where a full-scale sine has 0 dBFS. Exact for multiples of 50 Hz, as whole 20 ms are used. */
export function toneLevel(recording: Recording, frequency: number): number {
  const samples = wholeFrames(recording);
  if (samples.length === 0) return silenceDbfs;
  const { cosine, sine } = correlate(samples, frequency / recording.sampleRate);
  return dbfs((2 * Math.hypot(cosine, sine)) / samples.length);
}

/**
 * Level that a frequency has for most of the time: the median over frames of 20 ms. A jitter buffer that leaves out or repeats a frame
 * breaks the phase of a tone, which would smear its level over the neighbours and hardly leave it where it belongs.
 */
export function steadyLevel({ sampleRate, samples }: Recording, frequency: number): number {
  const frame = sampleRate / 50;
  const levels = Array.from({ length: Math.floor(samples.length / frame) }, (_, index) =>
    toneLevel({ sampleRate, samples: samples.subarray(index * frame, (index + 1) * frame) }, frequency),
  ).sort((a, b) => a - b);
  return levels[Math.floor(levels.length / 2)] ?? silenceDbfs;
}

/** Level of everything together, where a full-scale sine has 0 dBFS. */
export function totalLevel({ samples }: Recording): number {
  return samples.length === 0 ? silenceDbfs : dbfs(Math.sqrt((2 * energy(samples)) / samples.length));
}

/** Level of what remains when the given frequencies are taken out. */
export function residualLevel(recording: Recording, frequencies: readonly number[]): number {
  const samples = wholeFrames(recording);
  if (samples.length === 0) return silenceDbfs;
  const tones = frequencies.reduce((sum, frequency) => {
    const { cosine, sine } = correlate(samples, frequency / recording.sampleRate);
    return sum + (2 * (cosine ** 2 + sine ** 2)) / samples.length;
  }, 0);
  return dbfs(Math.sqrt((2 * Math.max(0, energy(samples) - tones)) / samples.length));
}

/** A steady sine that begins at zero. */
export function sine(frequency: number, levelDbfs: number, ms: number, sampleRate = 8000): Recording {
  const amplitude = fullScale * 10 ** (levelDbfs / 20);
  const step = (2 * Math.PI * frequency) / sampleRate;
  const samples = Int16Array.from({ length: Math.round((ms * sampleRate) / 1000) }, (_, index) =>
    Math.round(amplitude * Math.sin(step * index)),
  );
  return { sampleRate, samples };
}

/** One full-scale sample after `atMs` of silence. */
export function click(atMs: number, ms: number, sampleRate = 8000): Recording {
  const samples = new Int16Array(Math.round((ms * sampleRate) / 1000));
  samples[Math.round((atMs * sampleRate) / 1000)] = fullScale;
  return { sampleRate, samples };
}

/** Noise that is the same for the same seed and practically never repeats, so that each frame of it is recognisable. */
export function noise(seed: number, levelDbfs: number, ms: number, sampleRate = 8000): Recording {
  const peak = fullScale * 10 ** (levelDbfs / 20);
  let state = seed >>> 0;
  const samples = Int16Array.from({ length: Math.round((ms * sampleRate) / 1000) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round(peak * (state / 2 ** 31 - 1));
  });
  return { sampleRate, samples };
}

function wholeFrames({ sampleRate, samples }: Recording): Int16Array {
  const frame = sampleRate / 50;
  return samples.subarray(0, samples.length - (samples.length % frame));
}

function correlate(samples: Int16Array, cyclesPerSample: number): { cosine: number; sine: number } {
  const step = 2 * Math.PI * cyclesPerSample;
  const coefficient = 2 * Math.cos(step);
  let previous = 0;
  let beforePrevious = 0;
  for (const sample of samples) {
    const next = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = next;
  }
  return { cosine: previous - beforePrevious * Math.cos(step), sine: beforePrevious * Math.sin(step) };
}

function energy(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

function dbfs(amplitude: number): number {
  return Math.max(silenceDbfs, 20 * Math.log10(Math.max(amplitude, Number.MIN_VALUE) / fullScale));
}
