import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Says a line to QEMU, and hears the one that answers it. */
export class Conversation {
  readonly #waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];

  constructor(
    private readonly socket: Socket,
    isAnswer: (line: string) => boolean,
  ) {
    createInterface({ input: socket })
      .on('line', (line) => {
        if (isAnswer(line)) this.#waiting.shift()?.resolve(line);
      })
      // It passes on those of the socket, which is closed after one.
      .on('error', () => {});
    socket.once('close', () => {
      for (const { reject } of this.#waiting.splice(0)) reject(new Error('the board is off'));
    });
  }

  /** @throws when the board is off. */
  say(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.socket.write(`${line}\n`, (error) => error && reject(error));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
