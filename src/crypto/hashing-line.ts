/** More is waiting to be hashed than the box could catch up with. */
export class HashingBusy extends Error {
  constructor() {
    super('too many passwords wait to be checked');
    this.name = 'HashingBusy';
  }
}

/** Waiting in all, and for one source: who sends many at once waits behind themselves only. */
const mostWaiting = 64;
const mostOfSource = 4;

/**
 * Lets slow hashes run one at a time, so that passwords sent in masses take neither the memory nor the cores from the calls. Sources
 * take turns.
 */
export class HashingLine {
  readonly #waiting = new Map<string, (() => Promise<void>)[]>();
  #count = 0;
  #isRunning = false;

  /** @throws HashingBusy */
  run<T>(source: string, hash: () => Promise<T>): Promise<T> {
    const ofSource = this.#waiting.get(source) ?? [];
    if (this.#count >= mostWaiting || ofSource.length >= mostOfSource) return Promise.reject(new HashingBusy());
    return new Promise((resolve, reject) => {
      this.#waiting.set(source, [...ofSource, () => hash().then(resolve, reject)]);
      this.#count += 1;
      if (!this.#isRunning) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#next(); next; next = this.#next()) await next();
    this.#isRunning = false;
  }

  /** The first of the source whose turn it is, which goes to the end of the line with whatever else it has. */
  #next(): (() => Promise<void>) | undefined {
    const [turn] = this.#waiting;
    if (!turn) return undefined;
    const [source, [first, ...others]] = turn;
    this.#waiting.delete(source);
    if (others.length > 0) this.#waiting.set(source, others);
    this.#count -= 1;
    return first;
  }
}
