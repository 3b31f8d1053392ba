import type { Board } from '../board/board-schema.js';
import { boardLine } from '../lines/board-lines.js';
import type { OpenLine } from '../lines/port-set.js';
import type { Log } from '../log/log.js';

/** Opens the analog lines of the board that the settings use. */
export const linesOfBoard =
  ({ lines }: Board, log: Log): OpenLine =>
  (use) => {
    const { kind, settings } = use;
    const line = boardLine(lines, use);
    if (!line) log.warn({ port: settings.port, kind }, 'the settings use an analog port that the board does not have');
    return line;
  };
