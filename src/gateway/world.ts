import type * as frontPanel from '../indication/front-panel.js';
import type * as monitoring from '../monitoring/monitoring-event.js';
import type { LocalTime, MonitoringPolicy } from '../monitoring/profile.js';
import type { LicenceClosure, ListeningPlace } from '../monitoring/records.js';
import type { MonitoringState } from '../monitoring/state.js';
import type { Instant } from '../primitives/time.js';
import type { Directory } from '../switchboard/directory.js';
import type {
  HandlingEvent,
  HangUpEvent,
  LegEvent,
  LineEvent,
  MemberStopsEvent,
  PresenceEvent,
  TickEvent,
  TransferEvent,
} from '../switchboard/events.js';
import type { Destination } from '../switchboard/leg-commands.js';
import type { Liveness } from '../switchboard/liveness.js';
import type { OwnRecordReadEvent } from '../switchboard/own-record.js';
import type { ProtectionEvent, Protections } from '../switchboard/protection.js';
import type { SwitchboardState } from '../switchboard/state.js';

/** The state of all rules. */
export interface World {
  readonly switchboard: SwitchboardState;
  readonly monitoring: MonitoringState;
  readonly frontPanel: frontPanel.FrontPanelState;
  readonly liveness: Liveness;
  readonly protections: Protections;
}

export type WorldEvent = OfficeEvent | PresenceEvent;

/** What happens in the office. */
export type OfficeEvent =
  | LegEvent
  | LineEvent
  | TransferEvent
  | ProtectionEvent
  | TickEvent
  | monitoring.ClosureEvent
  | monitoring.BoxStopsEvent
  | monitoring.PinCheckedEvent
  | monitoring.RecordedEvent
  | monitoring.DrawnEvent
  | monitoring.MonitorEndedEvent
  | monitoring.MemberLetsInEvent
  | monitoring.HelpWithdrawnEvent
  | monitoring.HelpAskedEvent
  | MemberStopsEvent
  | monitoring.AccessEndedEvent
  | MonitorAskedForEvent
  | HangUpEvent
  | HandlingEvent
  | OwnRecordReadEvent
  | SettingsChangedEvent
  | frontPanel.FrontPanelEvent;

/** A moderator asks by a page or program to be called and to listen. */
export interface MonitorAskedForEvent extends monitoring.MonitorAsked {
  readonly type: 'monitorAskedFor';
  readonly on: ListeningPlace;
  /** The browser to be called in place of the moderator's telephones, where none is called yet. */
  readonly browser: Destination | null;
}

/** The settings are others from now on. Running calls keep their ways and parties; running monitors must still be permitted. */
export interface SettingsChangedEvent {
  readonly type: 'settingsChanged';
  readonly directory: Directory;
  readonly policy: MonitoringPolicy;
  /** How long a short press of the button keeps monitoring closed, from the next press on. */
  readonly privacyMs: number;
}

export interface Clock {
  readonly now: Instant;
  /** When the calendar's next minute begins. */
  readonly nextMinute: Instant;
  readonly local: LocalTime;
}

/** What the rules cannot know by themselves: time and licence at the moment of an event. */
export interface Moment extends Clock {
  /** What the licence closes monitoring with; null when it allows it. */
  readonly licence: LicenceClosure | null;
}
