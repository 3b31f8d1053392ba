import type { LegId } from '../primitives/ids.js';
import type { Notices } from './party-notices.js';
import type { PinChecks } from './pin-checks.js';
import type { MonitoringPolicy } from './profile.js';
import type { QuotaUse } from './quota.js';
import type { Closure } from './records.js';
import type { Session } from './session.js';

/** The state of monitoring. */
export interface MonitoringState extends QuotaUse {
  readonly policy: MonitoringPolicy;
  /** In the order in which the moderators dialled in. */
  readonly sessions: ReadonlyMap<LegId, Session>;
  readonly notices: Notices;
  readonly pinChecks: PinChecks;
  readonly closures: ReadonlySet<Closure>;
  readonly nextSession: number;
}

/** Begins a dialogue, in the language of whose telephone it is. */
export function beginSession(
  state: MonitoringState,
  begun: Omit<Session, 'serial' | 'purpose' | 'language' | 'pinMark' | 'speech' | 'speeches' | 'inputUntil'>,
): MonitoringState {
  const { policy, nextSession: serial } = state;
  const own = begun.line.kind === 'extension' ? policy.persons.get(begun.line.number) : undefined;
  const language = own?.language ?? policy.language;
  const session: Session = {
    ...begun,
    serial,
    purpose: null,
    language,
    pinMark: null,
    speech: null,
    speeches: 0,
    inputUntil: null,
  };
  return { ...state, sessions: new Map(state.sessions).set(begun.leg, session), nextSession: serial + 1 };
}
