import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { openRegularSync } from './regular-file.js';

/**
 * A file that is only appended to, up to a size limit: it is then renamed to `<name>.1`, the former `.1` to `.2`, and the oldest is
 * deleted. Writes at once, so that nothing is lost in a crash. A full or broken disk loses lines, but whole ones, and never stops the caller.
 */
export class RotatingFile {
  private fd: number | null = null;
  private size = 0;

  /**
   * @param limit size in bytes at which a new file begins.
   * @param kept how many older files are kept.
   */
  constructor(
    private readonly path: string,
    private readonly limit: number,
    private readonly kept: number,
  ) {}

  write(text: string): void {
    try {
      const bytes = Buffer.from(text);
      if (this.fd !== null && this.size + bytes.length > this.limit) this.rotate();
      this.fd ??= this.open();
      const written = writeSync(this.fd, bytes);
      if (written < bytes.length) ftruncateSync(this.fd, fstatSync(this.fd).size - written);
      else this.size += written;
    } catch {
      // The same lines go to stdout, and a full disk must not take the telephones down.
    }
  }

  close(): void {
    const { fd } = this;
    this.fd = null;
    if (fd !== null) closeSync(fd);
  }

  private open(): number {
    const folder = dirname(this.path);
    if (!existsSync(folder)) mkdirSync(folder, 0o700);
    const fd = openRegularSync(this.path, 'append');
    this.size = fstatSync(fd).size;
    return fd;
  }

  private rotate(): void {
    this.close();
    rmSync(`${this.path}.${this.kept}`, { force: true });
    for (let age = this.kept - 1; age >= 1; age -= 1) this.rename(`${this.path}.${age}`, `${this.path}.${age + 1}`);
    this.rename(this.path, `${this.path}.1`);
  }

  private rename(from: string, to: string): void {
    if (existsSync(from)) renameSync(from, to);
  }
}
