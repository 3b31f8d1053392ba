import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from './waiting.js';

const source = fileURLToPath(new URL('marks.c', import.meta.url));

/** A UDP port that tells how what comes to it is marked for routers, which Node's sockets cannot. */
export class MarkReader {
  /** Of each datagram, oldest first: its class (DSCP, RFC 2474). */
  readonly classes: number[] = [];
  readonly address = '127.0.0.1';
  port = 0;

  static async open(): Promise<MarkReader> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-marks-'));
    const program = join(folder, 'marks');
    await promisify(execFile)('cc', ['-Wall', '-Werror', '-o', program, source]);
    const reader = new MarkReader(folder, spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] }));
    await until('a port to read marks at', () => reader.port);
    return reader;
  }

  private constructor(
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {
    if (!process.stdout) throw new Error('it says nothing');
    createInterface(process.stdout).on('line', (line) => this.#take(Number(line)));
  }

  async close(): Promise<void> {
    this.process.kill();
    await rm(this.folder, { recursive: true });
  }

  #take(value: number): void {
    const congestionBits = 2;
    if (this.port === 0) this.port = value;
    else this.classes.push(value >> congestionBits);
  }
}
