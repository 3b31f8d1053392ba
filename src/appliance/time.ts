import { BoxClock } from '../gateway/clock.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import type { Stamp } from '../store/audit/audit-entry.js';
import { lastRecordedTime } from '../store/audit/audit-tail.js';

/** The clocks of the box. Telephony does not wait for a record that cannot be read: whether the clock is behind is unknown then. */
export async function openClock(folder: string, log: Log): Promise<BoxClock> {
  const known = await lastRecordedTime(folder).catch((error: unknown) => {
    log.error({ error }, 'the audit record does not tell when the box ran last: a clock that is behind is not noticed');
    return null;
  });
  const clock = new BoxClock(known);
  sayWhetherClockIsSet(clock, log);
  return clock;
}

/** The time for the audit record, which says if the clock is not right. */
export function stampBy(clock: BoxClock): Stamp {
  const { time, state } = clock.wall;
  const text = new Date(time).toISOString();
  return state === 'set' ? { time: text } : { time: text, clock: state };
}

/** Once, at the start: every entry of the record shows a wrong clock. */
function sayWhetherClockIsSet(clock: BoxClock, log: Log): void {
  const { time, state } = clock.wall;
  if (state === 'set') return;
  const code = state === 'notSet' ? 'clockNotSet' : 'clockBehind';
  const advice: Message = { code: 'advice.clock' };
  log.warn(
    { code, assumed: new Date(time).toISOString(), advice },
    'the clock is not right: quotas go on, time windows stay closed while there is no time at all',
  );
}
