import { earliest, type Instant } from '../primitives/time.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { askerIn } from './admission.js';
import { starDeadlines } from './admission-answers.js';
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
    ...[...sessions.values()].flatMap((session) => deadlinesOf(session, policy, nextMinute)),
    ...noticeDeadlines(notices, sessions.values(), calls),
  ]);
}

function deadlinesOf(
  session: Session,
  { agreement }: MonitoringPolicy,
  nextMinute: Instant,
): readonly (Instant | null)[] {
  const { inputUntil, profile } = session;
  // Time windows and announced periods begin and end on the minute.
  const isByTheClock = profile.windows.length > 0 || (agreement !== null && agreement.document.periods !== null);
  return [
    inputUntil,
    askerIn(session)?.asking.until ?? null,
    ...starDeadlines(session),
    isByTheClock ? nextMinute : null,
  ];
}
