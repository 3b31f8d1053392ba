import type { RestartBox, RestartTime } from '../admin/box-operations.js';
import type { Caller } from '../admin/operation.js';
import { byOf } from '../admin/recording.js';
import type { CutCalls } from '../gateway/cut-calls.js';
import type { Log } from '../log/log.js';
import type { BoxFact } from '../store/audit/audit-entry.js';

interface RestartPlace {
  calls(): CutCalls;
  record(fact: BoxFact): Promise<void>;
  readonly log: Log;
}

/** Long enough for the answer to reach the caller. */
const lookEveryMs = 500;

/** Restarts the box by ending its process, which its supervisor starts anew. It takes calls until the moment at which none would be cut. */
export class Restart implements RestartBox {
  /** Resolves when the process should end. */
  readonly due: Promise<void>;
  #when: RestartTime | null = null;
  #timer: NodeJS.Timeout | undefined;
  #resolveDue = () => {};

  constructor(private readonly place: RestartPlace) {
    this.due = new Promise((resolve) => {
      this.#resolveDue = resolve;
    });
  }

  async restart(when: RestartTime, caller: Caller): Promise<number> {
    const { log, record } = this.place;
    await record({ type: 'restartOrdered', ...byOf(caller), when }).catch((error: unknown) => {
      log.error({ error }, 'the audit record cannot be written: it does not say who restarts the box');
    });
    this.#when = when;
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
    log.warn({ when, waitsFor: this.#waitsFor(when) }, 'the box restarts as soon as no call is in the way');
    return this.#waitsFor(when);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #waitsFor(when: RestartTime): number {
    const { all, emergency } = this.place.calls();
    return when === 'now' ? emergency : all;
  }

  #look(): void {
    if (this.#when === null || this.#waitsFor(this.#when) > 0) return;
    this.stop();
    this.#resolveDue();
  }
}
