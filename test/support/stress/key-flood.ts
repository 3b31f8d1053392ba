import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const source = fileURLToPath(new URL('key-flood.c', import.meta.url));
const run = promisify(execFile);

/** A phone gone mad, which presses keys faster than anybody can: a program of its own, for a test has other things to do meanwhile. */
export class KeyFlood {
  static async open(): Promise<KeyFlood> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-flood-'));
    await run('cc', ['-O2', '-Wall', '-Werror', '-o', join(folder, 'key-flood'), source]);
    return new KeyFlood(folder);
  }

  private constructor(private readonly folder: string) {}

  /** From one port of this host to another; resolves with how many keys were sent. */
  async send(ownPort: number, port: number, perSecond: number, seconds: number): Promise<number> {
    const eventPayloadType = 101;
    const flags = [ownPort, port, eventPayloadType, perSecond, seconds].map(String);
    return Number((await run(join(this.folder, 'key-flood'), flags)).stdout);
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
