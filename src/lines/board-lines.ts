import type { LineAudio } from '../engine/line-audio.js';
import type { Country } from '../primitives/country.js';
import type { PortId } from '../primitives/ids.js';
import { portId } from '../primitives/ids.js';
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

/** What the settings connect to a port. */
export interface LineUse {
  readonly port: PortId;
  readonly kind: Line['kind'];
}

export interface BoardLines {
  readonly lines: ReadonlyMap<PortId, Line>;
  /** Settings for which the board has no port of that name and kind. */
  readonly missing: readonly LineUse[];
  /** Ports without settings: they are left alone. */
  readonly unused: readonly PortId[];
}

/** The drivers of the ports in use, not started yet. */
export function boardLines(parts: readonly LinePart[], uses: readonly LineUse[], country: Country): BoardLines {
  const isFor = (part: LinePart) => (use: LineUse) => use.port === part.port && use.kind === part.kind;
  const used = parts.filter((part) => uses.some(isFor(part)));
  return {
    lines: new Map(used.map((part) => [portId(part.port), lineOn(part, country)])),
    missing: uses.filter((use) => !parts.some((part) => isFor(part)(use))),
    unused: parts.filter((part) => !used.includes(part)).map(({ port }) => portId(port)),
  };
}

function lineOn({ kind, tty, audio }: LinePart, country: Country): Line {
  return kind === 'fxs' ? new V253FxsLine({ tty, audio, country }) : new V253FxoLine({ tty, audio, country });
}
