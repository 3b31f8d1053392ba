import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { Lamps } from '../../../src/indication/lamps.js';
import type { Panel, PanelEvent, PanelParts } from '../../../src/panel/panel.js';
import { GpioTree } from './gpio-tree.js';

/** Each part has a chip of its own, so that it can be taken away. The first number is that of kernels since 6.6. */
const wired = {
  monitorLamp: {
    chip: { label: 'pinctrl-bcm2711', base: 512, lines: 58 },
    line: { chip: 'pinctrl-(bcm2711|bcm2835|rp1)', line: 17, activeLow: false },
  },
  statusLamp: {
    chip: { label: 'raspberrypi-exp-gpio', base: 570, lines: 8 },
    line: { chip: 'raspberrypi-exp-gpio', line: 5, activeLow: true },
  },
  button: {
    chip: { label: 'gpio-mcp23017', base: 578, lines: 16 },
    line: { chip: 'gpio-mcp.*', line: 0, activeLow: true },
  },
} as const;

const parts: PanelParts = {
  monitorLamp: { driver: 'gpio', ...wired.monitorLamp.line },
  statusLamp: { driver: 'gpio', ...wired.statusLamp.line },
  button: { driver: 'gpio', ...wired.button.line },
};

type Lines = GpioTree<keyof PanelParts>;

/** What is told to the process that has the panel, and what it tells. */
export type PanelOrder =
  | { readonly do: 'open'; readonly parts: PanelParts }
  | { readonly do: 'start' | 'stop' }
  | { readonly do: 'show'; readonly lamps: Lamps };
export type PanelNotice = { readonly type: 'done' } | PanelEvent;

/** GPIO lines as the kernel has them in /sys/class/gpio, and a process that has the real drivers and sees them there. */
export class GpioPanel implements Panel {
  readonly #lines: Lines;
  readonly #process: ChildProcess;
  #listener: (event: PanelEvent) => void = () => {};
  readonly #answers: (() => void)[] = [];

  /** @param program path of the compiled panel-process.ts. */
  static async open(program: string): Promise<GpioPanel> {
    const lines: Lines = await GpioTree.make(wired, 'button');
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
    const panel = new GpioPanel(lines, lines.spawn([process.execPath, program], { stdio: [...stdio] }));
    await panel.#tell({ do: 'open', parts });
    return panel;
  }

  private constructor(lines: Lines, child: ChildProcess) {
    this.#lines = lines;
    this.#process = child;
    child.on('message', (notice: PanelNotice) => {
      if (notice.type === 'done') this.#answers.shift()?.();
      else this.#listener(notice);
    });
  }

  async start(): Promise<void> {
    await this.#tell({ do: 'start' });
  }

  async stop(): Promise<void> {
    await this.#tell({ do: 'stop' });
  }

  show(lamps: Lamps): void {
    void this.#tell({ do: 'show', lamps });
  }

  onEvent(listener: (event: PanelEvent) => void): void {
    this.#listener = listener;
  }

  /** Whether current flows through the lamp. */
  isLit(lamp: 'monitorLamp' | 'statusLamp'): boolean {
    return this.#lines.isActive(lamp);
  }

  /** The button connects its line to ground; a resistor pulls it up. */
  async setButton(isClosed: boolean): Promise<void> {
    if (!this.#lines.wakes) return;
    const change = `echo ${this.#lines.inputText(isClosed)} > /proc/sys/kernel/hostname`;
    execFileSync('nsenter', ['--uts', '--target', String(this.#process.pid), 'sh', '-c', change]);
  }

  takeAway(part: keyof PanelParts): Promise<void> {
    return this.#lines.takeAway(part);
  }

  putBack(part: keyof PanelParts): Promise<void> {
    return this.#lines.putBack(part);
  }

  async remove(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill();
    await exited;
    await this.#lines.remove();
  }

  #tell(order: PanelOrder): Promise<void> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#process.send(order);
    });
  }
}
