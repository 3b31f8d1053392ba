/** One thing that is measured, in the terms of Prometheus. */
export interface Metric {
  /** Without the prefix of the product: `calls_active`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Whether the box does what it should; details are for those who have signed in. */
export type Health = 'ok' | 'degraded';
