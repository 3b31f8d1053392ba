import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './waiting.js';

/** Stands in for systemd: hears what a program reports by sd_notify(3). */
export class StandInManager {
  /** All reports up to now. */
  heard = '';
  readonly socket: string;
  readonly #folder: string;
  #socat: ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.socket = join(folder, 'notify');
  }

  static async start(): Promise<StandInManager> {
    const manager = await StandInManager.deaf();
    await manager.listen();
    return manager;
  }

  /** One that does not listen yet. */
  static async deaf(): Promise<StandInManager> {
    return new StandInManager(await mkdtemp(join(tmpdir(), 'modcall-manager-')));
  }

  async listen(): Promise<void> {
    const socat = spawn('socat', ['-u', `unix-recv:${this.socket}`, 'stdout'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#socat = socat;
    socat.stdout.on('data', (text: Buffer) => {
      this.heard += text.toString();
    });
    await until('the socket of the manager', () => existsSync(this.socket));
  }

  async remove(): Promise<void> {
    this.#socat?.kill();
    await rm(this.#folder, { recursive: true });
  }
}
