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
export type PeriodRefusal = 'periodTooSoon' | 'periodTooLong' | 'periodEmpty' | 'periodTooClose';

/** What is to be announced, at that time. */
export type NewPeriod = Omit<Period, 'id'>;

/**
 * Whether a period may be announced beside the earlier ones; undefined means yes. What has begun, or is over, was never announced in time.
 * @param earlier those that were announced before it, also such as are over.
 */
export function periodRefusal(
  rule: PeriodRule,
  period: NewPeriod,
  earlier: readonly Period[],
): PeriodRefusal | undefined {
  const { from, to, announced } = period;
  if (to <= from) return 'periodEmpty';
  if (from - announced < rule.daysAhead * dayMs) return 'periodTooSoon';
  if (to - from > rule.mostDays * dayMs) return 'periodTooLong';
  return tooCloseFor(rule, period, earlier) === undefined ? undefined : 'periodTooClose';
}

/**
 * The first of the members to whom another period of theirs is too close, before or after. One period after another without a gap would be
 * a single one that never ends.
 */
export function tooCloseFor(
  { gapDays }: PeriodRule,
  { members, from, to }: NewPeriod,
  earlier: readonly Period[],
): ExtensionNumber | undefined {
  const gap = gapDays * dayMs;
  const close = earlier.filter((other) => from < other.to + gap && other.from < to + gap);
  return members.find((member) => close.some((other) => other.members.includes(member)));
}

/** Whether a period still matters: it is not over, or the next one has to keep its distance from it. */
export const isRemembered = ({ gapDays }: PeriodRule, { to }: Pick<Period, 'to'>, now: UnixTime): boolean =>
  to + gapDays * dayMs > now;

/** The period as it is once it is withdrawn: what of it has passed was one. Null where nothing has. */
export const withdrawnAt = (period: Period, now: UnixTime): Period | null =>
  period.from < now ? { ...period, to: Math.min(period.to, now) } : null;

/** Whether the member may be listened to at this time. A period that the present rule would not have let be announced opens nothing. */
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
      periodRefusal(rule, { ...period, members: [member] }, announcedBefore(periods, period)) === undefined,
  );
}

const announcedBefore = (periods: readonly Period[], { id }: Period): readonly Period[] =>
  periods.filter((other) => other.id < id);
