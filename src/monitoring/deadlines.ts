import type { Instant } from '../primitives/time.js';
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
  const deadlines = [
    ...[...sessions.values()].flatMap((session) => deadlinesOf(session, nextMinute)),
    ...noticeDeadlines(notices, sessions.values(), calls),
  ];
  return deadlines.length === 0 ? undefined : Math.min(...deadlines);
}

function deadlinesOf({ inputUntil, profile }: Session, nextMinute: Instant): readonly Instant[] {
  // Time windows begin and end on the minute.
  const window = profile.windows.length === 0 ? null : nextMinute;
  return [inputUntil, window].filter((instant) => instant !== null);
}
