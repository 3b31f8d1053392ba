/** What was not reported one by one in the last minute. */
export interface Rest {
  readonly kind: string;
  readonly source: string;
  readonly more: number;
}

const minuteMs = 60_000;
/** Sources reported for each kind in a minute: strangers can invent any number of them, which must not hide other trouble. */
const mostSources = 10;

/**
 * Lets the first of each kind from a source through, and counts the others, whose number is reported once a minute. So trouble is seen
 * at once, and no flood of it buries the log.
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

  /** Whether to report this one, which stands for `times` occurrences. */
  admit(kind: string, source: string, times = 1): boolean {
    this.#timer ??= setTimeout(() => this.#summarise(), minuteMs).unref();
    const key = `${kind} ${source}`;
    const known = this.#known.get(key);
    if (known) known.more += times;
    else if (this.#sourcesOf(kind) >= mostSources) this.#others.set(kind, (this.#others.get(kind) ?? 0) + times);
    else this.#known.set(key, { kind, source, more: times - 1 });
    return !known && this.#known.has(key);
  }

  /** Reports what is left over, and forgets it. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reportAll();
    this.#known.clear();
  }

  /** An ongoing flood stays known and costs a line a minute; one that has ended is reported anew when it returns. */
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
