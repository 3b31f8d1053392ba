import { bareBoard } from './bare-board.js';
import { BoardError, readBoard } from './board-file.js';
import type { Board } from './board-schema.js';

/** The board that a start goes on with, and why it is not the one asked for; null where it is. */
export interface BoardInUse {
  readonly board: Board;
  readonly trouble: BoardError | null;
}

/**
 * Reads a board as `readBoard` does. One whose file is at fault is left out: its lines, lamps and button do not work then, telephones on the
 * network do.
 * @throws UnknownBoard
 */
export async function boardInUse(folders: readonly string[], name: string, runtime: string): Promise<BoardInUse> {
  try {
    return { board: await readBoard(folders, name, runtime), trouble: null };
  } catch (error) {
    if (error instanceof BoardError) return { board: bareBoard, trouble: error };
    throw error;
  }
}
