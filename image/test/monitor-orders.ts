import type { Socket } from 'node:net';
import { Conversation } from './conversation.js';

/** QEMU's socket for orders (QMP), which it keeps for one at a time. */
export class MonitorOrders {
  readonly #conversation: Conversation;
  #isGreeted = false;

  constructor(socket: Socket) {
    this.#conversation = new Conversation(socket, (line) => /^\{"(?:return|error)"/.test(line));
  }

  /** What it returns. @throws when it refuses, or the board is off. */
  async execute(order: string, args: object = {}): Promise<unknown> {
    if (!this.#isGreeted) await this.#say('qmp_capabilities', {});
    this.#isGreeted = true;
    return this.#say(order, args);
  }

  close(): void {
    this.#conversation.close();
  }

  async #say(execute: string, args: object): Promise<unknown> {
    const answer = JSON.parse(await this.#conversation.say(JSON.stringify({ execute, arguments: args })));
    if (answer.error) throw new Error(`QEMU refuses ${execute}: ${JSON.stringify(answer.error)}`);
    return answer.return;
  }
}
