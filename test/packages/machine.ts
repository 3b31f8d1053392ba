import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../support/waiting.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A Debian 13 with its own systemd, on which nothing but what the package needs is installed. */
export class Machine {
  readonly #process: ChildProcess;
  readonly #init: string;

  private constructor(process: ChildProcess, init: string) {
    this.#process = process;
    this.#init = init;
  }

  /** Its `/shared` is this folder. */
  static async boot(shared: string): Promise<Machine> {
    const { stdout: folder } = await run('bash', [script('debian.sh')]);
    const process = spawn('bash', [script('machine.sh'), folder.trim(), shared], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [init] = await once(process.stdout, 'data');
    return new Machine(process, String(init).trim());
  }

  /** What a command of bash prints there; rejects, with what it said, if it fails. */
  async sh(command: string): Promise<string> {
    const { stdout } = await run('nsenter', [
      ...['--target', this.#init, '--all', '--root', '--wd', 'env', '-i'],
      ...['HOME=/root', 'LANG=C.UTF-8', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive'],
      ...['bash', '-c', command],
    ]);
    return stdout.trim();
  }

  /** Waits until a command succeeds, and returns what it prints. */
  async untilSh(what: string, command: string, patienceMs = 180_000): Promise<string> {
    let said = '';
    return until(
      () => `${what}: ${said}`,
      () =>
        this.sh(command).then(
          (text) => text || 'done',
          async (error: { readonly stderr?: string }) => {
            said = `${error.stderr}${await this.sh('journalctl --no-pager -n 20 -u modcall').catch(() => '')}`;
            return false as const;
          },
        ),
      patienceMs,
    );
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }
}
