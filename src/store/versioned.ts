import { createHmac, randomBytes } from 'node:crypto';
import { AdminError } from './admin-error.js';
import { InTurn } from './in-turn.js';

/**
 * The version of something that is kept as a whole, told by its content, and changes that are made against it: whoever looked at another
 * one does not overwrite what somebody else has made of it. It holds until the box is started again.
 */
export class Versioned {
  readonly #changes = new InTurn();
  /** The content may hold secrets, which nobody shall find out by trying. */
  readonly #salt = randomBytes(32);

  /** @param content All that a change could overwrite. */
  constructor(private readonly content: () => unknown) {}

  /** A number from 1 on, of 15 digits at most. */
  async version(): Promise<number> {
    const text = JSON.stringify(await this.content()) ?? '';
    return 1 + createHmac('sha256', this.#salt).update(text).digest().readUIntBE(0, 6);
  }

  /**
   * Makes one change after another.
   * @param basis The version that it is made against; null for whatever is there.
   * @throws AdminError when that is not the present one; nothing is changed then.
   */
  change<Result>(basis: number | null, change: () => Promise<Result>): Promise<Result> {
    return this.#changes.run(async () => {
      const version = basis === null ? null : await this.version();
      if (version !== null && version !== basis)
        throw new AdminError({ code: 'request.versionChanged', params: { version } }, { kind: 'outdated' });
      return change();
    });
  }
}
