import { randomBytes } from 'node:crypto';
import type { EventKind, LiveEvent } from './feed.js';

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

/** The latest events, for watchers who were cut off for a moment. */
export class EventRing {
  /** Distinguishes what this start of the box counted from what an earlier one did. */
  readonly #start = randomBytes(6).toString('hex');
  readonly #entries: RingEntry[] = [];
  #bytes = 0;
  #last = 0;

  add(event: LiveEvent): RingEntry {
    this.#last += 1;
    const frame = Buffer.from(`id: ${this.#start}-${this.#last}\nevent: ${event.kind}\ndata: ${dataOf(event)}\n\n`);
    const entry: RingEntry = { serial: this.#last, kind: event.kind, frame, isFor: (caller) => event.isFor(caller) };
    this.#entries.push(entry);
    this.#bytes += frame.length;
    while (this.#entries.length > mostEntries || this.#bytes > mostBytes) {
      this.#bytes -= this.#entries.shift()?.frame.length ?? 0;
    }
    return entry;
  }

  /** What followed the event with this id; null if that is no longer known. */
  since(id: string): readonly RingEntry[] | null {
    const [, start, text] = /^(\w+)-(\d{1,15})$/.exec(id) ?? [];
    const serial = Number(text);
    const oldest = this.#entries[0]?.serial ?? this.#last + 1;
    if (start !== this.#start || serial > this.#last || serial < oldest - 1) return null;
    return this.#entries.filter((entry) => entry.serial > serial);
  }
}

function dataOf({ at, data }: LiveEvent): string {
  const text = JSON.stringify({ at, ...data });
  return text.length <= longestData ? text : JSON.stringify({ at, isTooLong: true });
}
