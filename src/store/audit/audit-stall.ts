import type { BoxFact, RecordedFact, Stamp } from './audit-entry.js';

/** A fact that is written after the moment that it tells of. */
export interface LateFact {
  readonly fact: RecordedFact;
  readonly stamp: Stamp;
}

/** What could not be written to disk. */
export interface Stall {
  readonly since: string;
  readonly late: readonly LateFact[];
  /** Facts beyond the limit, which are lost. */
  readonly lost: number;
}

/** Facts kept in memory while the disk takes none. Monitoring is closed then, so that they are mostly refusals. */
export const mostLate = 2000;

/** A stall to which more facts have come, of which some were lost before. */
export function grown({ since, late, lost }: Stall, more: readonly LateFact[], moreLost = 0): Stall {
  const all = [...late, ...more.map(({ fact, stamp }) => ({ fact, stamp }))];
  return { since, late: all.slice(0, mostLate), lost: lost + moreLost + Math.max(0, all.length - mostLate) };
}

/** Records that the entries before it were written late, and whether any are missing. */
export const resumption = ({ since, late, lost }: Stall): BoxFact => ({
  type: 'recordResumed',
  since,
  late: late.length,
  lost,
});
