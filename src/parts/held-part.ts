import type { Part, PartTrouble } from './part.js';
import { troubleOf } from './part-error.js';

/** Keeps a part open that may be missing, fail, and come back. */
export class HeldPart<P extends Part> {
  readonly #open: () => P;
  readonly #onChange: (trouble: PartTrouble | null) => void;
  #part: P | undefined;
  #reason: string | null = null;

  /**
   * @param open opens the part; throws an error that says what to do.
   * @param onChange called once for each reason why the part does not work, and with null when it works again.
   */
  constructor(open: () => P, onChange: (trouble: PartTrouble | null) => void) {
    this.#open = open;
    this.#onChange = onChange;
  }

  /** Opens the part if it is present, and checks that an open one still is. */
  keepUp(): void {
    this.#attempt(() => {
      this.#part ??= this.#open();
      this.#part.check();
    });
  }

  /** Does something with the part; nothing while it is missing. */
  use(action: (part: P) => void): void {
    const part = this.#part;
    if (part) this.#attempt(() => action(part));
  }

  /** The part has failed by itself. */
  fail(error: unknown): void {
    this.close();
    this.#report(troubleOf(error));
  }

  close(): void {
    this.#part?.close();
    this.#part = undefined;
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#report(null);
  }

  #report(trouble: PartTrouble | null): void {
    const reason = trouble?.reason ?? null;
    if (reason === this.#reason) return;
    this.#reason = reason;
    this.#onChange(trouble);
  }
}
