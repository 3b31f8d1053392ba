import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from '../waiting.js';

/** An event of baresip's ctrl_tcp module, as far as we need it. */
export interface BaresipEvent {
  readonly type: string;
  readonly param?: string;
}

type Message = BaresipEvent & { readonly response?: boolean; readonly ok?: boolean; readonly token?: string };

/** Speaks with a baresip process: JSON in netstrings over TCP. */
export class BaresipControl {
  readonly events: BaresipEvent[] = [];
  readonly #socket: Socket;
  readonly #answers = new Map<string, boolean>();
  #pending = Buffer.alloc(0);
  #serial = 0;

  static async connect(port: number): Promise<BaresipControl> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new BaresipControl(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {}); // the process is gone; whoever waits runs into the time-out
  }

  /** Gives a command as its menu knows it; resolves when it was carried out. */
  async command(command: string, params = ''): Promise<void> {
    this.#serial += 1;
    const token = String(this.#serial);
    const json = JSON.stringify({ command, params, token });
    this.#socket.write(`${Buffer.byteLength(json)}:${json},`);
    await until(`baresip to answer "${command}"`, () => this.#answers.has(token));
    if (!this.#answers.get(token)) throw new Error(`baresip refused "${command} ${params}"`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (;;) {
      const colon = this.#pending.indexOf(':');
      const end = colon + 1 + Number(this.#pending.toString('latin1', 0, Math.max(0, colon)));
      if (colon < 0 || this.#pending.length <= end) return;
      this.#receive(JSON.parse(this.#pending.toString('utf8', colon + 1, end)));
      this.#pending = this.#pending.subarray(end + 1);
    }
  }

  #receive(message: Message): void {
    if (message.response) this.#answers.set(message.token ?? '', message.ok ?? false);
    else this.events.push(message);
  }
}
