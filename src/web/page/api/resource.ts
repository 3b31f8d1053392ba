import { signal } from '@preact/signals';
import { type ApiProblem, asProblem } from './api-problem.js';

/** Something that the box is asked for again and again, though never more often than once in a while. */
export class Resource<Value> {
  /** Null until the box has answered for the first time. */
  readonly value = signal<Value | null>(null);
  /** Why the box did not answer the last time. */
  readonly problem = signal<ApiProblem | null>(null);
  #isBusy = false;
  #isStale = false;

  /** @param restMs How long it rests after each answer. */
  constructor(
    private readonly ask: () => Promise<Value>,
    private readonly restMs = 300,
  ) {}

  /** Asks anew, or as soon as that is possible. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    this.#isStale = false;
    try {
      this.value.value = await this.ask();
      this.problem.value = null;
    } catch (error) {
      this.problem.value = asProblem(error);
    }
    setTimeout(() => {
      this.#isBusy = false;
      if (this.#isStale) this.refresh();
    }, this.restMs);
  }
}
