import { execFile, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '../../support/waiting.js';
import { ProcessTree } from '../process-tree.js';
import type { MonitorMode } from '../roles.js';
import type { System } from './system.js';

const run = promisify(execFile);

const pin = '4711';
/** ChanSpy's options are chosen by the number dialled, see conf/gen.sh of the peer. */
const prefixes: Record<MonitorMode, string> = { listen: '*1', whisper: '*2', barge: '*3' };

/** Asterisk 22 with ChanSpy, as the peer's own scripts set it up in a folder outside the project. */
export class Asterisk implements System {
  readonly password = 'anchorpw';
  readonly name = 'Asterisk';
  readonly server = { protocol: 'udp', address: '127.0.0.1', port: 5060 } as const;
  readonly #folder: string;
  readonly #phones: number;
  readonly #placement: readonly string[];
  #isLaunched = false;

  /**
   * @param folder where the peer is set up (BENCH_DIR).
   * @param phones how many members, customers and moderators there are.
   * @param placement command prefix that keeps it on its core.
   */
  constructor(folder: string, phones: number, placement: readonly string[]) {
    this.#folder = folder;
    this.#phones = phones;
    this.#placement = placement;
  }

  monitoring(member: string, mode: MonitorMode) {
    return { number: `${prefixes[mode]}${member}`, keys: [pin], modeKey: '' };
  }

  async prepare(): Promise<void> {
    const generator = join(this.#folder, 'conf/gen.sh');
    await run('bash', [generator, join(this.#folder, 'chroot/etc/asterisk')], { env: this.#environment });
    // Registrations of an earlier run would be kept in it.
    await rm(join(this.#folder, 'chroot/var/lib/asterisk/astdb.sqlite3'), { force: true });
  }

  async launch(): Promise<ProcessTree> {
    await rm(this.#pidFile, { force: true });
    this.#isLaunched = true;
    spawn('bash', [this.#script, 'start'], { env: this.#environment, stdio: 'ignore' });
    return new ProcessTree(await until('the process of Asterisk', () => this.#pid()));
  }

  async stop(): Promise<void> {
    if (!this.#isLaunched) return;
    this.#isLaunched = false;
    await run('bash', [this.#script, 'stop'], { env: this.#environment });
  }

  get #script(): string {
    return join(this.#folder, 'ast.sh');
  }

  get #pidFile(): string {
    return join(this.#folder, 'ast.pid');
  }

  get #environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      BENCH_DIR: this.#folder,
      NOGEN: '1',
      N: String(this.#phones),
      PW: this.password,
      PIN: pin,
      CODEC: 'alaw,ulaw',
      ATASK: this.#placement.join(' '),
      ANICE: '0',
    };
  }

  async #pid(): Promise<number | undefined> {
    const text = await readFile(this.#pidFile, 'utf8').catch(() => '');
    return text.endsWith('\n') ? Number(text) : undefined;
  }
}
