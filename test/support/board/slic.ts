import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { LineAudio } from '../../../src/engine/line-audio.js';
import type { FxsLine } from '../../../src/lines/line.js';
import type { FxsEvent } from '../../../src/lines/line-events.js';
import type { SlicOptions } from '../../../src/lines/slic/slic-fxs-line.js';
import type { SlicWiring } from '../../../src/lines/slic/slic-module.js';
import type { RingCadence } from '../../../src/switchboard/network-tones.js';
import { GpioTree } from './gpio-tree.js';

const chip = { label: 'pinctrl-bcm2711', base: 512, lines: 58 };
const lineOf = (line: number, activeLow: boolean) => ({ chip, line: { chip: 'pinctrl-.*', line, activeLow } });
const wired = { hook: lineOf(23, false), ringMode: lineOf(24, false), reverse: lineOf(25, true) };

/** How a SLIC module is wired in tests. */
export const slicWiring: SlicWiring = {
  hook: wired.hook.line,
  ringMode: wired.ringMode.line,
  reverse: wired.reverse.line,
};

/** GPIO lines as the kernel has them, with a SLIC module on them. */
export const slicLines = (): Promise<GpioTree<keyof typeof wired>> => GpioTree.make(wired, 'hook');

/** One state of the loop, as it is written, and how long it lasts. */
interface LoopChange {
  readonly text: string;
  readonly ms: number;
}

/** What is told to the process that has the driver, and what it tells. */
export type SlicOrder =
  | { readonly do: 'open'; readonly options: SlicOptions }
  | { readonly do: 'start' | 'stop' | 'stopRinging' }
  | { readonly do: 'ring'; readonly cadence: RingCadence }
  | { readonly do: 'loop'; readonly changes: readonly LoopChange[] };
export type SlicNotice = { readonly type: 'done' } | FxsEvent;

/** Near the longest pulse, so that it is noticed on a busy machine, too. */
const [breakMs, makeMs, betweenDigitsMs, flashMs] = [80, 80, 400, 200];

/** The real driver in a process that sees the module's lines, and the telephone at its wires. */
export class Slic implements FxsLine {
  readonly kind = 'fxs';
  readonly audio: LineAudio = { kind: 'socket', path: '/nonexistent' };
  readonly #process: ChildProcess;
  readonly #answers: (() => void)[] = [];
  #listener: (event: FxsEvent) => void = () => {};

  /** @param program path of the compiled slic-process.ts. */
  static async open(program: string): Promise<Slic> {
    const lines = await slicLines();
    // Ahead of its neighbours, so that a pulse stays a pulse on a busy machine.
    const command = ['nice', '-n', '-20', process.execPath, program];
    const slic = new Slic(lines, lines.spawn(command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    await slic.#tell({ do: 'open', options: { wiring: slicWiring, audio: slic.audio, country: 'de' } });
    return slic;
  }

  private constructor(
    readonly lines: GpioTree<keyof typeof wired>,
    child: ChildProcess,
  ) {
    this.#process = child;
    child.on('message', (notice: SlicNotice) => {
      if (notice.type === 'done') this.#answers.shift()?.();
      else this.#listener(notice);
    });
  }

  start(): void {
    void this.#tell({ do: 'start' });
  }

  stop(): Promise<void> {
    return this.#tell({ do: 'stop' });
  }

  onEvent(listener: (event: FxsEvent) => void): void {
    this.#listener = listener;
  }

  ring(cadence: RingCadence): void {
    void this.#tell({ do: 'ring', cadence });
  }

  stopRinging(): void {
    void this.#tell({ do: 'stopRinging' });
  }

  setLoop(isClosed: boolean): Promise<void> {
    return this.#loop([[isClosed, 0]]);
  }

  async pulse(digits: string): Promise<void> {
    for (const digit of digits) {
      const pulses = Array.from(
        { length: Number(digit) || 10 },
        () =>
          [
            [false, breakMs],
            [true, makeMs],
          ] as const,
      );
      await this.#loop([...pulses.flat(), [true, betweenDigitsMs]]);
    }
  }

  flash(): Promise<void> {
    return this.#loop([
      [false, flashMs],
      [true, 0],
    ]);
  }

  /** No write to a file goes through any more, as when a chip fails on its bus. */
  breakDown(): void {
    this.#limitFiles('0');
  }

  repair(): void {
    this.#limitFiles('unlimited');
  }

  async remove(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill();
    await exited;
    await this.lines.remove();
  }

  #limitFiles(bytes: string): void {
    execFileSync('prlimit', ['--pid', String(this.#process.pid), `--fsize=${bytes}:unlimited`]);
  }

  #loop(states: readonly (readonly [isClosed: boolean, ms: number])[]): Promise<void> {
    const changes = states.map(([isClosed, ms]) => ({ text: this.lines.inputText(isClosed), ms }));
    return this.#tell({ do: 'loop', changes });
  }

  #tell(order: SlicOrder): Promise<void> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#process.send(order);
    });
  }
}
