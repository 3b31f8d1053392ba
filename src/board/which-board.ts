import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { BoxKey, BoxPublicKey } from '../store/box-key.js';
import { makeFolder, readIfThere, writeDurably } from '../store/files/durable-file.js';
import type { Board } from './board-schema.js';

/** The board that counts as simulated and needs no licence, by the name of its folder in `board`. */
export const simulator = 'simulator';

/** Where the box keeps what identifies it. */
export interface IdentityFolder {
  readonly folder: string;
}

/** What is remembered about the board of the last start. */
const lastBoard = z.object({ name: z.string(), isSimulated: z.boolean() });
const signedLastBoard = lastBoard.extend({ signature: z.string() });

/**
 * Whether this box is simulated and thus needs no licence: started on the simulator, which has no real line, on a machine without a HAT.
 * Else an option, or a board file of that name, would stand in for a licence on every box that is sold. The kernel shows a HAT by the EEPROM that
 * the HAT specification demands.
 * @param root where `proc` is.
 */
export async function countsAsSimulated(name: string, { lines }: Board, root: string): Promise<boolean> {
  const hasRealLine = lines.some(({ audio }) => audio.kind !== 'socket');
  return name === simulator && !hasRealLine && !(await isThere(join(root, 'proc/device-tree/hat')));
}

/** Notes which board the appliance has started on, so that a command beside it judges licences as it does. */
export async function noteBoard(
  { folder }: IdentityFolder,
  board: z.infer<typeof lastBoard>,
  key: BoxKey,
): Promise<void> {
  await makeFolder(folder);
  const signature = key.sign('last-board', boardText(board));
  await writeDurably(boardFile(folder), `${JSON.stringify({ ...board, signature })}\n`);
}

/** Whether the last start was on a simulated board; false without a note that this box has signed. */
export async function wasSimulated({ folder }: IdentityFolder, key: BoxPublicKey | null): Promise<boolean> {
  try {
    const text = (await readIfThere(boardFile(folder))) ?? '';
    const { signature, ...board } = signedLastBoard.parse(JSON.parse(text));
    return board.isSimulated && (key?.isSigned('last-board', boardText(board), signature) ?? false);
  } catch {
    return false;
  }
}

/** The name of the board of the last start; null if there was none. */
export async function lastBoardName({ folder }: IdentityFolder): Promise<string | null> {
  try {
    return lastBoard.parse(JSON.parse((await readIfThere(boardFile(folder))) ?? '')).name;
  } catch {
    return null;
  }
}

const boardText = ({ name, isSimulated }: z.infer<typeof lastBoard>): string => `${name} ${isSimulated}`;

const boardFile = (folder: string): string => join(folder, 'last-board.json');

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
