import { language } from '../texts.js';

/** How long something lasts, such as 1:02:03 or 4:05. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The same of a number of seconds; a dash where it is not known. */
export const secondsText = (seconds: number | null): string => (seconds === null ? '–' : durationText(seconds * 1000));

const locale = (): string => (language.value === 'de' ? 'de-DE' : 'en-GB');

/** The time of day, with the day where it is not today. */
export function momentText(iso: string, now = Date.now()): string {
  const moment = new Date(iso);
  const isToday = moment.toDateString() === new Date(now).toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return moment.toLocaleString(locale(), { ...day, hour: '2-digit', minute: '2-digit' });
}

/** A day, such as 3 May 2027. */
export const dayText = (iso: string): string => new Date(iso).toLocaleDateString(locale(), { dateStyle: 'medium' });

/** A month, such as May 2027. @param month `2027-05` */
export const monthText = (month: string): string =>
  new Date(`${month}-01T00:00`).toLocaleDateString(locale(), { month: 'long', year: 'numeric' });

/** Day and time, such as 3 May 2027, 14:05. */
export const datedText = (iso: string): string =>
  new Date(iso).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
