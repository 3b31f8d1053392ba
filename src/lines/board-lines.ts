import type { LineAudio } from '../engine/line-audio.js';
import type { PortUse } from './analog-settings.js';
import type { Line } from './line.js';
import { SlicFxsLine } from './slic/slic-fxs-line.js';
import type { SlicWiring } from './slic/slic-module.js';
import { V253FxoLine } from './v253/v253-fxo-line.js';
import { V253FxsLine } from './v253/v253-fxs-line.js';

interface PartBase {
  readonly port: string;
  readonly audio: LineAudio;
}

/** A port on a HAT that speaks V.253. */
interface HatPart extends PartBase {
  readonly driver?: 'v253' | undefined;
  readonly kind: Line['kind'];
  /** Path of the UART's tty. */
  readonly tty: string;
}

/** A port on a SLIC module, which can only be one for a telephone. */
interface SlicPart extends PartBase, SlicWiring {
  readonly driver: 'slic';
  readonly kind: 'fxs';
}

/** An analog port of a board, and the devices it is made of. */
export type LinePart = HatPart | SlicPart;

/** The driver of the port in this use, not started yet; undefined where the board has no port of that name and kind. */
export function boardLine(parts: readonly LinePart[], { kind, settings }: PortUse): Line | undefined {
  const part = parts.find((each) => each.port === settings.port && each.kind === kind);
  if (!part) return undefined;
  const { audio } = part;
  const { country } = settings;
  if (part.driver === 'slic') return new SlicFxsLine({ wiring: part, audio, country });
  const options = { tty: part.tty, audio, country };
  return kind === 'fxs' ? new V253FxsLine(options) : new V253FxoLine(options);
}
