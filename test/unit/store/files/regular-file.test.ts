import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDataFolder } from '../../../../src/store/files/data-folder.js';
import { makeFolder, readIfThere, writeDurably } from '../../../../src/store/files/durable-file.js';
import { openRegular, openRegularSync, readRegular } from '../../../../src/store/files/regular-file.js';
import { linesOf } from '../../../../src/store/files/text-lines.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-files-'));
  path = join(folder, 'file');
});
afterEach(() => rm(folder, { recursive: true }));

const noFiles: readonly [string, (place: string) => unknown][] = [
  ['a pipe', (place) => execFileSync('mkfifo', [place])],
  ['a folder', (place) => mkdir(place)],
  ['a link to itself', (place) => symlink(place, place)],
  ['a link to a device', (place) => symlink('/dev/zero', place)],
];

describe.each(noFiles)('%s in place of a file', (what, put) => {
  beforeEach(() => put(path));

  it('is refused at once, however it is opened', async () => {
    for (const access of ['read', 'append', 'readAppend'] as const) {
      // A pipe opened for both is there, but no file; opened for writing it has no reader.
      await expect(openRegular(path, access)).rejects.toMatchObject({ code: 'ENOTFILE' });
      expect(() => openRegularSync(path, access)).toThrow(expect.objectContaining({ code: 'ENOTFILE' }));
    }
    await expect(readIfThere(path)).rejects.toMatchObject({ code: 'ENOTFILE' });
    await expect((async () => linesOf(path).next())()).rejects.toMatchObject({ code: 'ENOTFILE' });
  });

  it.runIf(what !== 'a folder')('is replaced by a file that is written as a whole', async () => {
    await writeDurably(path, 'text');
    expect(await readRegular(path)).toBe('text');
  });

  it('does not keep the data folder from being taken', async () => {
    await put(join(folder, 'modcall.lock'));
    const opened = await openDataFolder(folder);
    expect(opened.trouble).toBeNull();
    await opened.release();
  });
});

describe('a regular file', () => {
  it('is not there where nothing is, and not readable where a link leads nowhere', async () => {
    expect(await readIfThere(path)).toBeNull();
    await symlink(join(folder, 'nothing'), path);
    await expect(readIfThere(path)).rejects.toMatchObject({ code: 'ENOTFILE' });
    expect(() => openRegularSync(path, 'read')).toThrow(expect.objectContaining({ code: 'ENOTFILE' }));
  });

  it('is closed again when the disk does not say what it is', async () => {
    await writeFile(path, '');
    const file = await openRegular(path, 'read');
    await file.close();
    const openNow = async () => (await readdir('/proc/self/fd')).length;
    const before = await openNow();
    const asked = vi.spyOn(Object.getPrototypeOf(file), 'stat').mockRejectedValue(new Error('EIO'));
    try {
      for (let times = 0; times < 5; times += 1) await expect(openRegular(path, 'read')).rejects.toThrow('EIO');
    } finally {
      asked.mockRestore();
    }
    expect(await openNow()).toBe(before);
  });

  it('is not read where it is larger than it can be', async () => {
    await writeFile(path, '');
    await truncate(path, 1e12);
    await expect(readRegular(path)).rejects.toMatchObject({ code: 'EFBIG' });
  });

  it('gives of a line that does not end only the beginning', async () => {
    await writeFile(path, `${'x'.repeat(3_000_000)}\nnext\nlast`);
    const lines = [];
    for await (const { text, complete } of linesOf(path)) lines.push([text.length, complete]);
    expect(lines).toEqual([
      [1024 * 1024, true],
      [4, true],
      [4, false],
    ]);
  });
});

describe('a folder', () => {
  it('is made with those above it, and may be there', async () => {
    const deep = join(folder, 'a/b/c');
    await makeFolder(deep);
    await makeFolder(deep);
    await writeFile(join(deep, 'file'), '');
    await expect(makeFolder(join(deep, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  });

  it('that the kernel does not make is refused, not tried for ever', async () => {
    await expect(makeFolder('/proc/nope/deeper')).rejects.toThrow('/proc/nope');
    await expect(openDataFolder('/proc/nope')).rejects.toThrow('/proc/nope');
  });
});
