import type { ButtonAction } from '../indication/button.js';
import type * as frontPanel from '../indication/front-panel.js';
import type * as monitoring from '../monitoring/monitoring.js';
import type { LocalTime } from '../monitoring/profile.js';
import type { AuditFact } from '../monitoring/records.js';
import type { MonitoringState } from '../monitoring/state.js';
import type { Instant } from '../primitives/time.js';
import type { Utterance } from '../switchboard/audio.js';
import type { LegEvent, LineEvent, PresenceEvent, TickEvent, TransferEvent } from '../switchboard/events.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { Liveness } from '../switchboard/liveness.js';
import type { CallNote, SwitchboardState } from '../switchboard/state.js';
import type { Announcement } from './announcement.js';
import type { Dialling, PortEvent, Ports } from './ports.js';

/** All that the rules know. */
export interface World {
  readonly switchboard: SwitchboardState;
  readonly monitoring: MonitoringState;
  readonly frontPanel: frontPanel.FrontPanelState;
  readonly ports: Ports;
  readonly liveness: Liveness;
  /** Null while the box says nothing about itself. */
  readonly announcement: Announcement | null;
}

export type WorldEvent = OfficeEvent | PortEvent | BoxSpeaksEvent | PresenceEvent;

/** The box is to say this about itself on a handset that is lifted. */
export interface BoxSpeaksEvent {
  readonly type: 'boxSpeaks';
  readonly items: readonly Utterance[];
}

/** What concerns the analog ports only by what the rules wish of them. */
export type OfficeEvent =
  | LegEvent
  | LineEvent
  | TransferEvent
  | TickEvent
  | monitoring.ClosureEvent
  | monitoring.BoxStopsEvent
  | monitoring.PinCheckedEvent
  | monitoring.RecordedEvent
  | frontPanel.FrontPanelEvent;

export interface Clock {
  readonly now: Instant;
  /** When the calendar's next minute begins. */
  readonly nextMinute: Instant;
  readonly local: LocalTime;
}

export interface WorldStep {
  readonly world: World;
  readonly facts: readonly AuditFact[];
  readonly notes: readonly CallNote[];
  readonly signals: readonly Signal[];
  readonly diallings: readonly Dialling[];
  /** What a press of the button asks for beyond the rules: the gateway sees to it. */
  readonly action: ButtonAction | null;
}
