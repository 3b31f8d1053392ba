import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Installer, Progress, Running } from './installer.js';
import type { SystemImage } from './rules/refusal.js';
import { installerFault } from './update-error.js';

const run = promisify(execFile);

const service = ['de.pengutronix.rauc', '/', 'de.pengutronix.rauc.Installer'] as const;
/** A server may have to be asked for the update's head. */
const patienceSeconds = 90;
/** In characters. */
const longestReason = 300;

/** As busctl writes a value of D-Bus: each says its type. */
const dbusValue = <Data extends z.ZodType>(data: Data) => z.object({ data });
const text = dbusValue(z.string());
const bundle = z.object({ compatible: text, version: text.optional() });
/** The dictionary for the update is a variant in the dictionary of all. */
const inspected = dbusValue(z.tuple([z.object({ update: dbusValue(dbusValue(bundle)) })]));
const progress = dbusValue(z.tuple([z.int(), z.string(), z.int()]));

/** RAUC, the service that has the right to write to the card; this process has none. It is asked over D-Bus. */
export class Rauc implements Installer {
  /** @param version That of the running system. */
  constructor(private readonly version: string) {}

  async running(): Promise<Running> {
    const [board = '', slot = ''] = await this.#properties('Compatible', 'BootSlot');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    const { version } = this;
    return { version, board: text.parse(board).data, slot: text.parse(slot).data, boot: boot.trim() };
  }

  async inspect(source: string): Promise<SystemImage> {
    const answer = await this.#call('InspectBundle', source);
    const { compatible, version } = inspected.parse(JSON.parse(answer)).data[0].update.data.data;
    return { board: compatible.data, version: version?.data ?? '' };
  }

  async begin(source: string): Promise<void> {
    await this.#call('InstallBundle', source);
  }

  async progress(): Promise<Progress> {
    const [operation, done, fault] = await this.#properties('Operation', 'Progress', 'LastError');
    const isRunning = text.parse(operation).data !== 'idle';
    const reason = text.parse(fault).data;
    return {
      isRunning,
      percent: progress.parse(done).data[0],
      fault: isRunning || reason === '' ? null : reason.slice(0, longestReason),
    };
  }

  async #call(method: string, source: string): Promise<string> {
    try {
      return await busctl('call', ...service, method, 'sa{sv}', source, '0');
    } catch (error) {
      throw installerFault(reasonOf(error));
    }
  }

  async #properties(...names: string[]): Promise<readonly unknown[]> {
    const answer = await busctl('get-property', ...service, ...names);
    return answer
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }
}

async function busctl(...words: string[]): Promise<string> {
  const { stdout } = await run('busctl', ['--system', '--json=short', `--timeout=${patienceSeconds}`, ...words]);
  return stdout;
}

/** What busctl prints of an error that came back, without its own words before it. */
function reasonOf(error: unknown): string {
  const { stderr = '' } = error as { stderr?: string };
  const reason = stderr.trim().replace(/^Call failed: /, '') || String(error);
  return reason.slice(0, longestReason);
}
