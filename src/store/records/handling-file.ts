import { z } from 'zod';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import type { CallHandling, Handlings } from '../../switchboard/call-handling.js';
import { readIfThere, setAside } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { LatestWriter } from '../files/latest-writer.js';

const target = z
  .string()
  .regex(/^[\d*#+]{1,32}$/)
  .nullable();

const handlingSchema = z.record(
  z.string().regex(/^\d{2,8}$/),
  z.strictObject({ always: target, busy: target, noAnswer: target, doNotDisturb: z.boolean() }),
);

/** What people want to happen with their calls, on disk: they set it at their telephones, and it is none of the admin's settings. */
export class HandlingFile {
  readonly #writer: LatestWriter;
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    /** As found at the start. */
    readonly found: ReadonlyMap<ExtensionNumber, CallHandling>,
    /** Under which name a damaged file is kept; null where there was none. */
    readonly damaged: string | null,
  ) {
    this.#writer = new LatestWriter(path);
  }

  static async open(path: string): Promise<HandlingFile> {
    const text = await readIfThere(path).catch(() => '');
    if (text === null) return new HandlingFile(path, new Map(), null);
    const parsed = parseJson(text);
    const { data } = handlingSchema.safeParse(parsed.ok ? parsed.value : undefined);
    if (!data) return new HandlingFile(path, new Map(), await setAside(path, Date.now()).catch(() => path));
    const found = Object.entries(data).map(([number, handling]) => [extensionNumber(number), handling] as const);
    return new HandlingFile(path, new Map(found), null);
  }

  /** Resolves when these, or newer ones, are on disk. */
  save({ of }: Handlings): Promise<void> {
    this.#saving = this.#writer.write(`${JSON.stringify(Object.fromEntries(of))}\n`);
    return this.#saving;
  }

  /** Resolves when what was saved last is on disk, and rejects if it could not be put there. */
  get saved(): Promise<void> {
    return this.#saving;
  }
}
