import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { installation } from '../../appliance/installation.js';
import type { SimulatedBoardAnswer, SimulatedBoardOrder } from './order.js';
import type { PageAddress } from './page-server.js';

/** The simulated board as its own process, as hardware would be. It ends with this one, however that ends. */
export class BoardProcess {
  /** Where the front panel is to be seen. */
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
    child.send(order);
    const answer = await answerOf(child);
    if (answer.type === 'ready') return new BoardProcess(child, answer.page);
    throw new Error(answer.reason);
  }

  /** Calls if the board ends without having been stopped. */
  onLost(listener: () => void): void {
    this.#process.once('exit', listener);
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    await ended;
  }
}

function answerOf(child: ChildProcess): Promise<SimulatedBoardAnswer> {
  return new Promise((resolve) => {
    child.once('message', (answer: SimulatedBoardAnswer) => resolve(answer));
    child.once('error', (error) => resolve({ type: 'failed', reason: error.message }));
    child.once('exit', (code) => resolve({ type: 'failed', reason: `the simulated board ended with ${code}` }));
  });
}
