import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../store/durable-file.js';
import type { IdentityPaths } from './identity.js';

/** The boards that Modcall runs on, by the names of their folders in `board`. */
export const boards = ['simulator', 'modcall-hat'] as const;
export type BoardName = (typeof boards)[number];

/** @returns undefined for a name that is none. */
export function boardNamed(name: string): BoardName | undefined {
  return boards.find((board) => board === name);
}

/**
 * Whether this box counts as a simulated board, which needs no licence. Where a HAT is fitted nothing is simulated, whatever was asked for: else an
 * option would stand in for a licence on every box that is sold. The kernel shows a HAT by the EEPROM that the HAT specification demands.
 */
export async function countsAsSimulated(board: BoardName, root: string): Promise<boolean> {
  return board === 'simulator' && !(await isThere(join(root, 'proc/device-tree/hat')));
}

/** Notes the board of this start, so that a command beside the appliance judges licences as the appliance does. */
export async function noteBoard({ folder }: IdentityPaths, board: BoardName): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(boardFile(folder), `${board}\n`);
}

/** The board of the last start; undefined when there was none. */
export async function lastBoard({ folder }: IdentityPaths): Promise<BoardName | undefined> {
  return boardNamed((await readIfThere(boardFile(folder)))?.trim() ?? '');
}

const boardFile = (folder: string): string => join(folder, 'board');

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
