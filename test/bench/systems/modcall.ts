import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionNumber } from '../../../src/primitives/ids.js';
import { hashPin } from '../../../src/store/settings/pins.js';
import { settingsSchema } from '../../../src/store/settings/settings-schema.js';
import type { SipAddress } from '../../support/sip/transport.js';
import { ProcessTree } from '../process-tree.js';
import { type MonitorMode, numberOf, type Role, roles } from '../roles.js';
import type { System } from './system.js';

const pin = '4729';
const service = '*55';
const moderatorNumber = '90';
const modeKeys: Record<MonitorMode, string> = { listen: '', whisper: '5', barge: '6' };

/** The appliance as it is started in the field, on a data folder of its own. */
export class Modcall implements System {
  readonly password = 'bench phone password';
  readonly name = 'Modcall';
  readonly server: SipAddress;
  readonly #program: string;
  readonly #data: string;
  readonly #phones: number;
  readonly #placement: readonly string[];
  #process: ChildProcess | undefined;

  /** @param options `program` is the appliance's script, `data` its data folder; the others as of Asterisk. */
  static async make(options: {
    program: string;
    data: string;
    phones: number;
    placement: readonly string[];
  }): Promise<Modcall> {
    return new Modcall(options, await freePort());
  }

  private constructor({ program, data, phones, placement }: Parameters<typeof Modcall.make>[0], port: number) {
    this.server = { protocol: 'udp', address: '127.0.0.1', port };
    this.#program = program;
    this.#data = data;
    this.#phones = phones;
    this.#placement = placement;
  }

  monitoring(member: string, mode: MonitorMode) {
    return { number: service, keys: [`${pin}#`, `${member}#`], modeKey: modeKeys[mode] };
  }

  async prepare(): Promise<void> {
    await mkdir(this.#data, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#data, 'settings.json'), JSON.stringify(await this.#settings()), { mode: 0o600 });
  }

  async launch(): Promise<ProcessTree> {
    const log = openSync(join(this.#data, 'bench.log'), 'a');
    const [command = this.#program, ...before] = [...this.#placement, this.#program];
    this.#process = spawn(command, [...before, 'start', '--no-panel', '--data', this.#data], {
      stdio: ['ignore', log, log],
    });
    await once(this.#process, 'spawn');
    return new ProcessTree(this.#process.pid ?? Number.NaN);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }

  /** One person moderates from all the moderators' phones: a PIN is personal, a phone is not. */
  async #settings() {
    const hashed = await hashPin(pin, extensionNumber(moderatorNumber), new Map());
    if (!hashed.ok) throw new Error(`the PIN of the bench is refused: ${hashed.fault}`);
    const numbers = (role: Role) => Array.from({ length: this.#phones }, (_, index) => numberOf(role, index));
    const { password } = this;
    return settingsSchema.parse({
      version: 1,
      language: 'en',
      country: 'de',
      sip: { address: this.server.address, port: this.server.port, transports: ['udp'] },
      extensions: [
        { number: moderatorNumber, name: 'Moderator', password, pin: hashed.hash },
        ...roles.flatMap(numbers).map((number) => ({ number, name: `Phone ${number}`, password, consents: true })),
      ],
      groups: [
        { id: 'moderators', name: 'Moderators', members: [moderatorNumber] },
        { id: 'members', name: 'Members', members: numbers('member') },
      ],
      profiles: [
        {
          id: 'bench',
          name: 'Bench',
          service,
          moderators: 'moderators',
          members: 'members',
          interventions: ['whisper', 'barge'],
          notice: { member: { kind: 'none' }, other: { kind: 'none' } },
        },
      ],
      limits: { perCall: 16, total: 330 },
      log: { level: 'warn' },
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
