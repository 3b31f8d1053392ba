/** A stretch of mono audio. */
export interface Recording {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Linear, full scale is 32767. */
  readonly samples: Int16Array;
}

export function durationMs({ sampleRate, samples }: Recording): number {
  return (samples.length / sampleRate) * 1000;
}
