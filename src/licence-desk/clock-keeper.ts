import { advanceMemory, type ClockMemory } from '../licensing/clock.js';
import type { Licence } from '../licensing/licence.js';
import type { UnixTime } from '../primitives/time.js';
import type { LicenceFiles } from './licence-files.js';

/** The two clocks of the box. */
export interface Clocks {
  /** The clock on the wall. */
  readonly now: () => UnixTime;
  /** Milliseconds by a clock that nobody can set. */
  readonly uptimeMs: () => number;
}

/** The memory is written down that seldom, because a memory card wears. */
const writeAfterMs = 15 * 60_000;

/** Keeps the latest time known, for licences that expire. */
export class ClockKeeper {
  private advancedAt: number;
  private written: ClockMemory | undefined;

  constructor(
    private readonly clocks: Clocks,
    private readonly files: LicenceFiles,
    private current: ClockMemory | undefined,
  ) {
    this.advancedAt = clocks.uptimeMs();
    this.written = current;
  }

  get memory(): ClockMemory | undefined {
    return this.current;
  }

  /** Begun by the first licence that expires; from then on it runs whatever licence there is, so that taking one out stops nothing. */
  advance(licence: Licence | undefined): void {
    const uptime = this.clocks.uptimeMs();
    const elapsed = uptime - this.advancedAt;
    this.advancedAt = uptime;
    const keyIssued = licence && licence.term.kind !== 'bought' ? licence.issued : this.current?.keyIssued;
    if (keyIssued !== undefined) this.current = advanceMemory(this.current, keyIssued, this.clocks.now(), elapsed);
  }

  async writeIfDue(): Promise<void> {
    const ahead = (this.current?.latest ?? 0) - (this.written?.latest ?? 0);
    if (ahead >= writeAfterMs || this.current?.keyIssued !== this.written?.keyIssued) await this.write();
  }

  async write(): Promise<void> {
    if (!this.current || this.current === this.written) return;
    const memory = this.current;
    await this.files.putClock(memory);
    this.written = memory;
  }
}
