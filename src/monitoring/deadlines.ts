import { earliest, type Instant } from '../primitives/time.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { noticeDeadlines } from './party-notices.js';
import type { Session } from './session.js';
import type { MonitoringState } from './state.js';

/** When the next deadline passes, with the calls as they are now; undefined when nothing is due. */
export function nextDeadline(
  { sessions, notices }: MonitoringState,
  calls: TalkingCalls,
  nextMinute: Instant,
): Instant | undefined {
  return earliest([
    ...[...sessions.values()].map((session) => deadlineOf(session, nextMinute)),
    ...noticeDeadlines(notices, sessions.values(), calls),
  ]);
}

function deadlineOf({ inputUntil, profile }: Session, nextMinute: Instant): Instant | null {
  // Time windows begin and end on the minute.
  if (profile.windows.length === 0) return inputUntil;
  return inputUntil === null || nextMinute < inputUntil ? nextMinute : inputUntil;
}
