import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ProcessTree } from '../process-tree.js';

/** Where the two sides of a call send to. */
export type PortPair = readonly [number, number];

/** The floor: a program that does nothing but pass packets on (native/udp-relay.c). Nobody signals to it. */
export class Relay {
  readonly #process: ChildProcess;
  /** One pair for each call. */
  readonly ports: readonly PortPair[];

  /** @param command the relay, and what comes before it to place it on its core. */
  static async start([program = '', ...before]: readonly string[], calls: number): Promise<Relay> {
    const process = spawn(program, [...before, String(calls)], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ports: PortPair[] = [];
    for await (const line of createInterface(process.stdout)) {
      const [one = 0, other = 0] = line.split(' ').map(Number);
      ports.push([one, other]);
      if (ports.length === calls) return new Relay(process, ports);
    }
    throw new Error('the bare relay ended before it had opened its ports');
  }

  private constructor(process: ChildProcess, ports: readonly PortPair[]) {
    this.#process = process;
    this.ports = ports;
  }

  get tree(): ProcessTree {
    return new ProcessTree(this.#process.pid ?? Number.NaN);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }
}
