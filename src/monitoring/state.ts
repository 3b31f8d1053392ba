import type { LegId } from '../primitives/ids.js';
import type { KeptDraw } from './drawn-call.js';
import type { Notices } from './party-notices.js';
import type { PeriodWords } from './period-words.js';
import type { PinChecks } from './pin-checks.js';
import type { MonitoringPolicy } from './profile.js';
import type { QuotaUse } from './quota.js';
import type { Closure } from './records.js';
import type { Help, Session } from './session.js';

/** Moderators are called for it, or have been called in vain. */
export interface OpenHelp extends Help {
  /** Of the first session that was begun for it. */
  readonly serial: number;
  /** Whether nobody helps, and the member has still to be told so. */
  readonly isInVain: boolean;
}

/** The state of monitoring. */
export interface MonitoringState extends QuotaUse {
  readonly policy: MonitoringPolicy;
  /** In the order in which the moderators dialled in. */
  readonly sessions: ReadonlyMap<LegId, Session>;
  readonly notices: Notices;
  readonly pinChecks: PinChecks;
  readonly closures: ReadonlySet<Closure>;
  /** What members have asked for, until somebody helps, or they have been told that nobody does. */
  readonly helps: readonly OpenHelp[];
  readonly periodWords: PeriodWords;
  /** What the box has drawn for moderators, as long as those calls go on; for each one at most that is not over. */
  readonly draws: readonly KeptDraw[];
  readonly nextSession: number;
}

/** Begins a dialogue, in the language of whose telephone it is. */
export function beginSession(state: MonitoringState, begun: BegunSession): MonitoringState {
  const session = newSession(state, begun);
  return { ...state, sessions: new Map(state.sessions).set(begun.leg, session), nextSession: session.serial + 1 };
}

type Fresh = 'serial' | 'helps' | 'purpose' | 'drawn' | 'language' | 'pinMark' | 'speech' | 'speeches' | 'inputUntil';

export type BegunSession = Omit<Session, Fresh> & Partial<Pick<Session, 'helps' | 'pinMark' | 'inputUntil'>>;

/** The next session, as it is at its beginning. */
export function newSession(
  { policy, nextSession: serial }: Pick<MonitoringState, 'policy' | 'nextSession'>,
  begun: BegunSession,
): Session {
  const own = begun.line.kind === 'extension' ? policy.persons.get(begun.line.number) : undefined;
  const language = own?.language ?? policy.language;
  const fresh = { purpose: null, drawn: null, helps: null, pinMark: null, speech: null, speeches: 0, inputUntil: null };
  return { ...fresh, ...begun, serial, language };
}
