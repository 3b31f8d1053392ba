/** What was not told one by one in the last minute. */
export interface Rest {
  readonly kind: string;
  readonly source: string;
  readonly more: number;
}

const minuteMs = 60_000;
/** Sources of a kind that are told of in a minute: strangers can invent any number of them, and must not hide what else goes wrong. */
const mostSources = 10;

/**
 * Lets the first of each kind from a source through, and counts the others, whose number is told once a minute. So what happens is seen
 * at once, and no flood of it washes the log away.
 */
export class Counted {
  readonly #reportRest: (rest: Rest) => void;
  readonly #known = new Map<string, { kind: string; source: string; more: number }>();
  /** Of further sources, by kind. */
  readonly #others = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(reportRest: (rest: Rest) => void) {
    this.#reportRest = reportRest;
  }

  /** Whether this one is to be told. `times` of it have happened. */
  admit(kind: string, source: string, times = 1): boolean {
    this.#timer ??= setTimeout(() => this.#summarise(), minuteMs).unref();
    const key = `${kind} ${source}`;
    const known = this.#known.get(key);
    if (known) known.more += times;
    else if (this.#sourcesOf(kind) >= mostSources) this.#others.set(kind, (this.#others.get(kind) ?? 0) + times);
    else this.#known.set(key, { kind, source, more: times - 1 });
    return !known && this.#known.has(key);
  }

  /** Tells what is left over, and forgets it. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reportAll();
    this.#known.clear();
  }

  /** What goes on stays known, so that a flood is a line a minute; what has ended is told anew when it comes again. */
  #summarise(): void {
    this.#reportAll();
    for (const [key, known] of this.#known) {
      if (known.more === 0) this.#known.delete(key);
      known.more = 0;
    }
    this.#timer = this.#known.size > 0 ? setTimeout(() => this.#summarise(), minuteMs).unref() : undefined;
  }

  #reportAll(): void {
    for (const known of this.#known.values()) if (known.more > 0) this.#reportRest({ ...known });
    for (const [kind, more] of this.#others) this.#reportRest({ kind, source: 'other sources', more });
    this.#others.clear();
  }

  #sourcesOf(kind: string): number {
    return [...this.#known.values()].filter((known) => known.kind === kind).length;
  }
}
