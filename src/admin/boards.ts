import { join } from 'node:path';
import { requireKnownBoard } from '../board/board-file.js';
import { lastBoardName } from '../board/which-board.js';
import { dataFile } from '../store/files/data-folder.js';

/**
 * Whether a start can be asked for this board. That of the last start can, whatever has become of its file: telephones must ring.
 * @param boards folder of those that Modcall knows.
 * @throws UnknownBoard
 */
export async function checkBoardName(dataFolder: string, boards: string, name: string): Promise<void> {
  try {
    await requireKnownBoard([boards, dataFile(dataFolder, 'boards')], name);
  } catch (error) {
    const isTheLast = (await lastBoardName({ folder: join(dataFolder, 'identity') })) === name;
    if (!isTheLast) throw error;
  }
}
