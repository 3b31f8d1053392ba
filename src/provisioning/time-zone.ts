/** A day of the year on which clocks change: the `week`th such weekday of the month, 5 for the last, and the hour by the clock until then. */
export interface ClockChange {
  readonly month: number;
  readonly week: number;
  /** From 0 for Sunday to 6 for Saturday. */
  readonly weekday: number;
  readonly hour: number;
}

export interface TimeZone {
  /** As POSIX writes it (IEEE 1003.1, 8.3): `CET-1CEST,M3.5.0,M10.5.0/3`. */
  readonly posix: string;
  /** How far the clocks of winter are ahead of UTC. */
  readonly offsetMinutes: number;
  /** Null where the clocks never change. */
  readonly saving: { readonly begins: ClockChange; readonly ends: ClockChange } | null;
}

const name = '(?:[A-Za-z]{3,6}|<[A-Za-z0-9+-]{3,8}>)';
const offset = String.raw`([+-]?)(\d{1,2})(?::(\d{2}))?`;
const change = String.raw`,M(\d{1,2})\.([1-5])\.([0-6])(?:/(\d{1,2}))?`;
const whole = new RegExp(`^${name}${offset}(?:${name}(?:${offset})?${change}${change})?$`);
/** POSIX changes clocks at two where nothing else is said. */
const usualHour = '2';

/** Reads a time zone; null for one with rules that phones cannot follow. */
export function timeZoneOf(posix: string): TimeZone | null {
  const [, sign = '', hours, minutes = '0', , , , ...changes] = whole.exec(posix) ?? [];
  if (hours === undefined) return null;
  // POSIX counts towards the west.
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? 1 : -1);
  const [begins, ends] = [changeOf(changes.slice(0, 4)), changeOf(changes.slice(4, 8))];
  return { posix, offsetMinutes: ahead === 0 ? 0 : ahead, saving: begins && ends ? { begins, ends } : null };
}

function changeOf([month, week, weekday, hour = usualHour]: readonly (string | undefined)[]): ClockChange | null {
  return month === undefined
    ? null
    : { month: Number(month), week: Number(week), weekday: Number(weekday), hour: Number(hour) };
}

/** From 1 for Monday to 7 for Sunday, as most phones count. */
export const fromMonday = ({ weekday }: ClockChange): number => (weekday === 0 ? 7 : weekday);
