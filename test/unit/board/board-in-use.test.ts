import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BoardError, UnknownBoard } from '../../../src/board/board-file.js';
import { boardInUse } from '../../../src/board/board-in-use.js';
import { boardSchema } from '../../../src/board/board-schema.js';
import { countsAsSimulated } from '../../../src/board/which-board.js';

const shipped = fileURLToPath(new URL('../../../board', import.meta.url));

let own: string;
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'modcall-boards-'));
  await mkdir(join(own, 'mine'));
});
afterEach(() => rm(own, { recursive: true }));

const start = (name: string) => boardInUse([shipped, own], name, '/run/modcall');

it('a board whose file is valid is used', async () => {
  expect(await start('simulator')).toMatchObject({ board: { handset: expect.any(String) }, trouble: null });
});

it.each(['', '\0'.repeat(500), '{"version":1}'])(
  'a board file of one’s own that is broken leaves the network: %j',
  async (text) => {
    await writeFile(join(own, 'mine', 'board.json'), text);
    const { board, trouble } = await start('mine');
    expect(trouble).toBeInstanceOf(BoardError);
    expect(board.lines).toEqual([]);
    expect(boardSchema('/run/modcall').safeParse(board).success).toBe(true);
    expect(await countsAsSimulated('mine', board, own)).toBe(false);
  },
);

it('an unknown board is left out: its folder may be lost, but the telephones are not', async () => {
  const { board, trouble } = await start('simulater');
  expect(trouble).toBeInstanceOf(UnknownBoard);
  expect(board.lines).toEqual([]);
});
