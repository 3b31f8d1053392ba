import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ProcessTree } from '../process-tree.js';

const firstPort = 30_000;
const portsPerCall = 4;

/** The floor: a program that does nothing but pass packets on (native/udp-relay.c). Nobody signals to it. */
export class Relay {
  readonly #process: ChildProcess;

  /** @param command the relay, and what comes before it to place it on its core. */
  static async start([program = '', ...before]: readonly string[], calls: number): Promise<Relay> {
    const process = spawn(program, [...before, String(firstPort), String(calls)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(process.stdout, 'data');
    return new Relay(process);
  }

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  get tree(): ProcessTree {
    return new ProcessTree(this.#process.pid ?? Number.NaN);
  }

  /** Where the two sides of a call send to. */
  portsOf(call: number): readonly [number, number] {
    const first = firstPort + call * portsPerCall;
    return [first, first + portsPerCall / 2];
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}
