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
