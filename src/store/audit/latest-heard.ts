import type { ExtensionNumber } from '../../primitives/ids.js';
import { type HeardPage, type HeardQuery, heardCalls, isParty } from './heard-calls.js';
import { newestEntry, tellsMore } from './record-news.js';

interface Latest {
  readonly limit: number;
  /** Up to this entry the record has been read. */
  readonly seen: number;
  readonly page: HeardPage;
}

/** Remembers the latest of who listened to whose calls, for which pages ask all the time: it is read anew once the record tells more of the person. */
export class LatestHeard {
  readonly #latest = new Map<ExtensionNumber, Latest>();

  constructor(private readonly folder: string) {}

  /** As `heardCalls`. */
  async calls(query: HeardQuery): Promise<HeardPage> {
    const { extension, before, limit } = query;
    if (before !== null) return heardCalls(this.folder, query);
    const known = this.#latest.get(extension);
    // Before the calls are read: what is written meanwhile is then looked at the next time.
    const seen = await newestEntry(this.folder);
    const isSame =
      known?.limit === limit && !(await tellsMore(this.folder, known.seen, (fact) => isParty(fact, extension)));
    const page = isSame ? known.page : await heardCalls(this.folder, query);
    this.#latest.set(extension, { limit, seen, page });
    return page;
  }
}
