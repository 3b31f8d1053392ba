/** A distribution in a few numbers. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** undefined when there is nothing to sum up. */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  return { count: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: quantile(sorted, 1) };
}

/** The same as `p50` of the summary: of an even number of values the lower one of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return summarise(values)?.p50 ?? Number.NaN;
}

/** Nearest-rank quantile (0 to 1) of sorted values, which must not be empty. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
