const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A moment in the local time of this box, with the offset from UTC: `2026-11-29 14:05:23 +01:00`. */
export function localTime(isoTime: string): string {
  const time = new Date(isoTime);
  const ahead = -time.getTimezoneOffset();
  const minutes = Math.abs(ahead);
  const day = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  const zone = `${ahead < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${day} ${clock} ${zone}`;
}
