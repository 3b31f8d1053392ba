import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const source = fileURLToPath(new URL('lookup-guard.c', import.meta.url));

/** Writes down each look-up of a name that blocks a thread of a process: it stands between the process and the C library. */
export class LookupGuard {
  private constructor(private readonly folder: string) {}

  static async open(): Promise<LookupGuard> {
    const guard = new LookupGuard(await mkdtemp(join(tmpdir(), 'modcall-lookups-')));
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-Wall', '-Werror', '-o', guard.library, source, '-ldl']);
    return guard;
  }

  /** For the process that is watched. */
  get environment(): Record<string, string> {
    return { LD_PRELOAD: this.library, LOOKUP_GUARD_FILE: this.file };
  }

  /** `<thread> <function> <name>` of each look-up so far. */
  async lookups(): Promise<readonly string[]> {
    const text = await readFile(this.file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private get library(): string {
    return join(this.folder, 'guard.so');
  }

  private get file(): string {
    return join(this.folder, 'lookups');
  }
}
