import { signal } from '@preact/signals';
import { language } from '../texts.js';
import { type ApiProblem, asProblem } from './api-problem.js';

/**
 * Something that the box is asked for again and again, though never more often than once in a while: also when the page is to speak another
 * language, since the box says some of it in words.
 */
export class Resource<Value> {
  /** Null until the box has answered for the first time. */
  readonly value = signal<Value | null>(null, {
    watched: () => this.#followLanguage(),
    unwatched: () => this.#leaveLanguage(),
  });
  /** Why the box did not answer the last time. */
  readonly problem = signal<ApiProblem | null>(null);
  /** Told when what was asked for after they came is there. */
  #waiting: (() => void)[] = [];
  #wasAsked = false;
  #isBusy = false;
  #isStale = false;
  #leaveLanguage = (): void => {};

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

  /** Asks anew, and waits until the box has answered that. */
  fresh(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.refresh();
    });
  }

  /** While somebody looks at it; what was never asked for may be nothing for them. */
  #followLanguage(): void {
    let spoken = language.peek();
    this.#leaveLanguage = language.subscribe((chosen) => {
      if (chosen === spoken) return;
      spoken = chosen;
      if (this.#wasAsked) this.refresh();
    });
  }

  async #run(): Promise<void> {
    this.#wasAsked = true;
    this.#isBusy = true;
    this.#isStale = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      this.value.value = await this.ask();
      this.problem.value = null;
    } catch (error) {
      this.problem.value = asProblem(error);
    }
    for (const tell of waiting) tell();
    setTimeout(() => {
      this.#isBusy = false;
      if (this.#isStale) this.refresh();
    }, this.restMs);
  }
}

/** Asks for all of them anew, and waits for them. */
export async function allFresh(resources: readonly { fresh(): Promise<void> }[]): Promise<void> {
  await Promise.all(resources.map((each) => each.fresh()));
}
