import type { Board } from '../board/board-schema.js';
import type { AnalogSettings } from '../lines/analog-settings.js';
import { boardLines } from '../lines/board-lines.js';
import type { Line } from '../lines/line.js';
import type { Log } from '../log/log.js';
import type { PortId } from '../primitives/ids.js';
import type { Settings } from '../store/settings/settings-schema.js';

/** The analog lines of the board that the settings use. */
export function buildLines(
  board: Board,
  { phones, trunks }: AnalogSettings,
  { country }: Settings,
  log: Log,
): ReadonlyMap<PortId, Line> {
  const uses = [
    ...phones.map(({ port }) => ({ port, kind: 'fxs' }) as const),
    ...trunks.map(({ port }) => ({ port, kind: 'fxo' }) as const),
  ];
  const { lines, missing, unused } = boardLines(board.lines, uses, country);
  for (const use of missing) log.warn({ ...use }, 'the settings use an analog port that the board does not have');
  if (unused.length > 0) log.info({ ports: unused }, 'analog ports that the settings do not use');
  return lines;
}
