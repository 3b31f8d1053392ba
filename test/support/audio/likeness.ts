import type { Recording } from './recording.js';

/** Enough for the melody of speech, and few enough samples to try every place. */
const comparedRate = 4000;

/**
 * How much a recording is like the stretch of the original that it fits best: 1 for the same, about 0 for another. Level, codec and
 * the place in the original do not matter.
 */
export function likeness(recording: Recording, original: Recording): number {
  const heard = slowed(recording);
  const whole = slowed(original);
  const energyOfHeard = energy(heard);
  if (energyOfHeard === 0) return 0;
  let best = 0;
  for (let start = 0; start + heard.length <= whole.length; start++) {
    let product = 0;
    let energyThere = 0;
    for (let index = 0; index < heard.length; index++) {
      const there = whole[start + index] ?? 0;
      product += there * (heard[index] ?? 0);
      energyThere += there * there;
    }
    if (energyThere > 0) best = Math.max(best, product / Math.sqrt(energyOfHeard * energyThere));
  }
  return best;
}

/** At the compared rate, by the mean of the samples that become one. */
function slowed({ sampleRate, samples }: Recording): Float64Array {
  const factor = sampleRate / comparedRate;
  return Float64Array.from({ length: Math.floor(samples.length / factor) }, (_, index) => {
    const part = samples.subarray(Math.floor(index * factor), Math.floor((index + 1) * factor));
    return part.reduce((sum, sample) => sum + sample, 0) / part.length;
  });
}

const energy = (samples: Float64Array): number => samples.reduce((sum, sample) => sum + sample * sample, 0);
