import { type ChildProcess, type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../test/support/waiting.js';
import type { FlushedCard } from './flushed-card.js';
import { MonitorOrders } from './monitor-orders.js';
import { Wires } from './wires.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** Nothing more is to be expected of a board that has said nothing for so long: how long a start takes depends on who else uses the machine. */
const standstillMs = 10 * 60_000;
/** One that goes on and on starting says something all the time. */
const longestMs = 50 * 60_000;

/** Ports of this machine that lead to the box. */
interface Ports {
  /** UDP. */
  readonly sip: number;
  readonly web: number;
  readonly ssh: number;
}

/** A board with the image on its card, in QEMU. */
export class EmulatedBoard {
  /** What has been on its console since it was switched on, or since `forgetConsole`. */
  console = '';
  #process: ChildProcess | undefined;
  /** When it has said something for the last time, or long ago. */
  #heardAt = 0;
  #card: FlushedCard | null = null;

  private constructor(
    readonly folder: string,
    readonly ports: Ports,
    private readonly machine: 'virt' | 'raspi4b',
  ) {}

  static async withNewCard(machine: 'virt' | 'raspi4b' = 'virt'): Promise<EmulatedBoard> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-board-'));
    await run('bash', [script('card.sh'), folder]);
    const [sip, web, ssh] = await Promise.all([freeUdpPort(), freeTcpPort(), freeTcpPort()]);
    return new EmulatedBoard(folder, { sip, web, ssh }, machine);
  }

  /** From the next start on the card loses what it was not told to flush when the power is cut. */
  async loseUnflushed(open: (path: string, socket: string) => Promise<FlushedCard>): Promise<void> {
    this.#card = await open(join(this.folder, 'card.img'), join(this.folder, 'card'));
  }

  async switchOn(): Promise<void> {
    this.console = '';
    const { sip, web, ssh } = this.ports;
    const forwarded = [`udp:${sip}:5060`, `tcp:${web}:8443`, `tcp:${ssh}:22`];
    this.#process = spawn('bash', [script('qemu.sh'), this.folder, this.machine, ...forwarded], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const console = await this.#connected('console');
    console.on('data', (text) => {
      this.console += text.toString();
      this.#heardAt = performance.now();
    });
  }

  /** The wires to the HAT of a board that is on; whoever asked for them lets go of them. */
  async wires(): Promise<Wires> {
    return new Wires(await this.#connected('wires'), await this.#connected('monitor'));
  }

  /** Only what follows counts from now on. */
  forgetConsole(): void {
    this.console = '';
  }

  /** Waits for a line on the console, and returns what the expression has found. */
  untilConsole(what: string, expression: RegExp): Promise<RegExpExecArray> {
    return this.#untilOn(what, () => expression.exec(this.console) ?? undefined);
  }

  /** Waits until it can be used: SIP and the page. */
  async untilReady(): Promise<void> {
    await this.untilConsole('the box to be ready', /"msg":"ready"/);
  }

  /** Waits for what a command of the box's own shell prints, over SSH; one that fails is tried again. */
  untilSh(what: string, command: string): Promise<string> {
    return this.#untilOn(what, () => this.sh(command).catch(() => undefined));
  }

  /** What a command of the box's own shell prints, over SSH. @param input What it is given to read. */
  async sh(command: string, input: Buffer = Buffer.alloc(0)): Promise<string> {
    const asked = run('ssh', this.#sshTo(command));
    // One that ends before it has read that says why.
    asked.child.stdin?.on('error', () => {}).end(input);
    return (await asked).stdout.trim();
  }

  /** A command of the box's own shell that goes on, over SSH. */
  spawnSh(command: string): ChildProcessWithoutNullStreams {
    return spawn('ssh', this.#sshTo(command));
  }

  /** Makes a UDP port of the box reachable, at the port of this machine that it returns; not while somebody has the wires. */
  async forwardUdp(port: number): Promise<number> {
    const here = await freeUdpPort();
    const monitor = new MonitorOrders(await this.#connected('monitor'));
    const order = `hostfwd_add net udp:127.0.0.1:${here}-:${port}`;
    const complaint = await monitor.execute('human-monitor-command', { 'command-line': order });
    monitor.close();
    if (complaint !== '') throw new Error(`${order}: ${complaint}`);
    return here;
  }

  /** Makes a partition of the card unreadable, as an update that was cut off, or a worn card. */
  async damage(label: string): Promise<void> {
    await run('bash', [script('damage.sh'), this.folder, label]);
  }

  /** Presses the power button, and waits until all is off. */
  async switchOff(): Promise<void> {
    const monitor = new MonitorOrders(await this.#connected('monitor'));
    await monitor.execute('system_powerdown');
    monitor.close();
    await this.#end('the board to switch itself off');
  }

  /** As when the plug is pulled. */
  async cutPower(): Promise<void> {
    this.#process?.stdin?.end();
    await this.#end('the emulator to be gone');
    await this.#card?.losePower();
  }

  /** The first line of its answer to a SIP phone. */
  async askSip(): Promise<string> {
    const phone = createSocket('udp4');
    const lines = [
      'OPTIONS sip:127.0.0.1 SIP/2.0',
      'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKa;rport',
      'Max-Forwards: 70',
    ];
    const rest = [
      'From: <sip:test@127.0.0.1>;tag=a',
      'To: <sip:127.0.0.1>',
      'Call-ID: a',
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
    ];
    const ask = () => phone.send([...lines, ...rest, '\r\n'].join('\r\n'), this.ports.sip, '127.0.0.1');
    ask();
    const again = setInterval(ask, 2000);
    try {
      const [answer] = await once(phone, 'message', { signal: AbortSignal.timeout(standstillMs) });
      return String(answer).split('\r\n')[0] ?? '';
    } finally {
      clearInterval(again);
      phone.close();
    }
  }

  async remove(): Promise<void> {
    await this.cutPower();
    await this.#card?.close();
    await rm(this.folder, { recursive: true });
  }

  #sshTo(command: string): readonly string[] {
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'ConnectTimeout=60'];
    return [
      ...['-i', join(this.folder, 'key'), '-p', String(this.ports.ssh)],
      ...options.flatMap((option) => ['-o', option]),
      ...['root@127.0.0.1', command],
    ];
  }

  /** Waits as long as the board is on and has something to say. */
  #untilOn<T>(what: string, probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const begun = performance.now();
    return until(
      () => this.#withConsole(what),
      () => {
        if (this.#process?.exitCode !== null) throw new Error(this.#withConsole(`${what}: the board is off`));
        if (performance.now() > Math.max(begun, this.#heardAt) + standstillMs)
          throw new Error(this.#withConsole(`waited in vain for ${what}: the board says nothing any more`));
        return probe();
      },
      longestMs,
    );
  }

  async #end(what: string): Promise<void> {
    await until(
      () => this.#withConsole(what),
      () => this.#process?.exitCode !== null,
      standstillMs,
    );
  }

  #withConsole(what: string): string {
    return `${what}; the console ends in:\n${this.console.slice(-3000)}`;
  }

  #connected(name: 'console' | 'monitor' | 'wires'): Promise<Socket> {
    return this.#untilOn(`the ${name} of the board`, async () => {
      const socket = connect(join(this.folder, name));
      socket.on('error', () => {});
      const isConnected = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('close', () => resolve(false));
      });
      return isConnected ? socket : undefined;
    });
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
