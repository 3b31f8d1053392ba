import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** The board's GPIO chip (PL061), and its register with the levels of all lines. */
const levels = 0x9030000 + 0x3fc;
/** Lines of the HAT (hat.dts). */
const lines = { monitor: 0, button: 1, status: 2 } as const;

/** The other end of the lines between an emulated board and its HAT: QEMU's sockets for tests and for orders. */
export class Wires {
  readonly #qtest: Conversation;
  readonly #monitor: Conversation;
  #chip: string | null = null;

  constructor(qtest: Socket, monitor: Socket) {
    this.#qtest = new Conversation(qtest, (line) => !line.startsWith('IRQ'));
    this.#monitor = new Conversation(monitor, (line) => /^\{"(?:return|error)"/.test(line));
  }

  async setButton(isHeld: boolean): Promise<void> {
    this.#chip ??= await this.#findChip();
    await this.#qtest.say(`set_irq_in ${this.#chip} unnamed-gpio-in ${lines.button} ${isHeld ? 1 : 0}`);
  }

  /** Whether its LEDs are lit at this moment. */
  async lamps(): Promise<{ readonly monitor: boolean; readonly status: boolean }> {
    const level = Number((await this.#qtest.say(`readl 0x${levels.toString(16)}`)).split(' ')[1]);
    return { monitor: (level & (1 << lines.monitor)) !== 0, status: (level & (1 << lines.status)) !== 0 };
  }

  close(): void {
    this.#qtest.close();
    this.#monitor.close();
  }

  async #findChip(): Promise<string> {
    const order = (execute: string, args: object = {}) =>
      this.#monitor.say(JSON.stringify({ execute, arguments: args }));
    await order('qmp_capabilities');
    const path = '/machine/unattached';
    const found = JSON.parse(await order('qom-list', { path })) as {
      readonly return: readonly { readonly name: string; readonly type: string }[];
    };
    const chip = found.return.find(({ type }) => type === 'child<pl061>');
    if (chip === undefined) throw new Error('the board has no GPIO chip');
    return `${path}/${chip.name}`;
  }
}

/** Says a line, and hears the one that answers it. */
class Conversation {
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
