import type { LineAudio } from '../engine/line-audio.js';
import type { PortUse } from './analog-settings.js';
import type { Line } from './line.js';
import { V253FxoLine } from './v253/v253-fxo-line.js';
import { V253FxsLine } from './v253/v253-fxs-line.js';

/** An analog port of a board, and the devices it is made of. */
export interface LinePart {
  readonly port: string;
  readonly kind: Line['kind'];
  /** Path of the UART's tty. */
  readonly tty: string;
  readonly audio: LineAudio;
}

/** The driver of the port in this use, not started yet; undefined where the board has no port of that name and kind. */
export function boardLine(parts: readonly LinePart[], { kind, settings }: PortUse): Line | undefined {
  const part = parts.find((each) => each.port === settings.port && each.kind === kind);
  if (!part) return undefined;
  const options = { tty: part.tty, audio: part.audio, country: settings.country };
  return kind === 'fxs' ? new V253FxsLine(options) : new V253FxoLine(options);
}
