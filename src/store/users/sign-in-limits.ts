import type { Instant } from '../../primitives/time.js';

/** Wrong tries that came from one address, for one account or for all of them. */
interface Tries {
  readonly failures: number;
  readonly lockedUntil: Instant;
  readonly lastFailure: Instant;
}

export interface Try {
  /** The network address that it comes from. */
  readonly source: string;
  /** The account that it is for, whether there is one or not. */
  readonly account: string;
}

const second = 1000;
const minute = 60 * second;
const firstWaitMs = 2 * second;
const longestWaitMs = 15 * minute;
/** After each such time without another wrong try, one is forgotten. */
const forgetOneAfterMs = 10 * minute;
/** Wrong tries before the first wait. Several people may sit behind one address, and mistype more often together. */
const free = { pair: 4, source: 20, underAttack: 1 };
/** With this many wrong tries, from wherever, an account is being guessed at. */
const attackedFrom = 30;
const mostEntries = 20_000;

/** Wrong tries by `pair:<source> <account>`, `source:<source>` and `account:<account>`, in the order of their last. */
export class SignInLimits {
  readonly #tries = new Map<string, Tries>();

  /**
   * How long this source has to wait before it may try this account; 0 when it may now. Only its own wrong tries make it wait: whoever
   * guesses from another address cannot keep the right person out. That an account is being guessed at makes everybody wait sooner
   * after a wrong try, but nobody before their first.
   */
  waitMs(attempt: Try, now: Instant): number {
    const until = [pairKey(attempt), sourceKey(attempt)].map((key) => this.#tries.get(key)?.lockedUntil ?? 0);
    return Math.max(0, ...until.map((each) => each - now));
  }

  /** Counts a try as wrong. To be done before its password is looked at, so that a thousand at once are no more than one after another. */
  begin(attempt: Try, now: Instant): void {
    const isAttacked = remembered(this.#tries.get(accountKey(attempt)), now) >= attackedFrom;
    this.#count(pairKey(attempt), isAttacked ? free.underAttack : free.pair, now);
    this.#count(sourceKey(attempt), free.source, now);
    this.#count(accountKey(attempt), Number.POSITIVE_INFINITY, now);
  }

  /** The try was right: what its source did wrong with this account is forgotten, and the try is no longer held against anybody. */
  succeeded(attempt: Try): void {
    this.#tries.delete(pairKey(attempt));
    this.takenBack(attempt);
  }

  /** The try turned out to be neither right nor wrong. */
  takenBack(attempt: Try): void {
    for (const key of [pairKey(attempt), sourceKey(attempt), accountKey(attempt)]) {
      const entry = this.#tries.get(key);
      if (entry) this.#tries.set(key, { ...entry, failures: entry.failures - 1, lockedUntil: entry.lastFailure });
    }
  }

  /** How many wrong tries of this source are remembered for this account. */
  failures(attempt: Try, now: Instant): number {
    return remembered(this.#tries.get(pairKey(attempt)), now);
  }

  #count(key: string, freeTries: number, now: Instant): void {
    const failures = remembered(this.#tries.get(key), now) + 1;
    this.#tries.delete(key);
    this.#tries.set(key, { failures, lastFailure: now, lockedUntil: now + lockMs(failures, freeTries) });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > mostEntries && oldest !== undefined) this.#tries.delete(oldest);
  }
}

function lockMs(failures: number, freeTries: number): number {
  return failures <= freeTries ? 0 : Math.min(firstWaitMs * 2 ** (failures - freeTries - 1), longestWaitMs);
}

function remembered(tries: Tries | undefined, now: Instant): number {
  if (!tries) return 0;
  const quietMs = Math.max(0, now - Math.max(tries.lockedUntil, tries.lastFailure));
  return Math.max(0, tries.failures - Math.floor(quietMs / forgetOneAfterMs));
}

const pairKey = ({ source, account }: Try): string => `pair:${source} ${account}`;
const sourceKey = ({ source }: Try): string => `source:${source}`;
const accountKey = ({ account }: Try): string => `account:${account}`;
