import type { LocalTime } from '../monitoring/profile.js';
import type { Instant, UnixTime, WallState } from '../primitives/time.js';
import { wallState } from '../primitives/time.js';
import type { Clock } from './world.js';

/** The two clocks that a box has. */
export interface ClockSources {
  /** The clock on the wall, which can be set, and is wrong where nobody has. */
  wall(): UnixTime;
  /** Milliseconds that pass evenly, by a clock that nobody can set. */
  uptimeMs(): number;
}

/** What the calendar says and what that is worth. */
export interface WallReading {
  readonly time: UnixTime;
  readonly state: WallState;
}

const minuteMs = 60_000;

const systemClocks: ClockSources = { wall: () => Date.now(), uptimeMs: () => performance.now() };

/** The clock of the box, as values for the rules: a running one for durations, and the calendar for time windows and months. */
export class BoxClock {
  readonly #sources: ClockSources;
  /** The latest time that the box remembered when it started; null when it remembered none. */
  readonly known: UnixTime | null;
  readonly #startedAt: UnixTime;
  readonly #startedUptime: number;

  /** @param known The latest time that the box remembers; null when it remembers none. */
  constructor(known: UnixTime | null, sources = systemClocks) {
    this.#sources = sources;
    this.known = known;
    this.#startedAt = sources.wall();
    this.#startedUptime = sources.uptimeMs();
  }

  /** Begins near the clock on the wall, so that what an earlier start has kept can be moved over; from then on it only runs. */
  get now(): Instant {
    return this.#startedAt + this.#elapsedMs;
  }

  /** A clock that is not set is worth nothing: then it is as late as is known, and as long as the box has run. */
  get wall(): WallReading {
    const wall = this.#sources.wall();
    const known = this.known === null ? null : this.known + this.#elapsedMs;
    const state = wallState(wall, known);
    return { state, time: state === 'notSet' && known !== null ? known : wall };
  }

  read(): Clock {
    const { now, wall } = this;
    return { now, local: localTime(wall), nextMinute: now + minuteMs - (wall.time % minuteMs) };
  }

  get #elapsedMs(): number {
    return this.#sources.uptimeMs() - this.#startedUptime;
  }
}

/** No time window includes weekday 0: while the time is not known, it is outside all of them. */
function localTime({ time, state }: WallReading): LocalTime {
  const date = new Date(time);
  const weekday = date.getDay() === 0 ? 7 : date.getDay();
  return {
    weekday: state === 'notSet' ? 0 : weekday,
    minute: date.getHours() * 60 + date.getMinutes(),
    month: `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`,
  };
}
