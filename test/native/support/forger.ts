import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../support/waiting.js';

interface Place {
  readonly address: string;
  readonly port: number;
}

const source = fileURLToPath(new URL('../../support/stress/forger.c', import.meta.url));

/** Sends datagrams in others' names: a program of its own, for a test has other things to do meanwhile. */
export class Forger {
  static async open(serverPort: number): Promise<Forger> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-forger-'));
    await promisify(execFile)('cc', ['-O2', '-Wall', '-Werror', '-o', join(folder, 'forger'), source]);
    return new Forger(folder, serverPort);
  }

  sent = 0;
  sentBytes = 0;
  #program: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly serverPort: number,
  ) {}

  /** Goes on until it is stopped; under way when it resolves. */
  async flood(places: readonly Place[], messages: readonly string[], perSecond: number): Promise<void> {
    const program = spawn(join(this.folder, 'forger'), [this.serverPort, perSecond].map(String), {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#program = program;
    [this.sent, this.sentBytes] = [0, 0];
    program.stdout.on('data', (data: Buffer) => {
      const [sent = 0, bytes = 0] = data.toString().trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
      [this.sent, this.sentBytes] = [sent, bytes];
    });
    const lines = places.map(({ address, port }) => `${address} ${port}\n`).join('');
    program.stdin.end(`${lines}\n${messages.map((message) => `${message}\0`).join('')}`);
    await this.hasSent(perSecond / 2);
  }

  async hasSent(count: number): Promise<void> {
    await until('the flood', () => this.sent >= count);
  }

  stop(): void {
    this.#program?.kill();
  }

  async close(): Promise<void> {
    this.stop();
    await rm(this.folder, { recursive: true });
  }
}
