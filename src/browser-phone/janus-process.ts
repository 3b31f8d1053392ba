import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const farewellMs = 2000;

/** Janus as a process of its own, which ends with this one, however that ends. */
export class JanusProcess {
  readonly #process: ChildProcess;
  #fault: string | null = null;
  #isStopped = false;

  /** @param folder That of its configuration. */
  constructor(folder: string) {
    const janus = ['janus', '-F', folder, '--disable-colors'];
    // Ctrl+C at the terminal must not reach it: it ends when its parent is done with it.
    this.#process = spawn('setpriv', ['--pdeathsig', 'KILL', ...janus], { stdio: 'ignore', detached: true });
    this.#process.on('error', ({ message }) => {
      this.#fault = message;
    });
  }

  /** Why it does not run; null while it does. */
  get whyEnded(): string | null {
    const { exitCode, signalCode } = this.#process;
    return this.#fault ?? (this.#isRunning ? null : `janus ended with ${signalCode ?? exitCode}`);
  }

  get #isRunning(): boolean {
    const { exitCode, signalCode } = this.#process;
    return exitCode === null && signalCode === null;
  }

  /** Ends it, since it does not do what it is for: it is lost for this reason. */
  fail(reason: string): void {
    if (this.#isStopped || this.whyEnded !== null) return;
    this.#fault = reason;
    this.#process.kill('SIGKILL');
  }

  /** Calls with the reason if it ends without having been stopped. */
  onLost(listener: (reason: string) => void): void {
    const lost = () => {
      if (!this.#isStopped) listener(this.whyEnded ?? 'janus ended');
    };
    if (this.#isRunning) this.#process.once('exit', lost);
    else lost();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.whyEnded !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), farewellMs);
    await ended;
    clearTimeout(kill);
  }
}
