import type { ExtensionNumber, LegId, TrunkId } from '../primitives/ids.js';
import type { Person } from './profile.js';
import type { Session } from './session.js';

/** One PIN that is being compared, which is slow on purpose. */
export interface PinCheck {
  readonly leg: LegId;
  readonly check: number;
  readonly pin: string;
}

/** The comparisons, one at a time, so that many PINs at once neither take up the CPU nor make others wait. */
export interface PinChecks {
  /** Runs to its end even if the caller has hung up meanwhile. */
  readonly running: PinCheck | null;
  /** Those with whose PINs it is compared, as they were at its beginning. */
  readonly persons: ReadonlyMap<ExtensionNumber, Person>;
  /** Trunks whose callers have had their turn, the most recent last. */
  readonly served: readonly TrunkId[];
}

export const noPinChecks: PinChecks = { running: null, persons: new Map(), served: [] };

/** Most callers of one trunk whose PINs may wait; more are turned away. */
const mostWaiting = 16;

const isWaiting = ({ stage }: Session): boolean => stage.kind === 'checking';

/** Whether too many callers of the session's trunk are waiting already. */
export function isQueueFull(sessions: Iterable<Session>, { leg, line }: Session): boolean {
  if (line.kind === 'extension') return false;
  const others = [...sessions].filter(
    (other) => other.leg !== leg && isWaiting(other) && other.line.kind === 'trunk' && other.line.trunk === line.trunk,
  );
  return others.length >= mostWaiting;
}

/**
 * Whose PIN is checked next: our own phones first, then the trunks in turn, and among the callers of one trunk, or from inside, whoever
 * has been told less so far, so that nobody who tries again and again keeps others waiting; undefined when nobody waits.
 */
export function nextInTurn({ served }: PinChecks, sessions: Iterable<Session>): Session | undefined {
  const turnOf = ({ line }: Session): number => (line.kind === 'extension' ? -2 : served.indexOf(line.trunk));
  const waiting = [...sessions].filter(isWaiting);
  const [next] = waiting.toSorted((one, other) => turnOf(one) - turnOf(other) || one.speeches - other.speeches);
  return next;
}

export function checkBegun(
  { served }: PinChecks,
  { leg, line, stage }: Session,
  persons: PinChecks['persons'],
): PinChecks {
  if (stage.kind !== 'checking') return { running: null, persons, served };
  const running = { leg, check: stage.check, pin: stage.pin };
  if (line.kind === 'extension') return { running, persons, served };
  return { running, persons, served: [...served.filter((trunk) => trunk !== line.trunk), line.trunk] };
}

/** The running comparison has ended; other results change nothing. */
export function checkEnded(checks: PinChecks, { leg, check }: Pick<PinCheck, 'leg' | 'check'>): PinChecks {
  const { running } = checks;
  return running?.leg === leg && running.check === check ? { ...checks, running: null } : checks;
}
