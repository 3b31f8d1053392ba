import type { Instant } from '../../primitives/time.js';

const hour = 3_600_000;
const mostAnHour = 30;

/** Which failed sign-ins are recorded: few enough that guessing does not fill the record, which is kept permanently. */
export class FailureReports {
  #since: Instant = Number.NEGATIVE_INFINITY;
  #reported = 0;
  #unrecorded = 0;

  /** How many were left out before this one; null if this one is left out too. */
  note(now: Instant): number | null {
    if (now >= this.#since + hour) {
      this.#since = now;
      this.#reported = 0;
    }
    if (this.#reported >= mostAnHour) {
      this.#unrecorded += 1;
      return null;
    }
    this.#reported += 1;
    const before = this.#unrecorded;
    this.#unrecorded = 0;
    return before;
  }
}
