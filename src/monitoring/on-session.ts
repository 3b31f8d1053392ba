import type { LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { MonitoringRequest } from '../switchboard/events.js';
import type { Protections } from '../switchboard/protection.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import type { LocalTime, MonitoringPolicy, Profile } from './profile.js';
import type { AuditFact } from './records.js';
import type { Draft, SessionContext } from './session.js';
import type { MonitoringState } from './state.js';

/** What monitoring needs to know besides its own state at the moment of an event. */
export interface MonitoringContext {
  readonly calls: TalkingCalls;
  /** Legs of transferees and transferors who wait for the target to answer. */
  readonly inTransfer: ReadonlySet<LegId>;
  readonly protections: Protections;
  readonly local: LocalTime;
  readonly now: Instant;
}

export interface MonitoringOutcome {
  readonly state: MonitoringState;
  readonly facts: readonly AuditFact[];
  readonly requests: readonly MonitoringRequest[];
}

export const unchanged = (state: MonitoringState): MonitoringOutcome => ({ state, facts: [], requests: [] });

/** What an event makes of one session. */
type Rule = (context: SessionContext, draft: Draft) => Draft;

/** Lets a rule handle an event for the session of a leg, if there is one. */
export function onSession(
  state: MonitoringState,
  leg: LegId,
  around: MonitoringContext,
  rule: Rule,
): MonitoringOutcome {
  return handled(state, leg, contextIn(state, around), rule);
}

/** What the rules of a session need, from all that is there. */
export const contextIn = (
  { policy, closures, sessions }: MonitoringState,
  around: MonitoringContext,
): SessionContext => ({
  policy,
  closures,
  sessions,
  ...around,
});

function handled(state: MonitoringState, leg: LegId, context: SessionContext, rule: Rule): MonitoringOutcome {
  const found = state.sessions.get(leg);
  if (!found) return unchanged(state);
  const profile = presentProfile(state.policy, found.profile);
  const session = profile === found.profile ? found : { ...found, profile };
  const { records, countedCalls, draws } = state;
  const draft: Draft = { session, records, countedCalls, draws, facts: [], requests: [] };
  const done = rule(context, draft);
  if (done === draft && session === found) return unchanged(state);
  const sessions = new Map(state.sessions);
  if (done.session.stage.kind === 'gone') sessions.delete(leg);
  else sessions.set(leg, done.session);
  return {
    state: { ...state, sessions, records: done.records, countedCalls: done.countedCalls, draws: done.draws },
    facts: done.facts,
    requests: done.requests,
  };
}

/** The profile as currently set; a removed one is off. */
const presentProfile = ({ profiles }: MonitoringPolicy, profile: Profile): Profile =>
  profiles.get(profile.id) ?? { ...profile, enabled: false };

/** Lets a rule handle an event for each session in turn, in the order in which the moderators dialled in. */
export function onEverySession(state: MonitoringState, around: MonitoringContext, rule: Rule): MonitoringOutcome {
  let step = unchanged(state);
  let context = contextIn(state, around);
  for (const leg of state.sessions.keys()) {
    const next = handled(step.state, leg, context, rule);
    // Most events concern few of the sessions.
    if (next.state === step.state) continue;
    step = after(step, next);
    context = contextIn(step.state, around);
  }
  return step;
}

/** Lets a rule handle an event for the session with this serial, if there is one. */
export const onSerial = (
  state: MonitoringState,
  serial: number,
  around: MonitoringContext,
  rule: Rule,
): MonitoringOutcome =>
  onEverySession(state, around, (context, draft) => (draft.session.serial === serial ? rule(context, draft) : draft));

/** Two outcomes in a row, as one. */
export const after = (step: MonitoringOutcome, next: MonitoringOutcome): MonitoringOutcome => ({
  state: next.state,
  facts: [...step.facts, ...next.facts],
  requests: [...step.requests, ...next.requests],
});
