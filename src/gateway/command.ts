import type { Lamps } from '../indication/lamps.js';
import type { PinCheck } from '../monitoring/pin-checks.js';
import type { BusyLamp, LampSubject } from '../primitives/busy-lamp.js';
import type { LegId, PlaybackId } from '../primitives/ids.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import type { LegCommand } from '../switchboard/leg-commands.js';
import type { Probe } from '../switchboard/liveness.js';

/** One order to a driver that brings reality closer to what is desired. */
export type Command =
  | LegCommand
  | { readonly kind: 'connect'; readonly edge: Edge }
  | { readonly kind: 'setVolume'; readonly edge: Edge }
  | { readonly kind: 'disconnect'; readonly edge: Edge }
  | { readonly kind: 'play'; readonly playback: Playback }
  | { readonly kind: 'stopPlayback'; readonly leg: LegId; readonly playback: PlaybackId }
  | { readonly kind: 'checkPin'; readonly check: PinCheck }
  | { readonly kind: 'probe'; readonly probe: Probe }
  | { readonly kind: 'show'; readonly lamps: Lamps }
  | { readonly kind: 'showBusy'; readonly subject: LampSubject; readonly lamp: BusyLamp };
