import { join } from 'node:path';
import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import type { CallId } from '../primitives/ids.js';
import { CallStore } from '../store/calls/call-store.js';
import { OpenCallsFile } from '../store/calls/open-calls.js';
import { type CallRecord, cutShort, noted, type OpenCall, type OpenCalls } from '../switchboard/call-records.js';
import { talkedMs } from '../switchboard/calls.js';
import type { Call, CallNote } from '../switchboard/state.js';

/** Keeps a record of every call that ends, or that the box has cut by ending itself. A disk that takes none is reported once, until it takes them again. */
export class CallRecorder {
  readonly store: CallStore;
  readonly #file: OpenCallsFile;
  #open: OpenCalls = new Map();
  #isFailing = false;

  constructor(
    folder: string,
    private readonly clock: BoxClock,
    private readonly log: Log,
  ) {
    this.store = new CallStore(folder);
    this.#file = new OpenCallsFile(join(folder, 'open.json'), () => clock.wall.time, {
      unwritable: (error) => this.#failed(error),
      unreadable: (error) =>
        log.warn({ error }, 'calls that were cut may have no records: which ones ran cannot be read'),
    });
  }

  note(note: CallNote): void {
    const { open, ended } = noted(this.#open, note, this.clock.wall.time);
    if (open !== this.#open) this.#file.keep(open.values());
    this.#open = open;
    if (ended) void this.#append(ended);
  }

  /** Makes the records of those calls that were cut when the box was killed, or lost its power. Telephony does not wait for it. */
  async recordCut(): Promise<void> {
    await this.#file.settle(async (found) => {
      // Rather twice than not at all.
      const cut = await this.store.unrecorded(found).catch(() => found);
      return this.#cut(cut, () => null);
    });
  }

  /** The calls that still run end with the box. @param calls as the rules have them, which know for how long they have talked. */
  async close(calls: ReadonlyMap<CallId, Pick<Call, 'connectedAt'>>): Promise<void> {
    const { now } = this.clock;
    const left = await this.#cut([...this.#open.values()], (open) => {
      const call = calls.get(open.call);
      return call ? talkedMs(call, now) : null;
    });
    this.#file.keep(left);
    await this.#file.write();
    await this.store.close();
  }

  /** Makes the records of calls that the box has cut. Resolves with those of which none could be made. */
  async #cut(calls: readonly OpenCall[], talked: (call: OpenCall) => number | null): Promise<readonly OpenCall[]> {
    const { time } = this.clock.wall;
    const isMade = await Promise.all(calls.map((call) => this.#append(cutShort(call, time, talked(call)))));
    return calls.filter((_, index) => !isMade[index]);
  }

  /** Resolves with whether it was taken. */
  async #append(record: CallRecord): Promise<boolean> {
    try {
      await this.store.append(record);
      this.#isFailing = false;
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  #failed(error: unknown): void {
    if (!this.#isFailing) this.log.warn({ error }, 'call records cannot be written');
    this.#isFailing = true;
  }
}
