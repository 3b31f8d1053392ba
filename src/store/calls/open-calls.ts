import { dirname } from 'node:path';
import { z } from 'zod';
import type { UnixTime } from '../../primitives/time.js';
import type { OpenCall } from '../../switchboard/call-records.js';
import { makeFolder, makeWay, readIfThere } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { LatestWriter } from '../files/latest-writer.js';
import { openCallSchema } from './call-store.js';

const callsSchema = z.array(z.unknown());

/** Memory cards wear out: a call that is over before need not be written. */
const writeAfterMs = 1000;

/** What cannot be done with the file. */
interface OpenCallsTroubles {
  unwritable(error: unknown): void;
  /** Nobody knows which calls were cut. */
  unreadable(error: unknown): void;
}

/** The calls that run, on disk: the next start makes the records of those that the box has not seen end. */
export class OpenCallsFile {
  readonly #writer: LatestWriter;
  #settled: Promise<void> = Promise.resolve();
  #due: NodeJS.Timeout | undefined;
  #latest: readonly OpenCall[] = [];
  /** Those of the last run that have no record yet. */
  #left: readonly OpenCall[] = [];

  constructor(
    private readonly path: string,
    private readonly now: () => UnixTime,
    private readonly troubles: OpenCallsTroubles,
  ) {
    this.#writer = new LatestWriter(path);
  }

  /** Lets the records of those of the last run be made; until then they stay on disk, as those do of which none could be made. */
  async settle(made: (found: readonly OpenCall[]) => Promise<readonly OpenCall[]>): Promise<void> {
    const found = this.#read().catch((error: unknown) => {
      this.troubles.unreadable(error);
      return [];
    });
    this.#settled = found.then(made).then((left) => {
      this.#left = left;
    });
    await this.#settled;
    if ((await found).length > 0) await this.write();
  }

  /** Takes it that these run now. */
  keep(calls: Iterable<OpenCall>): void {
    this.#latest = [...calls];
    this.#due ??= setTimeout(() => void this.write(), writeAfterMs);
  }

  /** Resolves when those that run now are on disk. */
  async write(): Promise<void> {
    clearTimeout(this.#due);
    this.#due = undefined;
    await this.#settled;
    await this.#write().catch((error: unknown) => this.troubles.unwritable(error));
  }

  async #write(): Promise<void> {
    await makeFolder(dirname(this.path));
    await this.#writer.write(`${JSON.stringify([...this.#left, ...this.#latest])}\n`);
  }

  /** An entry that cannot be read, as of another version, costs only itself. */
  async #read(): Promise<readonly OpenCall[]> {
    await makeWay(this.path, this.now());
    const text = await readIfThere(this.path);
    if (text === null) return [];
    const parsed = parseJson(text);
    const entries = callsSchema.parse(parsed.ok ? parsed.value : undefined);
    return entries.flatMap((entry) => openCallSchema.safeParse(entry).data ?? []);
  }
}
