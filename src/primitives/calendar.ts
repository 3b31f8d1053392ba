import type { UnixTime } from './time.js';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The month by the calendar of the place, as quotas are counted by it: `2026-11`. */
export function monthOf(time: UnixTime): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}`;
}

/** How a month of the calendar is written, such as `2026-11`. */
export const monthForm = /^\d{4}-(?:0[1-9]|1[0-2])$/;

/** When a month begins by the calendar of the place, or one so many months later. */
export function monthStart(month: string, later: number): UnixTime {
  const [year, number] = month.split('-').map(Number);
  return new Date(year ?? 0, (number ?? 1) - 1 + later, 1).getTime();
}

/** From 1 for Monday to 7 for Sunday, by the calendar of the place. */
export function weekdayOf(time: UnixTime): number {
  return new Date(time).getDay() || 7;
}

/** Minutes since midnight, by the clock of the place. */
export function minuteOf(time: UnixTime): number {
  const date = new Date(time);
  return date.getHours() * 60 + date.getMinutes();
}

/** A moment as people of the place read it, with the offset from UTC: `2026-11-29 14:05:23 +01:00`. */
export function momentText(time: UnixTime): string {
  const date = new Date(time);
  const ahead = -date.getTimezoneOffset();
  const minutes = Math.abs(ahead);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  const zone = `${ahead < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${monthOf(time)}-${twoDigits(date.getDate())} ${clock} ${zone}`;
}
