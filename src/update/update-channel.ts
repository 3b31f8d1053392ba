import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../store/settings/settings-schema.js';
import { readIndex } from './channel-index.js';
import { fetchIndex } from './fetch-index.js';
import { versionOrder } from './rules/version-order.js';
import { UpdateError } from './update-error.js';

/** Where a vendor says what is new. */
export type ChannelChoice = NonNullable<Settings['updateChannel']>;

/** A version that is newer than the one that runs. */
export interface OfferedUpdate {
  readonly version: string;
  /** Address that it is installed from. */
  readonly source: string;
  readonly bytes: number;
  /** Plain text of the vendor's. */
  readonly notes: { readonly de: string; readonly en: string };
}

/** What came of looking for one. */
export interface Look {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Null where the newest one runs, or what is there is not known. */
  readonly offered: OfferedUpdate | null;
  /** Why it is not known. */
  readonly fault: UpdateError['problem'] | null;
}

interface ChannelPlace {
  /** The version that runs. */
  readonly running: string;
  /** As it is set at present; null where the box is to look nowhere. */
  choice(): ChannelChoice | null;
  /** By the clock of the box, in milliseconds since 1970. */
  now(): number;
}

/** Looks for newer versions of the system where an admin has said. */
export class UpdateChannel {
  /** Whatever came of looking since: somebody may still have it on their screen. */
  #offered: OfferedUpdate | null = null;
  #latest: { readonly choice: ChannelChoice; readonly look: Look } | null = null;

  constructor(private readonly place: ChannelPlace) {}

  /** What was found there since the start; null where nothing is set. */
  get state(): (ChannelChoice & { readonly look: Look | null }) | null {
    const choice = this.place.choice();
    if (choice === null) return null;
    const latest = isDeepStrictEqual(this.#latest?.choice, choice) ? this.#latest : null;
    return { ...choice, look: latest?.look ?? null };
  }

  /** The version that was offered at this address last; null where none was. */
  versionAt(source: string): string | null {
    return this.#offered?.source === source ? this.#offered.version : null;
  }

  /**
   * Looks now. Resolves with null where the newest version runs.
   * @throws UpdateError
   */
  async look(): Promise<OfferedUpdate | null> {
    const choice = this.place.choice();
    if (choice === null) throw new UpdateError({ code: 'update.noChannel' }, { kind: 'conflict' });
    const found = await this.#found(choice).catch((error: unknown) => {
      if (error instanceof UpdateError) this.#keep(choice, { offered: null, fault: error.problem });
      throw error;
    });
    this.#offered = found ?? this.#offered;
    this.#keep(choice, { offered: found, fault: null });
    return found;
  }

  /** What comes late of where nobody looks any more does not take the place of what was found since. */
  #keep(choice: ChannelChoice, found: Omit<Look, 'at'>): void {
    if (!isDeepStrictEqual(choice, this.place.choice())) return;
    this.#latest = { choice, look: { at: new Date(this.place.now()).toISOString(), ...found } };
  }

  async #found({ address, channel }: ChannelChoice): Promise<OfferedUpdate | null> {
    const { running } = this.place;
    const folder = address.endsWith('/') ? address : `${address}/`;
    const { version, file, size, notes } = readIndex(await fetchIndex(new URL(`${channel}.json`, folder)));
    const order = versionOrder(version, running);
    if (order < 0)
      throw new UpdateError(
        { code: 'update.index.older', params: { offered: version, running } },
        { kind: 'conflict' },
      );
    return order === 0 ? null : { version, source: new URL(file, folder).href, bytes: size, notes };
  }
}
