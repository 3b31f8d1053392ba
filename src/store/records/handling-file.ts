import { basename } from 'node:path';
import { z } from 'zod';
import { type ExtensionNumber, extensionNumber } from '../../primitives/ids.js';
import type { CallHandling, Handlings } from '../../switchboard/handling/call-handling.js';
import { copyAside, readIfThere, setAside } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { LatestWriter } from '../files/latest-writer.js';

const target = z
  .string()
  .regex(/^[\d*#+]{1,32}$/)
  .nullable();

const handlingSchema = z.object({ always: target, busy: target, noAnswer: target, doNotDisturb: z.boolean() });

/** Each entry is read by itself, so that a bad one costs nobody else's. */
const entriesSchema = z.record(z.string(), z.unknown());

/** What could not be read. */
export interface HandlingLoss {
  /** Under which name the file is kept as it was found. */
  readonly keptAs: string;
  /** The places in it, such as `102.always`; null for the whole file. */
  readonly places: readonly string[] | null;
}

interface Read {
  readonly found: ReadonlyMap<ExtensionNumber, CallHandling>;
  readonly places: readonly string[];
}

/** What people want to happen with their calls, on disk: they set it at their telephones, and it is none of the admin's settings. */
export class HandlingFile {
  readonly #writer: LatestWriter;
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    path: string,
    /** As found at the start. */
    readonly found: ReadonlyMap<ExtensionNumber, CallHandling>,
    /** Null where all could be read. */
    readonly loss: HandlingLoss | null,
  ) {
    this.#writer = new LatestWriter(path);
  }

  static async open(path: string): Promise<HandlingFile> {
    const text = await readIfThere(path).catch(() => '');
    if (text === null) return new HandlingFile(path, new Map(), null);
    const read = entriesOf(text);
    if (read === null) {
      const keptAs = await setAside(path, Date.now()).catch(() => basename(path));
      return new HandlingFile(path, new Map(), { keptAs, places: null });
    }
    const { found, places } = read;
    if (places.length === 0) return new HandlingFile(path, found, null);
    const keptAs = await copyAside(path, text, Date.now()).catch(() => null);
    const file = new HandlingFile(path, found, { keptAs: keptAs ?? basename(path), places });
    // If the disk takes nothing, the file stays as it is, and the same is found again at the next start.
    if (keptAs !== null) await file.save({ of: found }).catch(() => undefined);
    return file;
  }

  /** Resolves when these, or newer ones, are on disk. */
  save({ of }: Pick<Handlings, 'of'>): Promise<void> {
    this.#saving = this.#writer.write(`${JSON.stringify(Object.fromEntries(of))}\n`);
    return this.#saving;
  }

  /** Resolves when what was saved last is on disk, and rejects if it could not be put there. */
  get saved(): Promise<void> {
    return this.#saving;
  }
}

/** The entries that could be read, and the places of all else; null where the file holds no entries at all. */
function entriesOf(text: string): Read | null {
  const parsed = parseJson(text);
  const entries = entriesSchema.safeParse(parsed.ok ? parsed.value : undefined).data;
  if (!entries) return null;
  const read = Object.entries(entries).map(([number, entry]) => ({ number, ...entryOf(number, entry) }));
  return {
    found: new Map(read.flatMap(({ number, data }) => (data ? [[extensionNumber(number), data] as const] : []))),
    places: read.flatMap(({ places }) => places),
  };
}

function entryOf(number: string, entry: unknown): { readonly data?: CallHandling; readonly places: readonly string[] } {
  if (!/^\d{2,8}$/.test(number)) return { places: [number] };
  const { data, error } = handlingSchema.safeParse(entry);
  return data ? { data, places: [] } : { places: error.issues.map(({ path }) => [number, ...path].join('.')) };
}
