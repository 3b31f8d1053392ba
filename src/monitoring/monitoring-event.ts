import type { ExtensionNumber, LegId, ProfileId } from '../primitives/ids.js';
import type { Origin } from '../switchboard/dial-plan.js';
import type { LegEvent, MemberStopsEvent, TickEvent } from '../switchboard/events.js';
import type { Caller } from '../switchboard/leg-commands.js';
import type { Draw } from './drawn-call.js';
import type { MonitoringPolicy } from './profile.js';
import type { Closure, Dismissal, HelpWay, LetIn, ListeningPlace } from './records.js';
import type { Help, Helper, Right, Ringing, Wanted } from './session.js';

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
  | CallModeratorEvent
  | ClosureEvent
  | BoxStopsEvent
  | PinCheckedEvent
  | RecordedEvent
  | DrawnEvent
  | MonitorEndedEvent
  | MemberLetsInEvent
  | HelpAskedEvent
  | HelpWithdrawnEvent
  | MemberStopsEvent
  | AccessEndedEvent
  | PolicyChangedEvent;

/** The admin has changed the rules; `review` brings running monitors in line with them. */
export interface PolicyChangedEvent {
  readonly type: 'policyChanged';
  readonly policy: MonitoringPolicy;
}

/** What a moderator asks for by a page or program: to be called, and to listen as if they had dialled in and keyed it. */
export interface MonitorAsked {
  /** A new name, by which the dialogue is known until somebody picks up. */
  readonly leg: LegId;
  readonly moderator: ExtensionNumber;
  /** The user who asks, for the record. */
  readonly by: string;
  /** What gives them the right to. */
  readonly rights: readonly Right[];
  /** Null for one who has shown before that they know it. */
  readonly pin: string | null;
  /** What for, by its name in the agreement; null where nothing was said. */
  readonly purpose: string | null;
  /** Null for the first that allows it. */
  readonly profile: ProfileId | null;
  readonly wanted: Wanted;
  /** What the telephone shows: what the call is for, in words. */
  readonly title: string;
}

/** The same, with the telephones to be called. */
export interface CallModeratorEvent extends MonitorAsked {
  readonly type: 'callModerator';
  readonly on: ListeningPlace;
  readonly phones: readonly Ringing[];
  /** The numbers by which profiles are dialled, which are shown as the way back. */
  readonly services: ReadonlyMap<ProfileId, string>;
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

/** The record has those who can be drawn, and which of them it is. */
export interface DrawnEvent extends Draw {
  readonly type: 'drawn';
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

/** Whoever speaks from this extension lets in a moderator who asks for that, otherwise than by keys in the call. */
export type MemberLetsInEvent = {
  readonly type: 'memberLetsIn';
  readonly extension: ExtensionNumber;
  /** Serial of the session. */
  readonly session: number;
} & LetIn;

/** A member asks for a moderator in their own call: these are called. */
export interface HelpAskedEvent {
  readonly type: 'helpAsked';
  readonly help: Help;
  readonly helpers: readonly Helper[];
  readonly by: HelpWay;
}

/** Whoever speaks from this extension wants no help any more. */
export interface HelpWithdrawnEvent {
  readonly type: 'helpWithdrawn';
  readonly extension: ExtensionNumber;
}

/** A user or token may not what it could before. */
export interface AccessEndedEvent {
  readonly type: 'accessEnded';
  readonly right: Right;
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
