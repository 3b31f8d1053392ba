import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether this user may mount: it takes the rights of root. */
export const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0;

/** A file system of a few megabytes in memory under a folder, which can be filled up and made read-only as a memory card would be. */
export class SmallDisk {
  private constructor(private readonly folder: string) {}

  /** Puts the disk under a folder, with what is in that folder on it. */
  static async under(folder: string, megabytes = 4): Promise<SmallDisk> {
    const kept = await mkdtemp(join(tmpdir(), 'modcall-disk-'));
    await cp(folder, kept, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder]);
    await cp(kept, folder, { recursive: true });
    await rm(kept, { recursive: true });
    return new SmallDisk(folder);
  }

  fill(): void {
    spawnSync('dd', ['if=/dev/zero', `of=${this.filler}`, 'bs=1k'], { stdio: 'ignore' });
  }

  async free(): Promise<void> {
    await rm(this.filler);
  }

  makeReadOnly(): void {
    execFileSync('mount', ['-o', 'remount,ro', this.folder]);
  }

  makeWritable(): void {
    execFileSync('mount', ['-o', 'remount,rw', this.folder]);
  }

  remove(): void {
    execFileSync('umount', ['-l', this.folder]);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }
}
