import { earliest, type Instant } from '../primitives/time.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { noticeDeadlines } from './party-notices.js';
import type { MonitoringPolicy } from './profile.js';
import type { Session } from './session.js';
import type { MonitoringState } from './state.js';

/** When the next deadline passes, with the calls as they are now; undefined when nothing is due. */
export function nextDeadline(
  { sessions, notices, policy }: MonitoringState,
  calls: TalkingCalls,
  nextMinute: Instant,
): Instant | undefined {
  return earliest([
    ...[...sessions.values()].map((session) => deadlineOf(session, policy, nextMinute)),
    ...noticeDeadlines(notices, sessions.values(), calls),
  ]);
}

function deadlineOf(
  { inputUntil, profile }: Session,
  { agreement }: MonitoringPolicy,
  nextMinute: Instant,
): Instant | null {
  // Time windows and announced periods begin and end on the minute.
  const isByTheClock = profile.windows.length > 0 || (agreement !== null && agreement.document.periods !== null);
  if (!isByTheClock) return inputUntil;
  return inputUntil === null || nextMinute < inputUntil ? nextMinute : inputUntil;
}
