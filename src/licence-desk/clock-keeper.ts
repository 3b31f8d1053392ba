import { advanceMemory, type ClockMemory, readClock } from '../licensing/clock-memory.js';
import type { Licence } from '../licensing/licence.js';
import type { UnixTime } from '../primitives/time.js';
import type { LicenceFiles } from './licence-files.js';

/** The two clocks of the box. */
export interface Clocks {
  /** The wall clock. */
  readonly now: () => UnixTime;
  /** Milliseconds by a clock that nobody can set. */
  readonly uptimeMs: () => number;
}

/** Written this rarely because memory cards wear out. */
const writeAfterMs = 15 * 60_000;

/** Keeps the latest known time, for licences that expire. */
export class ClockKeeper {
  private advancedAt: number;
  private current: ClockMemory | undefined;
  private written: ClockMemory | undefined;
  private isRecalled = false;

  constructor(
    private readonly clocks: Clocks,
    private readonly files: LicenceFiles,
    /** The latest time in the audit record, to start from if the memory is gone. Null if there is none. */
    private readonly known: UnixTime | null,
  ) {
    this.advancedAt = clocks.uptimeMs();
  }

  get memory(): ClockMemory | undefined {
    return this.current;
  }

  /** Takes what was kept, whenever the disk gives it. */
  recall(kept: ClockMemory | undefined): void {
    this.isRecalled = true;
    this.written = kept;
    const { current } = this;
    // A later key starts it over.
    if (kept === undefined || (current && current.keyIssued > kept.keyIssued)) return;
    this.current = current ? { ...kept, latest: Math.max(kept.latest, current.latest) } : kept;
  }

  /** Started by the first licence that expires; from then on it runs whatever licence there is, so that removing one does not stop it. */
  advance(licence: Licence | undefined): void {
    const uptime = this.clocks.uptimeMs();
    const elapsed = uptime - this.advancedAt;
    this.advancedAt = uptime;
    const keyIssued = licence && licence.term.kind !== 'bought' ? licence.issued : this.current?.keyIssued;
    if (keyIssued !== undefined)
      this.current = advanceMemory(this.remembered(keyIssued), keyIssued, this.clocks.now(), elapsed);
  }

  /**
   * Call at the start of the box. If the clock does not show how long it was off, the longest possible time since the last write is taken
   * to have passed: otherwise cutting the power before each write would stop time.
   */
  async resume(licence: Licence | undefined): Promise<void> {
    this.advance(licence);
    if (!this.current) return;
    const { latest, keyIssued } = this.current;
    if (readClock(this.clocks.now(), this.current, keyIssued).kind === 'trusted') return;
    this.current = { latest: latest + writeAfterMs, keyIssued };
    await this.write();
  }

  private remembered(keyIssued: UnixTime): ClockMemory | undefined {
    if (this.current || this.known === null) return this.current;
    return { latest: this.known, keyIssued };
  }

  async writeIfDue(): Promise<void> {
    const ahead = (this.current?.latest ?? 0) - (this.written?.latest ?? 0);
    if (ahead >= writeAfterMs || this.current?.keyIssued !== this.written?.keyIssued) await this.write();
  }

  async write(): Promise<void> {
    // What is not read yet is not written over.
    if (!this.isRecalled || !this.current || this.current === this.written) return;
    const memory = this.current;
    await this.files.putClock(memory);
    this.written = memory;
  }
}
