import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boardNamed, countsAsSimulated, lastBoard, noteBoard } from '../../../src/identity/board.js';
import { identityPaths } from '../../../src/identity/identity.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-board-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the board', () => {
  it('counts as simulated only by its name', async () => {
    expect(await countsAsSimulated('simulator', folder)).toBe(true);
    expect(await countsAsSimulated('modcall-hat', folder)).toBe(false);
  });

  it('is never simulated where a HAT is fitted, whatever was asked for', async () => {
    await mkdir(join(folder, 'proc/device-tree/hat'), { recursive: true });
    expect(await countsAsSimulated('simulator', folder)).toBe(false);
  });

  it('of the last start is remembered', async () => {
    const paths = identityPaths(folder);
    expect(await lastBoard(paths)).toBeUndefined();
    await noteBoard(paths, 'modcall-hat');
    expect(await lastBoard(paths)).toBe('modcall-hat');
    await noteBoard(paths, 'simulator');
    expect(await lastBoard(paths)).toBe('simulator');
  });

  it('has a name that is known', () => {
    expect(boardNamed('modcall-hat')).toBe('modcall-hat');
    expect(boardNamed('toaster')).toBeUndefined();
  });
});
