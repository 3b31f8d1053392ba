import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { installation } from '../../appliance/installation.js';
import type { PrivacyNotice, SimulatedBoardAnswer, SimulatedBoardOrder } from './order.js';
import type { PageAddress } from './page-server.js';

/** The simulated board as its own process, as hardware would be. It ends with this one, however that ends. */
export class BoardProcess {
  /** Where the front panel can be seen. */
  readonly page: PageAddress;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, page: PageAddress) {
    this.#process = child;
    this.page = page;
  }

  /** Rejects with the reason if a part of the board cannot be made, or the page's port is taken. */
  static async start(order: SimulatedBoardOrder): Promise<BoardProcess> {
    // Ctrl+C at the terminal must not reach it: it ends when its parent is done with it. Its sound is made sample by sample, which
    // wants the optimizing compiler that its parent does without.
    const child = fork(installation.simulatedBoard, { detached: true, execArgv: ['--max-semi-space-size=1'] });
    const answer = await answerOf(child, order);
    // Messages to a process that has gone are lost, which is no reason to end.
    child.on('error', () => {});
    if (answer.type === 'ready') return new BoardProcess(child, answer.page);
    throw new Error(answer.reason);
  }

  /** Calls with the reason if the board ends without having been stopped. */
  onLost(listener: (reason: string) => void): void {
    if (!isRunning(this.#process)) listener(howEnded(this.#process));
    else this.#process.once('exit', () => listener(howEnded(this.#process)));
  }

  /** Shows on the page for how long the button keeps monitoring closed; null when it does not. */
  showPrivacy(privateForMs: number | null): void {
    const notice: PrivacyNotice = { privateForMs };
    // Lost if the board has just ended; its successor is told again.
    if (this.#process.connected) this.#process.send(notice, () => {});
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    if (!isRunning(this.#process)) return;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    await ended;
  }
}

function answerOf(child: ChildProcess, order: SimulatedBoardOrder): Promise<SimulatedBoardAnswer> {
  return new Promise((resolve) => {
    const failed = (reason: string) => resolve({ type: 'failed', reason });
    child.once('message', (answer: SimulatedBoardAnswer) => resolve(answer));
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
