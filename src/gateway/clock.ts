import type { Clock } from './world.js';

/** The wall clock and the local calendar of the box, as values for the rules. */
export function readClock(date = new Date()): Clock {
  return {
    now: date.getTime(),
    local: {
      weekday: date.getDay() === 0 ? 7 : date.getDay(),
      minute: date.getHours() * 60 + date.getMinutes(),
      month: `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`,
    },
  };
}
