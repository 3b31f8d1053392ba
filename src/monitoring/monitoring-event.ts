import type { ExtensionNumber, LegId, ProfileId } from '../primitives/ids.js';
import type { Origin } from '../switchboard/dial-plan.js';
import type { LegEvent, TickEvent } from '../switchboard/events.js';
import type { Caller } from '../switchboard/leg-commands.js';
import type { MonitoringPolicy } from './profile.js';
import type { Closure, Dismissal } from './records.js';

export type MonitoringEvent =
  | Exclude<LegEvent, { type: 'incoming' }>
  | TickEvent
  | {
      readonly type: 'serviceDialled';
      readonly leg: LegId;
      readonly profile: ProfileId;
      readonly line: Origin;
      readonly caller: Caller;
    }
  | ClosureEvent
  | BoxStopsEvent
  | PinCheckedEvent
  | RecordedEvent
  | MonitorEndedEvent
  | PolicyChangedEvent;

/** The admin has changed the rules; `review` brings running monitors in line with them. */
export interface PolicyChangedEvent {
  readonly type: 'policyChanged';
  readonly policy: MonitoringPolicy;
}

/** The result of a PIN check. */
export interface PinCheckedEvent {
  readonly type: 'pinChecked';
  readonly leg: LegId;
  readonly check: number;
  readonly moderator: ExtensionNumber | null;
}

/** All facts of the session so far are in the audit record, and survive a power cut. */
export interface RecordedEvent {
  readonly type: 'recorded';
  /** Serial of the session. */
  readonly session: number;
}

/** Somebody who may has ended a monitor from outside it. */
export interface MonitorEndedEvent {
  readonly type: 'monitorEnded';
  /** Serial of the session. */
  readonly session: number;
  readonly reason: Dismissal;
}

/** Monitoring closes for everybody, or one reason for that is gone. */
export type ClosureEvent =
  /** With `endsRunning`, running monitors end and their moderators are told why; otherwise they go on to the end of the call. */
  | { readonly type: 'closed'; readonly closure: Closure; readonly endsRunning: boolean }
  | { readonly type: 'reopened'; readonly closure: Closure };

/** The box is about to stop: running monitors end now, so that their ends are recorded. */
export interface BoxStopsEvent {
  readonly type: 'boxStops';
}
