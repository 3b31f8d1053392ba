import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A clock on the wall that a test can move, for a process of its own: libfaketime stands between the process and the C library, so that the
 * process under test has no clock but the one that it always has. Its running time stays as it is, as on a box whose clock is set.
 */
export class MovableClock {
  private constructor(
    private readonly folder: string,
    private readonly library: string,
  ) {}

  /** A clock that is right. */
  static async open(): Promise<MovableClock> {
    const clock = new MovableClock(await mkdtemp(join(tmpdir(), 'modcall-clock-')), await findLibrary());
    await clock.setDaysAhead(0);
    return clock;
  }

  /** For the process that shall have this clock. */
  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: this.library,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** Moves the clock to so many days after the right time. */
  async setDaysAhead(days: number): Promise<void> {
    await this.write(`+${days}d`);
  }

  /** Puts the clock back to where a board without a battery begins, in January 1970. */
  async forget(): Promise<void> {
    await this.write(`-${Math.floor(Date.now() / 1000) - 3600}s`);
  }

  private async write(offset: string): Promise<void> {
    await writeFile(`${this.file}.new`, `${offset}\n`);
    await rename(`${this.file}.new`, this.file);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private get file(): string {
    return join(this.folder, 'time');
  }
}

/** Debian has a folder for the libraries of each kind of processor. */
async function findLibrary(): Promise<string> {
  for (const kind of await readdir('/usr/lib')) {
    const files: string[] = await readdir(join('/usr/lib', kind, 'faketime')).catch(() => []);
    if (files.includes('libfaketime.so.1')) return join('/usr/lib', kind, 'faketime/libfaketime.so.1');
  }
  throw new Error('libfaketime is missing; bash scripts/set-up.sh --with-tests installs it');
}
