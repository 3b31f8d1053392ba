import { isLockedOut, turnedAway } from './dialogue.js';
import { drawsReviewed } from './draws.js';
import { helpsReviewed } from './help.js';
import { notifiedRecorded } from './notice-record.js';
import { after, type MonitoringContext, type MonitoringOutcome, onEverySession, onSession } from './on-session.js';
import { intervalsAdded, noticesAdvanced } from './party-notices.js';
import { periodWordsReviewed } from './period-words.js';
import { checkBegun, nextInTurn } from './pin-checks.js';
import { reviewed } from './review.js';
import type { MonitoringState } from './state.js';

/** Brings all monitors in line with the calls after an event. */
export function review(state: MonitoringState, around: MonitoringContext): MonitoringOutcome {
  const { calls, inTransfer } = around;
  const countedCalls = state.countedCalls.filter(({ leg }) => calls.byLeg.has(leg) || inTransfer.has(leg));
  const step = onEverySession({ ...state, countedCalls }, around, reviewed);
  const periodWords = periodWordsReviewed(state.periodWords, state.policy, around);
  const helped = { ...helpsReviewed(step.state, around), periodWords };
  const { sessions } = helped;
  const owed =
    sessions === state.sessions
      ? helped.notices
      : intervalsAdded(helped.notices, state.sessions.values(), sessions.values(), calls);
  const notices = noticesAdvanced(owed, around.now, sessions.values(), calls);
  const { draws, facts } = drawsReviewed(step.state.draws, around);
  const told = after(
    { ...step, facts: [...step.facts, ...facts] },
    onEverySession({ ...helped, draws, notices }, around, (_, draft) => notifiedRecorded(draft, notices, calls)),
  );
  return checksBegun(told, around);
}

/** Starts the next PIN check once the previous one is done. A caller locked out meanwhile is turned away without one. */
function checksBegun(step: MonitoringOutcome, around: MonitoringContext): MonitoringOutcome {
  const { state } = step;
  const session = state.pinChecks.running === null ? nextInTurn(state.pinChecks, state.sessions.values()) : undefined;
  if (!session) return step;
  const { policy, records } = state;
  if (!isLockedOut({ policy, now: around.now }, { session, records }))
    return { ...step, state: { ...state, pinChecks: checkBegun(state.pinChecks, session, policy.persons) } };
  const turned = onSession(state, session.leg, around, (_, draft) => turnedAway(draft, 'lockedOut'));
  return checksBegun(after(step, turned), around);
}
