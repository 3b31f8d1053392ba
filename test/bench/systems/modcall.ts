import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExtensionNumber, extensionNumber } from '../../../src/primitives/ids.js';
import { hashPin } from '../../../src/store/settings/pins.js';
import { settingsSchema } from '../../../src/store/settings/settings-schema.js';
import type { SipAddress } from '../../support/sip/transport.js';
import { ProcessTree } from '../process-tree.js';
import { type MonitorMode, numberOf, type Role, roles } from '../roles.js';
import type { System } from './system.js';

const service = '*55';
const modeKeys: Record<MonitorMode, string> = { listen: '', whisper: '5', barge: '6' };

/** The person who moderates, or one of several, counted from 0. */
export const moderatorAt = (index: number) => ({ number: String(4001 + index), pin: String(4729 + index) });

interface ModcallOptions {
  /** The appliance's script. */
  readonly program: string;
  /** Its data folder. */
  readonly data: string;
  /** How many members, customers and moderators' phones there are. */
  readonly phones: number;
  /** Command prefix that keeps it on its core. */
  readonly placement: readonly string[];
  /** How many people moderate: one unless said otherwise. */
  readonly moderators?: number;
  /** Where its page is served; nowhere unless said. */
  readonly webPort?: number;
}

/** The appliance as it is started in the field, on a data folder of its own. */
export class Modcall implements System {
  readonly password = 'bench phone password';
  readonly name = 'Modcall';
  readonly server: SipAddress;
  readonly #options: ModcallOptions;
  #process: ChildProcess | undefined;

  static async make(options: ModcallOptions): Promise<Modcall> {
    return new Modcall(options, await freePort());
  }

  private constructor(options: ModcallOptions, port: number) {
    this.server = { protocol: 'udp', address: '127.0.0.1', port };
    this.#options = options;
  }

  monitoring(member: string, mode: MonitorMode) {
    return { number: service, keys: [`${moderatorAt(0).pin}#`, `${member}#`], modeKey: modeKeys[mode] };
  }

  async prepare(): Promise<void> {
    const { data } = this.#options;
    await mkdir(data, { recursive: true, mode: 0o700 });
    await writeFile(join(data, 'settings.json'), JSON.stringify(await this.#settings()), { mode: 0o600 });
  }

  async launch(): Promise<ProcessTree> {
    const { data, program, placement } = this.#options;
    const log = openSync(join(data, 'bench.log'), 'a');
    const [command = program, ...before] = [...placement, program];
    this.#process = spawn(command, [...before, 'start', '--no-panel', '--data', data], {
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
    const { phones, moderators = 1, webPort } = this.#options;
    const numbers = (role: Role) => Array.from({ length: phones }, (_, index) => numberOf(role, index));
    const moderating = await withPins(moderators);
    const { password } = this;
    return settingsSchema.parse({
      version: 1,
      language: 'en',
      country: 'de',
      ...(webPort === undefined ? {} : { web: { address: this.server.address, port: webPort } }),
      sip: { address: this.server.address, port: this.server.port, transports: ['udp'] },
      extensions: [
        ...moderating.map((moderator) => ({ ...moderator, name: `Moderator ${moderator.number}`, password })),
        ...roles.flatMap(numbers).map((number) => ({ number, name: `Phone ${number}`, password, consents: true })),
      ],
      groups: [
        { id: 'moderators', name: 'Moderators', members: moderating.map(({ number }) => number) },
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

/** Those who moderate, with the hashes of their PINs as one box keeps them. */
async function withPins(count: number): Promise<readonly { readonly number: string; readonly pin: string }[]> {
  const hashes = new Map<ExtensionNumber, string>();
  for (let index = 0; index < count; index += 1) {
    const { number, pin } = moderatorAt(index);
    const made = await hashPin(pin, extensionNumber(number), hashes);
    if (!made.ok) throw new Error(`a PIN of the bench is refused: ${made.fault}`);
    hashes.set(extensionNumber(number), made.hash);
  }
  return [...hashes].map(([number, pin]) => ({ number, pin }));
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
