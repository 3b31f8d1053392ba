import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { EndpointOptions } from '../../../src/node-pjsua2/src/index.js';
import { until } from '../../support/waiting.js';
import { startProgram } from './program.js';
import type { RemoteAnswer, RemoteCommand, RemoteEvent, RemoteMessage } from './remote-protocol.js';

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

interface RemoteOptions {
  /** What it does with an incoming call. Default 'answer'. */
  readonly answer?: RemoteAnswer;
  /** What it says to every call, in Hz. */
  readonly tone?: number;
  readonly options?: Partial<EndpointOptions>;
}

/** An endpoint in a process of its own, commanded over IPC. */
export class RemoteEndpoint {
  readonly events: RemoteEvent[] = [];
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #port = 0;
  #nextId = 1;

  static async start({ answer = 'answer', tone = 600, options = {} }: RemoteOptions = {}): Promise<RemoteEndpoint> {
    const remote = new RemoteEndpoint(await startProgram('remote'));
    remote.#port = Number(await remote.tell({ do: 'start', answer, tone, options }));
    return remote;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stderr?.pipe(process.stderr);
    child.on('message', (message) => this.#receive(message as RemoteMessage));
    child.on('exit', (code, signal) => {
      for (const { reject } of this.#pending.values())
        reject(new Error(`the remote endpoint ended: ${code ?? signal}`));
    });
  }

  get uri(): string {
    return `sip:200@127.0.0.1:${this.#port}`;
  }

  /** Resolves when it has done so. */
  tell(command: RemoteCommand): Promise<unknown> {
    const id = this.#nextId++;
    this.#child.send({ id, command });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** The first event of this name since the last forget(). */
  event(name: RemoteEvent['name']): Promise<RemoteEvent['details']> {
    return until(
      () => `'${name}' of the remote endpoint; it told ${JSON.stringify(this.events)}`,
      () => this.events.find((event) => event.name === name)?.details,
    );
  }

  all(name: RemoteEvent['name']): RemoteEvent['details'][] {
    return this.events.filter((event) => event.name === name).map(({ details }) => details);
  }

  forget(): void {
    this.events.splice(0);
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    await this.tell({ do: 'close' });
    this.#child.disconnect();
    await exit;
  }

  #receive(message: RemoteMessage): void {
    if (message.kind === 'event') {
      this.events.push(message.event);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === 'done') pending?.resolve(message.result);
    else pending?.reject(new Error(`${message.name}: ${message.message}`));
  }
}
