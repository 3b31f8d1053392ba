import type { ExtensionNumber } from '../primitives/ids.js';
import type { UnixTime } from '../primitives/time.js';
import type { PeriodRule } from './document.js';

/** A time in which members may be listened to, as it was announced to them. It closes by itself. */
export interface Period {
  readonly id: number;
  readonly members: readonly ExtensionNumber[];
  readonly from: UnixTime;
  /** Not part of it any more. */
  readonly to: UnixTime;
  /** When it was announced, by the clock of the box. */
  readonly announced: UnixTime;
}

const dayMs = 24 * 3_600_000;

/** Why a period cannot be announced as it is wanted. */
export type PeriodRefusal = 'periodTooSoon' | 'periodTooLong' | 'periodEmpty';

/** Whether a period may be announced at that time; undefined means yes. What has begun, or is over, was never announced in time. */
export function periodRefusal(
  { daysAhead, mostDays }: PeriodRule,
  { from, to, announced }: Pick<Period, 'from' | 'to' | 'announced'>,
): PeriodRefusal | undefined {
  if (to <= from) return 'periodEmpty';
  if (from - announced < daysAhead * dayMs) return 'periodTooSoon';
  return to - from > mostDays * dayMs ? 'periodTooLong' : undefined;
}

/** Whether the member may be listened to at this time. One that the present rule would not have let be announced opens nothing. */
export function isAnnounced(
  rule: PeriodRule,
  periods: readonly Period[],
  member: ExtensionNumber,
  time: UnixTime,
): boolean {
  return periods.some(
    (period) =>
      time >= period.from &&
      time < period.to &&
      period.members.includes(member) &&
      periodRefusal(rule, period) === undefined,
  );
}
