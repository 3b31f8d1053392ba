import type { Caller } from '../operation.js';

/** As many as people can be signed in at once. */
const mostKept = 2000;

/**
 * Who has shown since they signed in that they know the PIN of their extension, so that nobody has to type it for each call. What is kept
 * is the hash that was right then: a PIN that is changed or taken away has to be shown anew.
 */
export class ShownPins {
  readonly #hashes = new Map<string, string>();

  shown({ login }: Caller, hash: string | null): void {
    if (login === undefined || hash === null) return;
    this.#hashes.delete(login);
    this.#hashes.set(login, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > mostKept && oldest !== undefined) this.#hashes.delete(oldest);
  }

  /** @param hash That of the extension's PIN as it is now; null where there is none. */
  isShown({ login }: Caller, hash: string | null): boolean {
    return login !== undefined && hash !== null && this.#hashes.get(login) === hash;
  }
}
