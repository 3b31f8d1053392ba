import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskHealth } from '../../../src/appliance/faces/disk-health.js';
import { canMount } from '../../support/disks/small-disk.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-health-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('finds nothing wrong with the disk of a folder that can be written to', async () => {
  const { space, ...rest } = await diskHealth(folder);
  expect(space?.freeMegabytes).toBeGreaterThan(0);
  expect(rest).toMatchObject({ isWorn: false });
});

it('knows nothing of a folder that is gone', async () => {
  const gone = { space: null, hasErrors: false, isWorn: false };
  expect(await diskHealth(join(folder, 'gone'))).toEqual(gone);
});

describe.skipIf(!canMount)('a file system with errors', () => {
  let disk: string;
  /** Formats a disk, and writes into it how many errors it has met with, as the kernel does. */
  const format = async (errors: number) => {
    await truncate(`${disk}.img`, 4_000_000);
    execFileSync('mke2fs', ['-q', '-t', 'ext4', `${disk}.img`]);
    execFileSync('debugfs', ['-w', '-R', `set_super_value error_count ${errors}`, `${disk}.img`], { stdio: 'ignore' });
    execFileSync('mount', ['-o', 'loop', `${disk}.img`, disk]);
  };
  beforeEach(async () => {
    disk = join(folder, 'disk');
    await Promise.all([mkdir(disk), writeFile(`${disk}.img`, '')]);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
  });

  it.each([
    [0, false],
    [3, true],
  ])('is seen by its %i errors', async (errors, hasErrors) => {
    await format(errors);
    expect(await diskHealth(disk)).toMatchObject({ hasErrors, isWorn: false });
  });
});

describe('the memory of a board', () => {
  /** The kernel's folders of a device with one partition, as of a Compute Module with eMMC. */
  const deviceSaying = async (said: Readonly<Record<string, string>>) => {
    const system = join(folder, 'sys');
    const partition = join(system, 'devices/mmc0/block/mmcblk0/mmcblk0p7');
    const memory = join(system, 'devices/mmc0/mmc0:0001');
    await Promise.all([partition, memory, join(system, 'dev/block')].map((path) => mkdir(path, { recursive: true })));
    await symlink(memory, join(partition, '../device'));
    const { dev } = await stat(folder);
    const [major, minor] = [(dev >>> 8) & 0xfff, (dev & 0xff) | ((dev >>> 12) & 0xfff00)];
    await symlink(partition, join(system, `dev/block/${major}:${minor}`));
    await Promise.all(Object.entries(said).map(([name, content]) => writeFile(join(memory, name), content)));
    return system;
  };

  it.each([
    ['is as good as new', { life_time: '0x01 0x01\n', pre_eol_info: '0x01\n' }, false],
    ['is in its last tenth', { life_time: '0x02 0x0a\n', pre_eol_info: '0x01\n' }, true],
    ['has used up most of its reserve', { life_time: '0x00 0x00\n', pre_eol_info: '0x02\n' }, true],
    ['says nothing of itself, as a card that is plugged in', {}, false],
  ])('%s', async (_what, said, isWorn) => {
    expect(await diskHealth(folder, await deviceSaying(said))).toMatchObject({ isWorn, hasErrors: false });
  });
});
