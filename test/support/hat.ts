import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { command, Notice } from '../../src/lines/simulated-hat/commands.js';
import { until } from './waiting.js';

const program = fileURLToPath(new URL('../../dist/lines/simulated-hat/main.js', import.meta.url));

/** What may be written to the control socket: values with a default may be left out. */
type Order = z.input<typeof command>;
type Fault = Extract<Order, { do: 'faults' }>;

/** The simulated HAT as its own process, with its tty and sockets in a folder of its own. */
export class Hat {
  readonly notices: Exclude<Notice, { event: 'done' | 'refused' }>[] = [];
  readonly #folder: string;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;
  #control: Socket | undefined;
  #answers: ((answer: Notice) => void)[] = [];

  private constructor(folder: string, options: readonly string[]) {
    this.#folder = folder;
    this.#options = options;
  }

  static async start(kind: 'fxs' | 'fxo', ...options: readonly string[]): Promise<Hat> {
    const hat = new Hat(await mkdtemp(join(tmpdir(), 'modcall-hat-')), ['--kind', kind, ...options]);
    await hat.run();
    return hat;
  }

  get tty(): string {
    return join(this.#folder, 'tty');
  }

  /** The socket that stands for the HAT's sound device. */
  get audio(): string {
    return join(this.#folder, 'audio');
  }

  /** The socket with ear and mouth of the person at the other end of the line. */
  get person(): string {
    return join(this.#folder, 'person');
  }

  /** Starts again after `kill`. */
  async run(): Promise<void> {
    const paths = ['--tty', this.tty, '--audio', this.audio, '--person', this.person, '--control', this.#controlPath];
    const child = spawn(process.execPath, [program, ...this.#options, ...paths], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        output += text.toString();
      });
    }
    await until(
      () => `the simulated HAT to start: ${output}`,
      () => {
        if (child.exitCode !== null) throw new Error(`the simulated HAT ended with ${child.exitCode}: ${output}`);
        return output.includes('ready');
      },
    );
    this.#control = createConnection(this.#controlPath);
    await once(this.#control, 'connect');
    this.#control.on('error', () => {});
    createInterface({ input: this.#control }).on('line', (line) => this.#take(JSON.parse(line) as Notice));
  }

  /** Does something on the line or to the HAT; resolves when it is done. */
  async tell(order: Order): Promise<void> {
    const answer = new Promise<Notice>((resolve) => this.#answers.push(resolve));
    this.#control?.write(`${JSON.stringify(order)}\n`);
    const notice = await answer;
    if (notice.event === 'refused') throw new Error(`the simulated HAT refused ${order.do}: ${notice.reason}`);
  }

  /** Presses the keys one after the other. */
  async press(digits: string): Promise<void> {
    for (const digit of digits) await this.tell({ do: 'press', digit });
  }

  async fault(faults: Omit<Fault, 'do'>): Promise<void> {
    await this.tell({ do: 'faults', ...faults });
  }

  /** The last notice of the kind. */
  last<E extends Notice['event']>(event: E): Extract<Notice, { event: E }> | undefined {
    return this.notices.findLast(
      (notice): notice is Extract<Notice, { event: E }> & typeof notice => notice.event === event,
    );
  }

  /** As when it is unplugged. */
  async kill(): Promise<void> {
    this.#control?.destroy();
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #controlPath(): string {
    return join(this.#folder, 'control');
  }

  #take(notice: Notice): void {
    if (notice.event === 'done' || notice.event === 'refused') this.#answers.shift()?.(notice);
    else this.notices.push(notice);
  }
}
