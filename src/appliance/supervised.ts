/** Something that runs beside the appliance and may end by itself, such as a process. */
export interface Attendant {
  /** Calls with the reason if it ends without having been stopped. */
  onLost(listener: (reason: string) => void): void;
  stop(): Promise<void>;
}

export interface Supervision<A extends Attendant> {
  /** Starts one; after the first, a replacement for one that was lost. */
  begin(): Promise<A>;
  onLost(reason: string, pauseMs: number): void;
  onBack(): void;
}

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** After running for this long it has recovered: the pauses start over. */
const soundMs = 60_000;

/** Keeps one attendant running: starts another after growing pauses, until it is stopped. */
export class Supervised<A extends Attendant> {
  readonly #supervision: Supervision<A>;
  #attendant: A;
  #begun = performance.now();
  #pauseMs = firstPauseMs;
  #timer: NodeJS.Timeout | undefined;
  #beginning: Promise<void> | undefined;
  #isStopped = false;

  private constructor(supervision: Supervision<A>, attendant: A) {
    this.#supervision = supervision;
    this.#attendant = attendant;
    this.#watch(attendant);
  }

  /** Rejects if the first cannot start. */
  static async start<A extends Attendant>(supervision: Supervision<A>): Promise<Supervised<A>> {
    return new Supervised(supervision, await supervision.begin());
  }

  /** The one that is running, or ran last. */
  get attendant(): A {
    return this.#attendant;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#beginning;
    await this.#attendant.stop();
  }

  #watch(attendant: A): void {
    this.#attendant = attendant;
    this.#begun = performance.now();
    attendant.onLost((reason) => this.#lost(reason));
  }

  #lost(reason: string): void {
    if (this.#isStopped) return;
    if (performance.now() - this.#begun > soundMs) this.#pauseMs = firstPauseMs;
    this.#supervision.onLost(reason, this.#pauseMs);
    this.#timer = setTimeout(() => {
      this.#beginning = this.#beginAgain();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
  }

  async #beginAgain(): Promise<void> {
    try {
      this.#watch(await this.#supervision.begin());
    } catch (error) {
      this.#begun = performance.now();
      this.#lost(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#supervision.onBack();
  }
}
