export const sampleRate = 8000;
export const samplesPerFrame = 160;

/** Makes a mix of sines, frame after frame, without a click in between. */
export class Oscillator {
  #frequencies: readonly number[] = [];
  #amplitude = 0;
  #sample = 0;

  /** Frequencies in Hz; none for silence. The level is that of each of them, relative to a full-scale sine. */
  set(frequencies: readonly number[], dbfs = -16): void {
    this.#frequencies = frequencies;
    this.#amplitude = 32767 * 10 ** (dbfs / 20);
  }

  addTo(frame: Int16Array): void {
    for (const frequency of this.#frequencies) {
      const step = (2 * Math.PI * frequency) / sampleRate;
      frame.forEach((sample, index) => {
        frame[index] = clip(sample + this.#amplitude * Math.sin(step * (this.#sample + index)));
      });
    }
    this.#sample = (this.#sample + frame.length) % (sampleRate * 1000);
  }
}

export function clip(sample: number): number {
  return Math.max(-32768, Math.min(32767, Math.round(sample)));
}
