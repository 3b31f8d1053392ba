import type { Recording } from './recording.js';

/** Of mixed audio much, of chance never. */
const alike = 0.4;

/**
 * Where the pattern begins in the recording, each time it does, in milliseconds. Its level does not matter, nor what else is heard.
 * It takes a while, in which nothing else is done.
 */
export function placesOf({ sampleRate, samples }: Recording, pattern: Int16Array): readonly number[] {
  const likeness = likenessAt(samples, pattern);
  const places: number[] = [];
  for (let start = 0; start < likeness.length; ) {
    const near = likeness.subarray(start, start + pattern.length);
    const best = near.indexOf(Math.max(...near));
    const isPeak = (near[best] ?? 0) > alike && best < near.length - 1;
    if (isPeak) places.push(((start + best) * 1000) / sampleRate);
    start += isPeak ? best + pattern.length : Math.max(1, best);
  }
  return places;
}

/** How much the stretch that begins at each sample is like the pattern: 1 for the same, about 0 for another. */
function likenessAt(samples: Int16Array, pattern: Int16Array): Float64Array {
  const likeness = new Float64Array(Math.max(0, samples.length - pattern.length));
  const energyOfPattern = pattern.reduce((sum, sample) => sum + sample * sample, 0);
  for (let start = 0; start < likeness.length; start++) {
    let product = 0;
    let energy = 1;
    for (let index = 0; index < pattern.length; index++) {
      const sample = samples[start + index] ?? 0;
      product += sample * (pattern[index] ?? 0);
      energy += sample * sample;
    }
    likeness[start] = product / Math.sqrt(energyOfPattern * energy);
  }
  return likeness;
}
