import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import type { HatReport, hatCommand } from '../../../src/simulator/hat/control-messages.js';
import { until } from '../waiting.js';

const program = fileURLToPath(new URL('../../../dist/simulator/hat/main.js', import.meta.url));

/** What may be written to the control socket: values with a default may be left out. */
type Order = z.input<typeof hatCommand>;
type Fault = Extract<Order, { do: 'faults' }>;

/** Where a simulated HAT has its parts. */
interface Paths {
  readonly tty: string;
  /** The socket that stands for the HAT's sound device. */
  readonly audio: string;
  /** The socket with ear and mouth of the person at the other end of the line. */
  readonly person: string;
  readonly control: string;
}

/** The simulated HAT as its own process. */
export class Hat {
  readonly notices: Exclude<HatReport, { event: 'done' | 'refused' }>[] = [];
  readonly paths: Paths;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;
  #control: Socket | undefined;
  #answers: ((answer: HatReport) => void)[] = [];

  private constructor(folder: string, prefix: string, options: readonly string[]) {
    const path = (name: string) => join(folder, `${prefix}${name}`);
    this.paths = { tty: path('tty'), audio: path('audio'), person: path('person'), control: path('control') };
    this.#options = options;
  }

  /** In a folder of its own. */
  static async start(kind: 'fxs' | 'fxo', ...options: readonly string[]): Promise<Hat> {
    const hat = new Hat(await mkdtemp(join(tmpdir(), 'modcall-hat-')), '', ['--kind', kind, ...options]);
    await hat.run();
    return hat;
  }

  /** As a port of the simulated board, which has its parts in this folder. */
  static async onBoard(folder: string, port: string, kind: 'fxs' | 'fxo', ...options: readonly string[]): Promise<Hat> {
    const hat = new Hat(folder, `${port}.`, ['--kind', kind, ...options]);
    await hat.run();
    return hat;
  }

  get tty(): string {
    return this.paths.tty;
  }

  get audio(): string {
    return this.paths.audio;
  }

  get person(): string {
    return this.paths.person;
  }

  /** Starts again after `kill`. */
  async run(): Promise<void> {
    const paths = Object.entries(this.paths).flatMap(([name, path]) => [`--${name}`, path]);
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
    this.#control = createConnection(this.paths.control);
    await once(this.#control, 'connect');
    this.#control.on('error', () => {});
    createInterface({ input: this.#control }).on('line', (line) => this.#take(JSON.parse(line) as HatReport));
  }

  /** Does something on the line or to the HAT; resolves when it is done. */
  async tell(order: Order): Promise<void> {
    const answer = new Promise<HatReport>((resolve) => this.#answers.push(resolve));
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
  last<E extends HatReport['event']>(event: E): Extract<HatReport, { event: E }> | undefined {
    return this.notices.findLast(
      (notice): notice is Extract<HatReport, { event: E }> & typeof notice => notice.event === event,
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

  /** Forgets what it told. */
  forget(): void {
    this.notices.length = 0;
  }

  async remove(): Promise<void> {
    await this.kill();
    for (const path of Object.values(this.paths)) await rm(path, { force: true });
  }

  #take(notice: HatReport): void {
    if (notice.event === 'done' || notice.event === 'refused') this.#answers.shift()?.(notice);
    else this.notices.push(notice);
  }
}
