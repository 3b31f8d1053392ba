import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import type { Stamp } from '../store/audit/audit-entry.js';

/** The time as the audit record has it: where the clock is not right, it says so. */
export function stampBy(clock: BoxClock): Stamp {
  const { time, state } = clock.wall;
  const text = new Date(time).toISOString();
  return state === 'set' ? { time: text } : { time: text, clock: state };
}

/** Once, at the start: a clock that is wrong is seen in every entry of the record. */
export function sayWhetherClockIsSet(clock: BoxClock, log: Log): void {
  const { time, state } = clock.wall;
  if (state === 'set') return;
  const fields = { code: state === 'notSet' ? 'clockNotSet' : 'clockBehind', assumed: new Date(time).toISOString() };
  log.warn(
    fields,
    'the clock is not right: quotas go on, time windows stay closed while there is no time at all; check the network time (timedatectl)',
  );
}
