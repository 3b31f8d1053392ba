import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DataFolderInUse,
  DataFolderUnusable,
  isInUse,
  openDataFolder,
} from '../../../../src/store/files/data-folder.js';
import { writeDurably } from '../../../../src/store/files/durable-file.js';
import { until } from '../../../support/waiting.js';

let parent: string;
let path: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'modcall-data-'));
  path = join(parent, 'new', 'data');
});
afterEach(() => rm(parent, { recursive: true }));

describe('the data folder', () => {
  it('is made, closed to others and empty but for the lock', async () => {
    const folder = await openDataFolder(path);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await readdir(path)).toEqual(['modcall.lock']);
    expect(folder.file('settings')).toBe(join(path, 'settings.json'));
    await folder.release();
    expect(await readdir(path)).toEqual([]);
  });

  it('is closed to others even if it existed and was open', async () => {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o755);
    await (await openDataFolder(path)).release();
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('is not shared while another process holds it, and is taken over when that one is gone', async () => {
    const holder = spawn('sleep', ['600'], { stdio: 'ignore' });
    const ended = once(holder, 'exit');
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'modcall.lock'), await identity(holder.pid ?? 0));
    await expect(openDataFolder(path)).rejects.toThrow(DataFolderInUse);
    await expect(openDataFolder(path)).rejects.toThrow(String(holder.pid));
    expect(await isInUse(path)).toBe(true);
    holder.kill('SIGKILL');
    await ended;
    expect(await isInUse(path)).toBe(false);
    await (await openDataFolder(path)).release();
  });

  it('is taken over from a process that has ended, but has not been reaped yet', async () => {
    // The shell leaves its own place to one that never asks for its children.
    const parentOfZombie = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = await once(parentOfZombie.stdout, 'data');
    const holder = Number(line);
    await until('a zombie', async () => (await readFile(`/proc/${holder}/stat`, 'utf8')).includes(') Z '));
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'modcall.lock'), await identity(holder));
    expect(await isInUse(path)).toBe(false);
    await (await openDataFolder(path)).release();
    parentOfZombie.kill('SIGKILL');
  });

  it.each<[string, (pid: number, ticks: string, boot: string) => string]>([
    ['another process with the same number', (pid, ticks, boot) => `${pid} ${Number(ticks) - 1} ${boot}`],
    [
      'the same number and tick before a reboot',
      (pid, ticks) => `${pid} ${ticks} 00000000-0000-0000-0000-000000000000`,
    ],
    ['nonsense', () => 'nonsense'],
    ['nothing', () => ''],
  ])('is taken over from a lock of %s', async (_what, content) => {
    await mkdir(path, { recursive: true });
    const [pid, ticks = '', boot = ''] = (await identity(process.pid)).split(' ');
    await writeFile(join(path, 'modcall.lock'), content(Number(pid), ticks, boot));
    const folder = await openDataFolder(path);
    expect(await readFile(join(path, 'modcall.lock'), 'utf8')).toMatch(`${pid} ${ticks} ${boot} `);
    await folder.release();
    expect(await readdir(path)).toEqual([]);
  });

  it('is free as a copy of one that is in use, which stays in use itself', async () => {
    const copy = join(parent, 'copy');
    const holder = await openDataFolder(path);
    await cp(path, copy, { recursive: true });
    expect([await isInUse(path), await isInUse(copy)]).toEqual([true, false]);
    await (await openDataFolder(copy)).release();
    await symlink(path, copy.concat('-by-link'));
    expect(await isInUse(copy.concat('-by-link'))).toBe(true);
    await holder.release();
  });

  it('removes the remains of interrupted writes', async () => {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'settings.json.4711.pending'), '{');
    await (await openDataFolder(path)).release();
    expect(await readdir(path)).toEqual([]);
  });

  it('leaves alone what is being written when it is claimed again, on a disk that can be written to by then', async () => {
    const folder = await openDataFolder(path);
    async function* content() {
      yield Buffer.from('first, ');
      await folder.claim();
      yield Buffer.from('last');
    }
    await writeDurably(folder.file('records'), content());
    expect(await readFile(folder.file('records'), 'utf8')).toBe('first, last');
    await folder.release();
  });

  it('says so when it cannot be made', async () => {
    await writeFile(join(parent, 'new'), '');
    await expect(openDataFolder(path)).rejects.toThrow(DataFolderUnusable);
  });
});

/** As in proc(5): process, start in ticks, boot. */
async function identity(pid: number): Promise<string> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return `${pid} ${fields[19]} ${(await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()}`;
}
