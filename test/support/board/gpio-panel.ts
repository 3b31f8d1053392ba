import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lamps } from '../../../src/indication/lamps.js';
import type { GpioLine, Panel, PanelEvent, PanelParts } from '../../../src/panel/panel.js';

/**
 * Puts a tree of files over /sys/class, for one process only (mount_namespaces(7)). The button's `value` is a file of the kernel that
 * wakes who waits for it, as that of a GPIO line does: the host name, which that process has for itself (uts_namespaces(7)). It can be
 * read from the beginning again, begins with 0 or 1, and gives EPOLLPRI when it changes.
 */
const script = `mount --bind "$1" /sys/class
mount --bind /proc/sys/kernel/hostname "/sys/class/gpio/gpio$2/value"
echo 0 > /proc/sys/kernel/hostname
exec "$3" "$4"`;
const namespaces = ['--mount', '--uts', '--propagation', 'private'];

/** Whether this user may make such a process: it takes the rights of root. */
export const canFakeGpio = spawnSync('unshare', [...namespaces, 'true']).status === 0;

/** Each part has a chip of its own, so that it can be taken away. The first number is that of kernels since 6.6. */
const chips = {
  monitorLamp: { label: 'pinctrl-bcm2711', base: 512, lines: 58 },
  statusLamp: { label: 'raspberrypi-exp-gpio', base: 570, lines: 8 },
  button: { label: 'gpio-mcp23017', base: 578, lines: 16 },
} as const;
const names = ['monitorLamp', 'statusLamp', 'button'] as const;

const parts: PanelParts & Record<(typeof names)[number], GpioLine> = {
  monitorLamp: { driver: 'gpio', chip: 'pinctrl-(bcm2711|bcm2835|rp1)', line: 17, activeLow: false },
  statusLamp: { driver: 'gpio', chip: 'raspberrypi-exp-gpio', line: 5, activeLow: true },
  button: { driver: 'gpio', chip: 'gpio-mcp.*', line: 0, activeLow: true },
};

/** What is told to the process that has the panel, and what it tells. */
export type PanelOrder =
  | { readonly do: 'open'; readonly parts: PanelParts }
  | { readonly do: 'start' | 'stop' }
  | { readonly do: 'show'; readonly lamps: Lamps };
export type PanelNotice = { readonly type: 'done' } | PanelEvent;

/** GPIO lines as the kernel has them in /sys/class/gpio, and a process that has the real drivers and sees them there. */
export class GpioPanel implements Panel {
  readonly #class: string;
  readonly #process: ChildProcess;
  #listener: (event: PanelEvent) => void = () => {};
  readonly #answers: (() => void)[] = [];

  /** @param program path of the compiled panel-process.ts. */
  static async open(program: string): Promise<GpioPanel> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-gpio-'));
    await writeTree(join(folder, 'gpio'));
    const command = ['sh', '-e', '-c', script, 'sh', folder, String(numberOf('button')), process.execPath, program];
    const child = spawn('unshare', [...namespaces, ...command], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const panel = new GpioPanel(folder, child);
    await panel.#tell({ do: 'open', parts });
    return panel;
  }

  private constructor(folder: string, child: ChildProcess) {
    this.#class = folder;
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

  /** Whether current flows through the lamp: the line is an output, and at the level at which the lamp is wired to be lit. */
  isLit(lamp: 'monitorLamp' | 'statusLamp'): boolean {
    const isOutput = this.#read(lamp, 'direction') !== 'in';
    const isHigh = (this.#read(lamp, 'value') === '1') !== this.#isInverted(lamp);
    return isOutput && isHigh !== parts[lamp].activeLow;
  }

  /** The button connects its line to ground; a resistor pulls it up. The kernel wakes only for edges that were asked for. */
  async setButton(isClosed: boolean): Promise<void> {
    if (this.#read('button', 'edge') !== 'both') return;
    const isHigh = !isClosed;
    const value = isHigh !== this.#isInverted('button') ? 1 : 0;
    const change = `echo ${value} > /proc/sys/kernel/hostname`;
    execFileSync('nsenter', ['--uts', '--target', String(this.#process.pid), 'sh', '-c', change]);
  }

  async takeAway(part: keyof PanelParts): Promise<void> {
    await rename(this.#chip(part), this.#chip(part, 'away'));
  }

  async putBack(part: keyof PanelParts): Promise<void> {
    await rename(this.#chip(part, 'away'), this.#chip(part));
  }

  async remove(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill();
    await exited;
    await rm(this.#class, { recursive: true, force: true });
  }

  #tell(order: PanelOrder): Promise<void> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#process.send(order);
    });
  }

  #isInverted(part: keyof PanelParts): boolean {
    return this.#read(part, 'active_low') === '1';
  }

  #chip(part: keyof PanelParts, prefix = ''): string {
    return join(this.#class, 'gpio', `${prefix}gpiochip${chips[part].base}`);
  }

  #read(part: keyof PanelParts, file: string): string {
    return readFileSync(join(this.#class, 'gpio', `gpio${numberOf(part)}`, file), 'utf8').trim();
  }
}

function numberOf(part: keyof PanelParts): number {
  return chips[part].base + parts[part].line;
}

/** As after `export` of all lines: what the kernel would make at that moment stands here from the beginning. */
async function writeTree(root: string): Promise<void> {
  await mkdir(root);
  for (const file of ['export', 'unexport']) await writeFile(join(root, file), '');
  for (const name of names) {
    const { label, base, lines } = chips[name];
    await writeFiles(join(root, `gpiochip${base}`), { label, base: String(base), ngpio: String(lines) });
    await writeFiles(join(root, `gpio${numberOf(name)}`), {
      value: '0',
      direction: 'in',
      edge: 'none',
      active_low: '0',
    });
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), `${text}\n`);
}
