import type { LocalTime } from '../monitoring/profile.js';
import { minuteOf, monthOf, weekdayOf } from '../primitives/calendar.js';
import type { Instant, UnixTime, WallState } from '../primitives/time.js';
import { wallState } from '../primitives/time.js';
import type { Clock } from './world.js';

/** The two clocks that a box has. */
export interface ClockSources {
  /** The wall clock, which may be wrong, and may be set at any time. */
  wall(): UnixTime;
  /** Milliseconds of a clock that runs evenly and cannot be set. */
  uptimeMs(): number;
}

/** The calendar time, and how far it can be trusted. */
export interface WallReading {
  readonly time: UnixTime;
  readonly state: WallState;
}

const minuteMs = 60_000;

const systemClocks: ClockSources = { wall: () => Date.now(), uptimeMs: () => performance.now() };

/** The box's clocks as values for the rules: a steady one for durations, and the calendar for time windows and months. */
export class BoxClock {
  readonly #sources: ClockSources;
  /** The latest time that the box remembered when it started; null when it remembered none. */
  readonly known: UnixTime | null;
  readonly #startedAt: UnixTime;
  readonly #startedUptime: number;
  /** The latest time that was right since the start, as far as the box can tell, and when that was; null when there was none. */
  #good: { readonly time: UnixTime; readonly uptimeMs: number } | null = null;

  /** @param known The latest time that the box remembers; null when it remembers none. */
  constructor(known: UnixTime | null, sources = systemClocks) {
    this.#sources = sources;
    this.known = known;
    this.#startedAt = sources.wall();
    this.#startedUptime = sources.uptimeMs();
  }

  /** Starts near wall time, so that times kept by an earlier start can be converted; from then on it runs steadily. */
  get now(): Instant {
    return this.#startedAt + this.#elapsedMs;
  }

  /** Without a set clock, the time is the latest good one plus the time since then: the record goes on in its order. */
  get wall(): WallReading {
    const time = this.#sources.wall();
    const uptimeMs = this.#sources.uptimeMs();
    const known = this.known === null ? null : this.known + this.#elapsedMs;
    const good = this.#good === null ? known : this.#good.time + uptimeMs - this.#good.uptimeMs;
    const latest = good === null || known === null ? good : Math.max(good, known);
    const state = wallState(time, latest) === 'notSet' ? 'notSet' : wallState(time, known);
    if (state === 'set') this.#good = { time, uptimeMs };
    return { state, time: state === 'notSet' && latest !== null ? latest : time };
  }

  read(): Clock {
    const { now, wall } = this;
    return { now, local: localTime(wall), nextMinute: now + minuteMs - (wall.time % minuteMs) };
  }

  get #elapsedMs(): number {
    return this.#sources.uptimeMs() - this.#startedUptime;
  }
}

/** While the time is unknown, the weekday is 0, which no time window includes. */
function localTime({ time, state }: WallReading): LocalTime {
  return {
    weekday: state === 'notSet' ? 0 : weekdayOf(time),
    minute: minuteOf(time),
    month: monthOf(time),
    time: state === 'set' ? time : null,
  };
}
