import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { DemoPhonesOrder } from '../demo/demo-phones.js';
import { installation } from './installation.js';

/** The two demo phones in a process of their own, as real phones would be. It ends with this one, however that ends. */
export class DemoProcess {
  readonly #process: ChildProcess;
  #isOver = false;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.once('exit', () => {
      this.#isOver = true;
    });
  }

  static async start(order: DemoPhonesOrder): Promise<DemoProcess> {
    // Ctrl+C at the terminal must not reach it: it ends when its parent is done with it.
    const child = fork(installation.demoPhones, { detached: true });
    await once(child, 'spawn');
    // Messages to it once it has gone are lost, which is no reason to end.
    child.on('error', () => {});
    child.send(order, () => {});
    return new DemoProcess(child);
  }

  /** Calls with the reason if it ends without having been stopped. */
  onLost(listener: (reason: string) => void): void {
    this.#process.once('exit', (code, signal) => listener(`its process ended with ${signal ?? code}`));
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    if (this.#isOver) return;
    const ended = once(this.#process, 'exit');
    if (this.#process.connected) this.#process.disconnect();
    await ended;
  }
}
