import type { Lamps } from '../indication/lamps.js';
import type { PinCheck } from '../monitoring/pin-checks.js';
import type { LegId, PlaybackId, PortId } from '../primitives/ids.js';
import type { KeyDetection } from '../primitives/keys.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import type { LegCommand } from '../switchboard/leg-commands.js';
import type { Probe } from '../switchboard/liveness.js';
import type { Ring } from './ring.js';

/** One thing to do so that reality comes closer to what is desired. */
export type Command =
  | LegCommand
  | { readonly kind: 'openChannel'; readonly port: PortId; readonly keys: KeyDetection }
  | { readonly kind: 'closeChannel'; readonly port: PortId }
  | { readonly kind: 'ringPhone'; readonly port: PortId; readonly ring: Ring }
  | { readonly kind: 'silencePhone'; readonly port: PortId }
  | { readonly kind: 'seizeLine'; readonly port: PortId }
  | { readonly kind: 'dropLine'; readonly port: PortId }
  | { readonly kind: 'connect'; readonly edge: Edge }
  | { readonly kind: 'setVolume'; readonly edge: Edge }
  | { readonly kind: 'disconnect'; readonly edge: Edge }
  | { readonly kind: 'play'; readonly playback: Playback }
  | { readonly kind: 'stopPlayback'; readonly leg: LegId; readonly playback: PlaybackId }
  | { readonly kind: 'checkPin'; readonly check: PinCheck }
  | { readonly kind: 'probe'; readonly probe: Probe }
  | { readonly kind: 'show'; readonly lamps: Lamps };
