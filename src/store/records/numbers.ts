import { z } from 'zod';
import { readIfThere, setAside, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { InTurn } from '../in-turn.js';

const number = z.int().min(1);
const numbersSchema = z.strictObject({ call: number, session: number });

/** The next numbers of calls, and of sessions of moderators. */
export type Numbers = z.output<typeof numbersSchema>;

/** How many numbers are kept free on disk for this start: after a power cut so many are left out, and none is given twice. */
const ahead = 256;

/** In bytes: an entry of the audit record and the record of a call are longer. */
const shortestLine = 100;

/** No fewer than there can be in files of so many bytes, for when nothing else tells how many calls or sessions there were. */
export const mostIn = (bytes: number): number => Math.ceil(bytes / shortestLine);

/** The file with the numbers from which the next start goes on. Telephony does not wait for it. */
export class NumbersFile {
  readonly #writing = new InTurn();
  #kept: Numbers;

  /** @param first The numbers that this start gives first. */
  private constructor(
    private readonly path: string,
    readonly first: Numbers,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#kept = first;
    this.reach(first);
  }

  /** @param given What earlier starts may have given, for when the file is lost. */
  static async open(
    path: string,
    given: () => Promise<Numbers>,
    onError: (error: unknown) => void,
  ): Promise<NumbersFile> {
    const text = await readIfThere(path).catch(() => '');
    const parsed = text === null ? null : parseJson(text);
    const { data } = numbersSchema.safeParse(parsed?.ok ? parsed.value : undefined);
    if (text !== null && !data) await setAside(path, Date.now()).catch(onError);
    return new NumbersFile(path, data ?? (await given()), onError);
  }

  /** Keeps more of them free where one of these is near the end of those that are. */
  reach({ call, session }: Partial<Numbers>): void {
    const next = { call: call ?? this.first.call, session: session ?? this.first.session };
    const isNear = (key: keyof Numbers) => next[key] + ahead / 2 > this.#kept[key];
    if (!isNear('call') && !isNear('session')) return;
    this.#kept = {
      call: Math.max(this.#kept.call, next.call + ahead),
      session: Math.max(this.#kept.session, next.session + ahead),
    };
    void this.#write(this.#kept);
  }

  /** The next start goes on with exactly these. */
  close(next: Numbers): Promise<void> {
    return this.#write(next);
  }

  #write(numbers: Numbers): Promise<void> {
    return this.#writing.run(() => writeDurably(this.path, `${JSON.stringify(numbers)}\n`)).catch(this.onError);
  }
}
