import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import { CallStore } from '../store/calls/call-store.js';
import { noted, type OpenCalls } from '../switchboard/call-records.js';
import type { CallNote } from '../switchboard/state.js';

/** Keeps a record of every call that ends. A disk that takes none is reported once, until it takes them again. */
export class CallRecorder {
  readonly store: CallStore;
  #open: OpenCalls = new Map();
  #isFailing = false;

  constructor(
    folder: string,
    private readonly clock: BoxClock,
    private readonly log: Log,
  ) {
    this.store = new CallStore(folder);
  }

  note(note: CallNote): void {
    const { open, ended } = noted(this.#open, note, this.clock.wall.time);
    this.#open = open;
    if (!ended) return;
    this.store.append(ended).then(
      () => {
        this.#isFailing = false;
      },
      (error: unknown) => {
        if (!this.#isFailing) this.log.warn({ error }, 'call records cannot be written');
        this.#isFailing = true;
      },
    );
  }
}
