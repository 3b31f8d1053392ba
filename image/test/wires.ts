import type { Socket } from 'node:net';
import { Conversation } from './conversation.js';
import { MonitorOrders } from './monitor-orders.js';

/** The board's GPIO chip (PL061), and its register with the levels of all lines. */
const levels = 0x9030000 + 0x3fc;
/** Lines of the HAT (hat.dts). */
const lines = { monitor: 0, button: 1, status: 2 } as const;

/** The other end of the lines between an emulated board and its HAT: QEMU's sockets for tests and for orders. */
export class Wires {
  readonly #qtest: Conversation;
  readonly #monitor: MonitorOrders;
  #chip: string | null = null;

  constructor(qtest: Socket, monitor: Socket) {
    this.#qtest = new Conversation(qtest, (line) => !line.startsWith('IRQ'));
    this.#monitor = new MonitorOrders(monitor);
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
    const path = '/machine/unattached';
    const found = (await this.#monitor.execute('qom-list', { path })) as readonly {
      readonly name: string;
      readonly type: string;
    }[];
    const chip = found.find(({ type }) => type === 'child<pl061>');
    if (chip === undefined) throw new Error('the board has no GPIO chip');
    return `${path}/${chip.name}`;
  }
}
