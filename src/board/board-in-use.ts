import { AdminError } from '../store/admin-error.js';
import { bareBoard } from './bare-board.js';
import { readBoard } from './board-file.js';
import type { Board } from './board-schema.js';

/** The board that a start uses, and why it is not the one asked for; null if it is. */
export interface BoardInUse {
  readonly board: Board;
  readonly trouble: AdminError | null;
}

/** The file of a board cannot be read from the disk. */
class BoardUnreadable extends AdminError {
  constructor(name: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super({ code: 'board.unreadable', params: { name, reason: why } }, { cause });
  }
}

/**
 * Reads a board as `readBoard` does. An unknown one, or one with a faulty file, is left out: its lines, lamps and button do not work then,
 * but telephones on the network do.
 */
export async function boardInUse(folders: readonly string[], name: string, runtime: string): Promise<BoardInUse> {
  try {
    return { board: await readBoard(folders, name, runtime), trouble: null };
  } catch (error) {
    return { board: bareBoard, trouble: error instanceof AdminError ? error : new BoardUnreadable(name, error) };
  }
}
