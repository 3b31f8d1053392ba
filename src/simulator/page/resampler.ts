/** How many zero crossings of the sinc count on each side. */
const lobes = 8;
/** Entries of the table between two zero crossings. */
const resolution = 256;

/** A sinc under a Hann window, from its middle outwards. */
const kernel = Float32Array.from({ length: lobes * resolution + 1 }, (_, index) => {
  const x = index / resolution;
  if (x === 0) return 1;
  return (Math.sin(Math.PI * x) / (Math.PI * x)) * (0.5 + 0.5 * Math.cos((Math.PI * x) / lobes));
});

/** Resamples a stream, without the frequencies that the lower rate cannot carry. */
export class Resampler {
  /** Samples of the input per sample of the output. */
  readonly #step: number;
  /** How much of the kernel one sample of the input spans: less than 1 if the output's rate is the lower one. */
  readonly #cutoff: number;
  /** Samples of the input on each side that count. */
  readonly #reach: number;
  #input: Float32Array = new Float32Array(0);
  /** The position of the next output sample in the input. */
  #position: number;

  constructor(inputRate: number, outputRate: number) {
    this.#step = inputRate / outputRate;
    this.#cutoff = Math.min(1, outputRate / inputRate);
    this.#reach = Math.ceil(lobes / this.#cutoff);
    this.#position = this.#reach;
  }

  /** Samples of the input that are still ahead. */
  get waiting(): number {
    return this.#input.length - this.#position;
  }

  write(samples: Float32Array): void {
    const passed = Math.max(0, Math.floor(this.#position) - this.#reach);
    const kept = this.#input.subarray(passed);
    const joined = new Float32Array(kept.length + samples.length);
    joined.set(kept);
    joined.set(samples, kept.length);
    this.#input = joined;
    this.#position -= passed;
  }

  /** Skips samples of the input. */
  skip(samples: number): void {
    this.#position += samples;
  }

  /** The next sample of the output; undefined until there is enough input. */
  read(): number | undefined {
    const first = Math.ceil(this.#position) - this.#reach;
    const last = Math.floor(this.#position) + this.#reach;
    if (last >= this.#input.length) return undefined;
    let sum = 0;
    for (let index = first; index <= last; index++) {
      const distance = Math.abs(index - this.#position) * this.#cutoff * resolution;
      sum += (this.#input[index] ?? 0) * (kernel[Math.round(distance)] ?? 0);
    }
    this.#position += this.#step;
    return sum * this.#cutoff;
  }
}
