import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBoard } from '../../../src/board/board-file.js';
import { countsAsSimulated, noteBoard, wasSimulated } from '../../../src/board/which-board.js';
import { identityPaths } from '../../../src/identity/identity.js';
import { openBoxKey } from '../../../src/store/box-key.js';

const boards = fileURLToPath(new URL('../../../board', import.meta.url));
const board = (name: string) => readBoard([boards], name, '/run/modcall');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-board-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a box', () => {
  it('is simulated on the simulator, and on no other board', async () => {
    expect(await countsAsSimulated('simulator', await board('simulator'), folder)).toBe(true);
    expect(await countsAsSimulated('modcall-hat', await board('modcall-hat'), folder)).toBe(false);
  });

  it('with a HAT fitted is not, whatever was asked for', async () => {
    await mkdir(join(folder, 'proc/device-tree/hat'), { recursive: true });
    expect(await countsAsSimulated('simulator', await board('simulator'), folder)).toBe(false);
  });

  it('with a real line is not, whatever its board is called', async () => {
    expect(await countsAsSimulated('simulator', await board('modcall-hat'), folder)).toBe(false);
  });

  it('remembers whether it was at its last start', async () => {
    const paths = identityPaths(folder);
    const { key } = await openBoxKey(folder, 0);
    expect(await wasSimulated(paths, key)).toBe(false);
    await noteBoard(paths, { name: 'simulator', isSimulated: true }, key);
    expect(await wasSimulated(paths, key)).toBe(true);
    await noteBoard(paths, { name: 'modcall-hat', isSimulated: false }, key);
    expect(await wasSimulated(paths, key)).toBe(false);
    const file = join(folder, 'identity/last-board.json');
    const edited = (await readFile(file, 'utf8')).replace('false', 'true');
    await writeFile(file, edited);
    expect(await wasSimulated(paths, key)).toBe(false);
    await writeFile(file, 'garbage');
    expect(await wasSimulated(paths, key)).toBe(false);
  });
});
