/** What was not told one by one in the last minute. */
export interface Rest {
  readonly kind: string;
  readonly source: string;
  readonly more: number;
}

const minuteMs = 60_000;
/** Kinds and sources told of in a minute: strangers can invent any number of either. */
const mostTold = 50;

/**
 * Lets the first of each kind from a source through, and counts the others, whose number is told once a minute. So what happens is seen
 * at once, and no flood of it washes the log away.
 */
export class Counted {
  readonly #tellRest: (rest: Rest) => void;
  readonly #known = new Map<string, { kind: string; source: string; more: number }>();
  #others = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(tellRest: (rest: Rest) => void) {
    this.#tellRest = tellRest;
  }

  /** Whether this one is to be told. `times` of it have happened. */
  admit(kind: string, source: string, times = 1): boolean {
    this.#timer ??= setTimeout(() => this.#sumUp(), minuteMs).unref();
    const key = `${kind} ${source}`;
    const known = this.#known.get(key);
    if (known) known.more += times;
    else if (this.#known.size >= mostTold) this.#others += times;
    else this.#known.set(key, { kind, source, more: times - 1 });
    return !known && this.#known.has(key);
  }

  /** Tells what is left over, and forgets it. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tellAll();
    this.#known.clear();
  }

  /** What goes on stays known, so that a flood is a line a minute; what has ended is told anew when it comes again. */
  #sumUp(): void {
    this.#tellAll();
    for (const [key, known] of this.#known) {
      if (known.more === 0) this.#known.delete(key);
      known.more = 0;
    }
    this.#timer = this.#known.size > 0 ? setTimeout(() => this.#sumUp(), minuteMs).unref() : undefined;
  }

  #tellAll(): void {
    for (const known of this.#known.values()) if (known.more > 0) this.#tellRest({ ...known });
    if (this.#others > 0) this.#tellRest({ kind: 'any', source: 'other sources', more: this.#others });
    this.#others = 0;
  }
}
