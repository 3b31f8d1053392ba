/** Which of the scheduled backups stay: some of the latest days, weeks and months. */
export interface Retention {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

export const usualRetention: Retention = { days: 7, weeks: 5, months: 12 };

const dayMs = 24 * 3_600_000;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const mondayOffset = 3;

const dayOf = (time: number): number => Math.floor(time / dayMs);
const weekOf = (time: number): number => Math.floor((dayOf(time) + mondayOffset) / 7);
function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * Which backups stay, by the times they were made at: the latest of each of the last days, weeks and months that have any. Counted by
 * the backups that there are, not by today's date, so that a clock that jumps ahead removes nothing.
 */
export function keptBackups(times: readonly number[], { days, weeks, months }: Retention): ReadonlySet<number> {
  const latestFirst = [...new Set(times)].sort((a, b) => b - a);
  return new Set([
    ...latestFirst.slice(0, 1),
    ...latestOfEach(latestFirst, dayOf, days),
    ...latestOfEach(latestFirst, weekOf, weeks),
    ...latestOfEach(latestFirst, monthOf, months),
  ]);
}

function latestOfEach(latestFirst: readonly number[], periodOf: (time: number) => number, count: number): number[] {
  const firsts = latestFirst.filter((time, index) => {
    const before = latestFirst[index - 1];
    return before === undefined || periodOf(before) !== periodOf(time);
  });
  return firsts.slice(0, count);
}

/** Whether one is due: none has been made today, or since a clock that ran ahead was put right. */
export function isBackupDue(times: readonly number[], now: number): boolean {
  const earlier = times.filter((time) => time <= now);
  return earlier.length === 0 || dayOf(Math.max(...earlier)) < dayOf(now);
}
