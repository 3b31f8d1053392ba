import { randomBytes } from 'node:crypto';
import type { EventKind } from '../../admin/event-kinds.js';
import type { LiveEvent } from './feed.js';

/** An event as sent to everyone who may see it. */
export interface RingEntry {
  readonly serial: number;
  readonly kind: EventKind;
  /** In the format of server-sent events. */
  readonly frame: Buffer;
  readonly isFor: LiveEvent['isFor'];
}

const mostEntries = 500;
const mostBytes = 512 * 1024;
/** A longer event is sent without its data. */
const longestData = 16 * 1024;

/** The latest events, for watchers who were cut off for a moment. Lines of the log, which come by the thousand, push out nothing but each other. */
export class EventRing {
  /** Distinguishes what this start of the box counted from what an earlier one did. */
  readonly #start = randomBytes(6).toString('hex');
  readonly #log = new Latest();
  readonly #others = new Latest();
  #last = 0;

  add(event: LiveEvent): RingEntry {
    this.#last += 1;
    const frame = Buffer.from(`id: ${this.#start}-${this.#last}\nevent: ${event.kind}\ndata: ${dataOf(event)}\n\n`);
    const entry: RingEntry = { serial: this.#last, kind: event.kind, frame, isFor: (caller) => event.isFor(caller) };
    (event.kind === 'log' ? this.#log : this.#others).add(entry);
    return entry;
  }

  /** What of these kinds followed the event with this id; null if that is no longer known. */
  since(id: string, kinds: ReadonlySet<EventKind>): readonly RingEntry[] | null {
    const [, start, text] = /^(\w+)-(\d{1,15})$/.exec(id) ?? [];
    const serial = Number(text);
    if (start !== this.#start || serial > this.#last) return null;
    const areOthers = [...kinds].some((kind) => kind !== 'log');
    const parts = [...(kinds.has('log') ? [this.#log] : []), ...(areOthers ? [this.#others] : [])];
    if (parts.some(({ dropped }) => serial < dropped)) return null;
    const entries = parts
      .flatMap((part) => part.entries)
      .filter((entry) => entry.serial > serial && kinds.has(entry.kind));
    return entries.sort((one, other) => one.serial - other.serial);
  }
}

/** As many entries as are kept, oldest first. */
class Latest {
  readonly entries: RingEntry[] = [];
  /** Serial of the last one that was let go of; 0 while none was. */
  dropped = 0;
  #bytes = 0;

  add(entry: RingEntry): void {
    this.entries.push(entry);
    this.#bytes += entry.frame.length;
    while (this.entries.length > mostEntries || this.#bytes > mostBytes) {
      const oldest = this.entries.shift();
      this.#bytes -= oldest?.frame.length ?? 0;
      this.dropped = oldest?.serial ?? this.dropped;
    }
  }
}

function dataOf({ at, data }: LiveEvent): string {
  const text = JSON.stringify({ at, ...data });
  return text.length <= longestData ? text : JSON.stringify({ at, isTooLong: true });
}
