import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type AuditEntry, auditEntries } from '../../src/admin/audit/audit.js';
import type { SipAddress } from './sip/transport.js';
import { startPatienceMs, until, untilEnded } from './waiting.js';

const checkedOut = fileURLToPath(new URL('../../dist/cli/modcall.js', import.meta.url));

export interface LogEntry {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** What is not usual about an appliance. */
export interface ApplianceOptions {
  /** `modcall` of another build. */
  readonly program?: string;
  readonly board?: string;
  /** Whether the simulator's own hardware runs, with its front panel; without it tests stand in for it. */
  readonly hasFrontPanel?: boolean;
  /** Where browsers and programs reach it instead of at the port in its settings; 0 for any free one. */
  readonly webPort?: number;
  /** Added to the environment of the process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Puts more into the data folder before the first start. */
  readonly furnish?: (folder: string) => Promise<void>;
}

/** The appliance as its own process, on a data folder of its own. */
export class Appliance {
  readonly log: LogEntry[] = [];
  readonly folder: string;
  #process: ChildProcess | undefined;
  #addresses: readonly SipAddress[] = [];

  readonly #options: ApplianceOptions;

  private constructor(folder: string, options: ApplianceOptions) {
    this.folder = folder;
    this.#options = options;
  }

  /** Starts with these settings (the content of settings.json), null for a new box, and waits until it is ready. */
  static async start(settings: object | null, options: ApplianceOptions = {}): Promise<Appliance> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-e2e-'));
    if (settings) await writeFile(join(folder, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    await options.furnish?.(folder);
    const appliance = new Appliance(folder, options);
    await appliance.run();
    return appliance;
  }

  /** Starts again on the same folder after `kill` or `stop`. */
  async run(): Promise<void> {
    this.log.length = 0;
    const child = this.#begin();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#take(line));
    }
    const ready = await until(
      () => `the appliance to be ready:\n${this.logTail()}`,
      () => {
        const end = child.exitCode ?? child.signalCode;
        if (end !== null) throw new Error(`the appliance ended with ${end}:\n${this.logTail()}`);
        return this.log.find(({ msg }) => msg === 'ready');
      },
      startPatienceMs,
    );
    this.#addresses = ready.addresses as readonly SipAddress[];
  }

  /** Starts it, and cuts the power once so many things have happened in its folder, if it is not ready before. */
  async cutWhileStarting(changes: number): Promise<void> {
    const watcher = watch(this.folder);
    const child = this.#begin();
    const ended = untilEnded(child, 'the start that is cut');
    let count = 0;
    watcher.on('change', () => {
      count += 1;
      if (count === changes) child.kill('SIGKILL');
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"ready"')) child.kill('SIGKILL');
    });
    await ended;
    watcher.close();
  }

  /** Of the running process. */
  get pid(): number {
    if (this.#process?.pid === undefined) throw new Error('the appliance does not run');
    return this.#process.pid;
  }

  /** Null while it runs. */
  get exitCode(): number | null {
    return this.#process?.exitCode ?? null;
  }

  /** Runs a command on its data folder, beside it. */
  async command(...words: readonly string[]): Promise<{ code: number | null; said: string }> {
    const child = this.#spawn(...words);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text;
      });
    }
    await untilEnded(child, `modcall ${words.join(' ')}`, 'close');
    return { code: child.exitCode, said };
  }

  address(protocol: SipAddress['protocol'] = 'udp'): SipAddress {
    const found = this.#addresses.find((address) => address.protocol === protocol);
    if (!found) throw new Error(`the appliance does not listen on ${protocol}`);
    return { ...found, address: '127.0.0.1' };
  }

  /** Asks it to stop; resolves with the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  signal(signal: NodeJS.Signals): void {
    this.#process?.kill(signal);
  }

  /** Whoever read what it says is gone. */
  closeOutput(): void {
    for (const stream of [this.#process?.stdout, this.#process?.stderr]) stream?.destroy();
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops it if it runs and removes its folder. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What it has of the machine's memory, in kB. */
  async memory(): Promise<number> {
    const status = await readFile(`/proc/${this.#process?.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
  }

  async audit(): Promise<readonly AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for await (const entry of auditEntries(this.folder)) entries.push(entry);
    return entries;
  }

  logTail(): string {
    return this.log
      .slice(-40)
      .map((entry) => JSON.stringify(entry))
      .join('\n');
  }

  #begin() {
    const { board = 'simulator', hasFrontPanel = false, webPort } = this.#options;
    const panel = hasFrontPanel ? ['--panel-port', '0'] : ['--no-panel'];
    const web = webPort === undefined ? [] : ['--web-port', String(webPort)];
    const child = this.#spawn('start', '--board', board, ...panel, ...web, '--sip-port', '0', '--log-level', 'debug');
    this.#process = child;
    return child;
  }

  #spawn(...words: readonly string[]) {
    const { program = checkedOut, environment } = this.#options;
    return spawn(program, [...words, '--data', this.folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', ...environment },
    });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = untilEnded(child, `the appliance, after ${signal},`);
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  #take(line: string): void {
    this.log.push(line.startsWith('{') ? JSON.parse(line) : { level: 'text', msg: line });
  }
}
