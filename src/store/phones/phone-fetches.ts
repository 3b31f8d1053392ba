import { z } from 'zod';
import { readIfThere, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { InTurn } from '../in-turn.js';

const fetchSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Where the phone was then. */
  address: z.string(),
  /** What the phone said that it is. */
  userAgent: z.string(),
  /** The name or address by which it reached the box. */
  host: z.string(),
  /** SHA-256 of what it got, in hex. */
  digest: z.string(),
});

/** The last time that a phone fetched its configuration. */
export type PhoneFetch = Readonly<z.output<typeof fetchSchema>>;

const fetchesSchema = z.record(z.string(), fetchSchema);

/** When each phone fetched its configuration last, on disk. What cannot be read is not known: phones come again. */
export class PhoneFetches {
  readonly #writing = new InTurn();
  readonly #fetches: Map<string, PhoneFetch>;
  #isWriting = false;

  private constructor(
    private readonly path: string,
    fetches: Readonly<Record<string, PhoneFetch>>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#fetches = new Map(Object.entries(fetches));
  }

  static async open(path: string, onError: (error: unknown) => void): Promise<PhoneFetches> {
    const parsed = parseJson((await readIfThere(path).catch(() => null)) ?? '');
    const { data = {} } = fetchesSchema.safeParse(parsed.ok ? parsed.value : undefined);
    return new PhoneFetches(path, data, onError);
  }

  /** Null for a phone that has not fetched it yet. */
  of(phone: string): PhoneFetch | null {
    return this.#fetches.get(phone) ?? null;
  }

  note(phone: string, fetch: PhoneFetch): void {
    this.#fetches.set(phone, fetch);
    this.#write();
  }

  /** Forgets all but these phones. */
  keep(phones: ReadonlySet<string>): void {
    const gone = [...this.#fetches.keys()].filter((id) => !phones.has(id));
    for (const id of gone) this.#fetches.delete(id);
    if (gone.length > 0) this.#write();
  }

  /** Resolves when what was noted is on disk, or could not be put there. */
  written(): Promise<void> {
    return this.#writing.run(async () => {});
  }

  /** However many phones come at once, after a power cut for instance, they wait for one write and not for one each. */
  #write(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#writing
      .run(() => {
        this.#isWriting = false;
        return writeDurably(this.path, `${JSON.stringify(Object.fromEntries(this.#fetches))}\n`);
      })
      .catch(this.onError);
  }
}
