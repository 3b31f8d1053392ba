import { type ChildProcess, fork, type Serializable } from 'node:child_process';
import { once } from 'node:events';
import type { Attendant } from './supervised.js';

/** What a program answers, once, to the order that it is given. */
export type ProcessAnswer = { readonly type: 'ready' } | { readonly type: 'failed'; readonly reason: string };

/** How long one may take to end by itself. */
const farewellMs = 2000;

interface OwnProgram {
  /** Path of its file. */
  readonly program: string;
  /** Options of Node for it; those of this process if there are none. */
  readonly execArgv?: string[];
}

/** A part of the box as a process of its own. It ends with this one, however that ends. */
export class OwnProcess<Ready extends ProcessAnswer & { type: 'ready' }> implements Attendant {
  /** What it answered to its order. */
  readonly answer: Ready;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, answer: Ready) {
    this.#process = child;
    this.answer = answer;
  }

  /**
   * Rejects with the reason if the program fails, and when it is aborted before it has answered; it is killed then.
   * @param order What it is sent first.
   */
  static async start<Ready extends ProcessAnswer & { type: 'ready' }>(
    { program, ...options }: OwnProgram,
    order: Serializable,
    signal: AbortSignal,
  ): Promise<OwnProcess<Ready>> {
    // Ctrl+C at the terminal must not reach it: it ends when its parent is done with it.
    const child = fork(program, { ...options, detached: true });
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill);
    const answer = await answerOf<Ready>(child, order);
    signal.removeEventListener('abort', kill);
    // Messages to a process that is gone are lost; that must not end this one.
    child.on('error', () => {});
    if (answer.type === 'ready') return new OwnProcess(child, answer);
    throw new Error(answer.reason);
  }

  /** Calls with the reason if it ends without having been stopped. */
  onLost(listener: (reason: string) => void): void {
    if (!isRunning(this.#process)) listener(howEnded(this.#process));
    else this.#process.once('exit', () => listener(howEnded(this.#process)));
  }

  /** Lost if it has just ended. */
  tell(message: Serializable): void {
    if (this.#process.connected) this.#process.send(message, () => {});
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    if (!isRunning(this.#process)) return;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    // One that hangs would outlive us otherwise, and hold us up until then.
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), farewellMs);
    await ended;
    clearTimeout(kill);
  }
}

function answerOf<Ready extends ProcessAnswer>(
  child: ChildProcess,
  order: Serializable,
): Promise<Ready | (ProcessAnswer & { type: 'failed' })> {
  return new Promise((resolve) => {
    const failed = (reason: string) => resolve({ type: 'failed', reason });
    child.once('message', (answer: Ready) => resolve(answer));
    child.once('error', (error) => failed(error.message));
    child.once('exit', () => failed(howEnded(child)));
    child.send(order, (error) => {
      if (error) failed(error.message);
    });
  });
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function howEnded({ exitCode, signalCode }: ChildProcess): string {
  return `its process ended with ${signalCode ?? exitCode}`;
}
