import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import { newestEntry, tellsMore } from './record-news.js';
import { isUsersChange, type SetUsers, setUsers } from './set-users.js';
import { type WatchedCall, watchedCalls } from './watched-calls.js';

/** What the record has of the calls of a moderator, and of those who may have become others since. */
export interface Watched {
  readonly calls: readonly WatchedCall[];
  readonly users: SetUsers;
}

interface Latest extends Watched {
  readonly since: UnixTime;
  /** Up to this entry the record has been read. */
  readonly seen: number;
}

/** Remembers the calls about which sheets can be made, for which pages ask all the time: they are read anew once the record tells more. */
export class LatestWatched {
  readonly #latest = new Map<ExtensionNumber, Latest>();

  constructor(private readonly folder: string) {}

  /** As `watchedCalls`. */
  async calls(moderator: ExtensionNumber, since: UnixTime): Promise<Watched> {
    const known = this.#latest.get(moderator);
    // Before the calls are read: what is written meanwhile is then looked at the next time.
    const seen = await newestEntry(this.folder);
    const isSame = known !== undefined && known.since <= since && !(await this.#tellsMore(moderator, known.seen));
    const { calls, users, since: from } = isSame ? known : await this.#read(moderator, since);
    this.#latest.set(moderator, { calls, users, since: from, seen });
    return { calls: calls.filter(({ ended }) => ended >= since), users };
  }

  async #read(moderator: ExtensionNumber, since: UnixTime): Promise<Omit<Latest, 'seen'>> {
    const calls = await watchedCalls(this.folder, moderator, since);
    const first = Math.min(...calls.map(({ began }) => began));
    return { calls, users: await setUsers(this.folder, first), since };
  }

  #tellsMore(moderator: ExtensionNumber, seen: number): Promise<boolean> {
    return tellsMore(this.folder, seen, (fact) => fact.moderator === moderator || isUsersChange(fact));
  }
}
