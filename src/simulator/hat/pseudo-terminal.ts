import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { access, lstat, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const openingMs = 10_000;
const pollMs = 10;

/**
 * The UART of the simulated HAT: a pty of the kernel. Node cannot make one by itself; socat does, and passes its bytes
 * on. When this process dies, so do socat and the tty.
 */
export class PseudoTerminal {
  readonly #socat: ChildProcess;
  readonly #link: string;
  /** Unless somebody has it open, the pty counts as hung up. */
  readonly #held: number;

  private constructor(socat: ChildProcess, link: string, held: number) {
    this.#socat = socat;
    this.#link = link;
    this.#held = held;
    socat.once('exit', (code, signal) => {
      // A HAT without its UART is useless: it ends, and whoever runs it starts another one.
      throw new Error(`socat, which makes ${link}, ended with ${signal ?? code}`);
    });
  }

  /** Makes a tty that is found under the path `link`. Rejects if socat is not installed or the path is not writable. */
  static async open(link: string): Promise<PseudoTerminal> {
    await rm(link, { force: true });
    const socat = spawn('socat', ['-t', '0', `pty,raw,echo=0,link=${link}`, 'stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const failed = new Promise<never>((_, reject) => {
      socat.once('error', (error) =>
        reject(new Error(`socat cannot be started (apt install socat): ${error.message}`)),
      );
      socat.once('exit', (code) => reject(new Error(`socat ended with ${code}: is the path ${link} writable?`)));
    });
    failed.catch(() => {});
    await Promise.race([failed, appears(link)]);
    for (const part of [socat, socat.stdin, socat.stdout]) part.on('error', () => {});
    return new PseudoTerminal(
      socat,
      link,
      openSync(link, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK),
    );
  }

  /** What the other side writes. Until this is called it waits. */
  onData(listener: (bytes: Buffer) => void): void {
    this.#socat.stdout?.on('data', listener);
  }

  write(bytes: Buffer): void {
    this.#socat.stdin?.write(bytes);
  }

  /** The tty disappears, and whoever has it open sees a hang-up. */
  async close(): Promise<void> {
    this.#socat.removeAllListeners('exit');
    closeSync(this.#held);
    this.#socat.kill('SIGKILL');
    await rm(this.#link, { force: true });
  }
}

async function appears(link: string): Promise<void> {
  const deadline = performance.now() + openingMs;
  while (performance.now() < deadline) {
    const isThere = await lstat(link).then(
      () => access(link, constants.R_OK).then(() => true),
      () => false,
    );
    if (isThere) return;
    await pause(pollMs);
  }
  throw new Error(`socat made no tty at ${link} within ${openingMs / 1000} s`);
}
