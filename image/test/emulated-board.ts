import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../../test/support/waiting.js';

const run = promisify(execFile);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
/** A whole start, under emulation, on a machine that others use. */
const startPatienceMs = 15 * 60_000;

/** A board with the image on its card, in QEMU. */
export class EmulatedBoard {
  readonly folder: string;
  /** What has been on its console since it was switched on last. */
  console = '';
  readonly #sipPort: number;
  #process: ChildProcess | undefined;

  private constructor(
    folder: string,
    sipPort: number,
    private readonly machine: 'virt' | 'raspi4b',
  ) {
    this.folder = folder;
    this.#sipPort = sipPort;
  }

  static async withNewCard(machine: 'virt' | 'raspi4b' = 'virt'): Promise<EmulatedBoard> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-board-'));
    await run('bash', [script('card.sh'), folder]);
    return new EmulatedBoard(folder, await freePort(), machine);
  }

  async switchOn(): Promise<void> {
    this.console = '';
    this.#process = spawn('bash', [script('qemu.sh'), this.folder, String(this.#sipPort), this.machine], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const console = await this.#connected('console');
    console.on('data', (text) => {
      this.console += text.toString();
    });
  }

  /** Waits for a line on the console, and returns what the expression has found. */
  untilConsole(what: string, expression: RegExp): Promise<RegExpExecArray> {
    return until(
      () => `${what}; the console ends in:\n${this.console.slice(-3000)}`,
      () => {
        if (this.#process?.exitCode !== null) throw new Error(`the board is off:\n${this.console.slice(-3000)}`);
        return expression.exec(this.console) ?? undefined;
      },
      startPatienceMs,
    );
  }

  /** Makes a partition of the card unreadable, as an update that was cut off, or a worn card. */
  async damage(label: string): Promise<void> {
    await run('bash', [script('damage.sh'), this.folder, label]);
  }

  /** Presses the power button, and waits until all is off. */
  async switchOff(): Promise<void> {
    const monitor = await this.#connected('monitor');
    for (const execute of ['qmp_capabilities', 'system_powerdown']) monitor.write(`${JSON.stringify({ execute })}\n`);
    await this.#end();
  }

  /** As when the plug is pulled. */
  async cutPower(): Promise<void> {
    this.#process?.stdin?.end();
    await this.#end();
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
    const ask = () => phone.send([...lines, ...rest, '\r\n'].join('\r\n'), this.#sipPort, '127.0.0.1');
    ask();
    const again = setInterval(ask, 2000);
    const [answer] = await once(phone, 'message');
    clearInterval(again);
    phone.close();
    return String(answer).split('\r\n')[0] ?? '';
  }

  async remove(): Promise<void> {
    await this.cutPower();
    await rm(this.folder, { recursive: true });
  }

  async #end(): Promise<void> {
    if (this.#process?.exitCode === null) await once(this.#process, 'exit');
  }

  #connected(name: 'console' | 'monitor'): Promise<Socket> {
    return until(`the ${name} of the board`, async () => {
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

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
