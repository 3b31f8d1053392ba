import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../waiting.js';

/** As many as libuv has for all that Node asks of the disk. */
const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** A disk that answers nothing in this process: every thread that could ask it waits for somebody to write to a pipe. */
export class SilentDisk {
  private constructor(
    private readonly pipe: string,
    private readonly readers: readonly Promise<FileHandle>[],
  ) {}

  /** @param folder for the pipe */
  static begin(folder: string): SilentDisk {
    const pipe = join(folder, 'silent');
    execFileSync('mkfifo', [pipe]);
    return new SilentDisk(
      pipe,
      Array.from({ length: threads }, () => open(pipe, 'r')),
    );
  }

  /** Lets it answer again, to everything that was asked meanwhile. */
  async end(): Promise<void> {
    const writer = await until('somebody to read from the pipe', () => this.#writer());
    for (const reader of this.readers) await (await reader).close();
    closeSync(writer);
  }

  #writer(): number | undefined {
    try {
      return openSync(this.pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch {
      return undefined;
    }
  }
}
