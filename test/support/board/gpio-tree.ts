import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GpioLine } from '../../../src/parts/part.js';

/**
 * Puts a tree of files over /sys/class, for one process only (mount_namespaces(7)). The input's `value` is a file of the kernel that
 * wakes who waits for it, as that of a GPIO line does: the host name, which that process has for itself (uts_namespaces(7)). It can be
 * read from the beginning again, begins with 0 or 1, and gives EPOLLPRI when it changes.
 */
const script = `mount --bind "$1" /sys/class
mount --bind /proc/sys/kernel/hostname "/sys/class/gpio/gpio$2/value"
echo 0 > /proc/sys/kernel/hostname
shift 2
exec "$@"`;
const namespaces = ['--mount', '--uts', '--propagation', 'private'];

/** Whether this user may make such a process: it takes the rights of root. */
export const canFakeGpio = spawnSync('unshare', [...namespaces, 'true']).status === 0;

/** A line, and the chip that it belongs to. */
export interface WiredLine {
  readonly chip: { readonly label: string; readonly base: number; readonly lines: number };
  readonly line: GpioLine;
}

/** GPIO lines as the kernel has them in /sys/class/gpio: one input, and outputs. */
export class GpioTree<Name extends string> {
  readonly #folder: string;
  readonly #wired: Readonly<Record<Name, WiredLine>>;
  readonly #input: Name;

  /** @param input the line that is read. */
  static async make<Name extends string>(
    wired: Readonly<Record<Name, WiredLine>>,
    input: NoInfer<Name>,
  ): Promise<GpioTree<Name>> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-gpio-'));
    await writeTree(join(folder, 'gpio'), Object.values(wired));
    return new GpioTree(folder, wired, input);
  }

  private constructor(folder: string, wired: Readonly<Record<Name, WiredLine>>, input: Name) {
    this.#folder = folder;
    this.#wired = wired;
    this.#input = input;
  }

  /** Starts a program that sees these lines. */
  spawn(command: readonly string[], options: SpawnOptions): ChildProcess {
    const inner = ['sh', '-e', '-c', script, 'sh', this.#folder, String(this.#numberOf(this.#input)), ...command];
    return spawn('unshare', [...namespaces, ...inner], options);
  }

  /** Whether the line is an output, and at the level at which what hangs on it is wired to be active. */
  isActive(name: Name): boolean {
    const isOutput = this.#read(name, 'direction') !== 'in';
    const isHigh = (this.#read(name, 'value') === '1') !== this.#isInverted(name);
    return isOutput && isHigh !== this.#wired[name].line.activeLow;
  }

  /** Whether the kernel would wake somebody for each change of the input. */
  get wakes(): boolean {
    return this.#read(this.#input, 'edge') === 'both';
  }

  /** What is to be written for the input to be active or not. */
  inputText(isActive: boolean): '0' | '1' {
    const isHigh = isActive !== this.#wired[this.#input].line.activeLow;
    return isHigh !== this.#isInverted(this.#input) ? '1' : '0';
  }

  async takeAway(name: Name): Promise<void> {
    await rename(this.#chip(name), this.#chip(name, 'away'));
  }

  async putBack(name: Name): Promise<void> {
    await rename(this.#chip(name, 'away'), this.#chip(name));
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  #isInverted(name: Name): boolean {
    return this.#read(name, 'active_low') === '1';
  }

  #chip(name: Name, prefix = ''): string {
    return join(this.#folder, 'gpio', `${prefix}gpiochip${this.#wired[name].chip.base}`);
  }

  #read(name: Name, file: string): string {
    return readFileSync(join(this.#folder, 'gpio', `gpio${this.#numberOf(name)}`, file), 'utf8').trim();
  }

  #numberOf(name: Name): number {
    return numberOf(this.#wired[name]);
  }
}

const numberOf = ({ chip, line }: WiredLine): number => chip.base + line.line;

/** As after `export` of all lines: what the kernel would make at that moment stands here from the beginning. */
async function writeTree(root: string, wired: readonly WiredLine[]): Promise<void> {
  await mkdir(root);
  for (const file of ['export', 'unexport']) await writeFile(join(root, file), '');
  for (const each of wired) {
    const { label, base, lines } = each.chip;
    await writeFiles(join(root, `gpiochip${base}`), { label, base: String(base), ngpio: String(lines) });
    await writeFiles(join(root, `gpio${numberOf(each)}`), {
      value: '0',
      direction: 'in',
      edge: 'none',
      active_low: '0',
    });
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), `${text}\n`);
}
