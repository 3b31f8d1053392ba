import { join } from 'node:path';
import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import type { CallId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import { CallStore } from '../store/calls/call-store.js';
import { OpenCallsFile } from '../store/calls/open-calls.js';
import { type CallRecord, cutShort, noted, type OpenCall, type OpenCalls } from '../switchboard/call-records.js';
import type { CallNote } from '../switchboard/state.js';

/** Keeps a record of every call that ends, or that the box has cut by ending itself. A disk that takes none is reported once, until it takes them again. */
export class CallRecorder {
  readonly store: CallStore;
  readonly #file: OpenCallsFile;
  #open: OpenCalls = new Map();
  /** When those that run were answered first, by the clock that nobody sets: a record says how long they have talked since. */
  readonly #answered = new Map<CallId, Instant>();
  #isFailing = false;

  constructor(
    folder: string,
    private readonly clock: BoxClock,
    private readonly log: Log,
  ) {
    this.store = new CallStore(folder);
    this.#file = new OpenCallsFile(join(folder, 'open.json'), (error) => this.#failed(error));
  }

  note(note: CallNote): void {
    const { open, ended } = noted(this.#open, note, this.clock.wall.time);
    if (open !== this.#open) this.#file.keep(open.values());
    this.#open = open;
    if (note.type === 'callAnswered' && !this.#answered.has(note.call)) this.#answered.set(note.call, this.clock.now);
    if (ended) this.#answered.delete(ended.call);
    if (ended) void this.#append(ended);
  }

  /** Makes the records of those calls that were cut when the box was killed, or lost its power. Telephony does not wait for it. */
  async recordCut(): Promise<void> {
    await this.#file.settle(async (found) => {
      // Rather twice than not at all.
      const cut = await this.store.unrecorded(found).catch(() => found);
      await Promise.all(cut.map((call) => this.#append(cutShort(call, this.clock.wall.time, null))));
    });
  }

  /** The calls that still run end with the box. */
  async close(): Promise<void> {
    const { now, wall } = this.clock;
    const cut = [...this.#open.values()];
    const talked = ({ call }: OpenCall) => now - (this.#answered.get(call) ?? now);
    await Promise.all(cut.map((call) => this.#append(cutShort(call, wall.time, talked(call)))));
    this.#file.keep([]);
    await this.#file.write();
    await this.store.close();
  }

  #append(record: CallRecord): Promise<void> {
    return this.store.append(record).then(
      () => {
        this.#isFailing = false;
      },
      (error: unknown) => this.#failed(error),
    );
  }

  #failed(error: unknown): void {
    if (!this.#isFailing) this.log.warn({ error }, 'call records cannot be written');
    this.#isFailing = true;
  }
}
