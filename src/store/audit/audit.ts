import type { FileHandle } from 'node:fs/promises';
import { type BoxKey, type OpenedBoxKey, openBoxKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { makeWay, syncFolder } from '../files/durable-file.js';
import { openRegular } from '../files/regular-file.js';
import { makeWayForAnchors, writeAnchor } from './audit-anchor.js';
import {
  type AgreementMark,
  type Anchor,
  type AuditEntry,
  type BoxFact,
  entryLine,
  makeEntry,
  type RecordedFact,
  type Stamp,
} from './audit-entry.js';
import { type Progress, signedProgress } from './audit-progress.js';
import { grown, type LateFact, mostLate, resumption, type Stall } from './audit-stall.js';
import { findTail } from './audit-tail.js';
import { missingEnds } from './unended.js';

/** The audit record: entries are only ever added, each chained to the one before by its hash. */
export interface AuditRecord {
  /** What was found wrong with the record when it was opened: a torn tail, damage. Recorded like everything else. */
  readonly findings: readonly BoxFact[];
  /**
   * Adds a fact, in the order of the calls. Resolves when it is on disk and survives a power cut. Rejects if it could not be written: what
   * it records must not happen then. The fact is kept in memory and written late, once the disk takes it.
   */
  append(fact: RecordedFact): Promise<void>;
  /** The same; resolves with the entry that it has become. */
  appendEntry(fact: RecordedFact): Promise<AuditEntry>;
  /** How far the record has come on disk, signed, for another file to remember; null while there is none. */
  progress(): Progress | null;
  /** Number of the lockouts and quotas that were on disk at least; 0 where that is not known. */
  readonly recordsSerial: number;
  /** Those with this number are on disk now; remembered with the next entry. */
  rememberRecords(serial: number): void;
  /** The works agreement that was in force at least; null where there was none, or nothing tells. */
  readonly agreement: AgreementMark | null;
  /** This one is on disk now: every entry from now on names it, and the next one anchors it. */
  rememberAgreement(mark: AgreementMark): void;
  /** Fingerprint of the key with which the box signs it; null while the disk does not give it. */
  readonly fingerprint: string | null;
  /** Called each time the record becomes writable again. */
  onResumed(listener: () => void): void;
  /**
   * Adds the missing ends of monitors and dialogues that ran when the box lost its power; to be called at the start, before anything of the
   * present run is added. Returns how many there were, 0 while the disk cannot be read.
   */
  addMissingEnds(): Promise<number>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/** How patient the record is with its disk. */
export interface Patience {
  /** After a write that failed the next try comes this much later. */
  readonly retryMs: number;
  /** Whoever waits longer for a write is refused. */
  readonly writeMs: number;
}

const usualPatience: Patience = { retryMs: 10_000, writeMs: 20_000 };

/**
 * Opens the audit record of a data folder, which the caller holds alone. Creates it if there is none. An unusable disk is not an error
 * here: it is retried from time to time, and until then every fact is refused.
 * @param stamp tells the time.
 */
export async function openAudit(
  folder: string,
  stamp: () => Stamp,
  patience: Partial<Patience> = {},
): Promise<AuditRecord> {
  const writer = new AuditWriter(folder, stamp, { ...usualPatience, ...patience });
  await writer.begin();
  return writer;
}

interface Waiting extends LateFact {
  readonly resolve: (entry: AuditEntry) => void;
  readonly reject: (error: unknown) => void;
}

interface WrittenBatch {
  readonly entries: readonly AuditEntry[];
  readonly isResumed: boolean;
}

interface OpenRecord {
  readonly file: FileHandle;
  readonly key: BoxKey;
  readonly publishKey: OpenedBoxKey['publish'];
  readonly anchor: Anchor;
}

/** A write has not ended for so long that it counts as failed; it may succeed yet. */
class DiskSilent extends Error {
  constructor() {
    super('the disk does not answer');
    this.name = 'DiskSilent';
  }
}

/** Whoever waits for these gets the entries that they have become, in their order. */
function resolved(batch: readonly Waiting[], entries: readonly AuditEntry[]): void {
  for (const [index, entry] of entries.entries()) batch[index]?.resolve(entry);
}

/** Facts that arrive while the disk is busy are written together: a burst costs a few syncs instead of one per fact. */
class AuditWriter implements AuditRecord {
  readonly findings: BoxFact[] = [];
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  private record: OpenRecord | null = null;
  /** Found when the record was opened, and not yet written. */
  private unwritten: readonly LateFact[] = [];
  private stall: Stall | null = null;
  /** Set while a write does not end: what comes meanwhile is refused at once. */
  private overdue: Pick<Stall, 'since' | 'lost'> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners: (() => void)[] = [];
  /** Whether bytes of a failed write may follow the anchor. */
  private leftovers = false;
  private isClosed = false;
  /** Whether the record still has to be searched for missing ends. */
  private areEndsDue = false;
  private endsAdded = 0;
  recordsSerial = 0;
  agreement: AgreementMark | null = null;

  constructor(
    private readonly folder: string,
    private readonly stamp: () => Stamp,
    private readonly patience: Patience,
  ) {}

  /** Opens the record and writes what was found about it. */
  async begin(): Promise<void> {
    this.writing ??= this.writeAll();
    await this.writing;
  }

  async append(fact: RecordedFact): Promise<void> {
    await this.appendEntry(fact);
  }

  appendEntry(fact: RecordedFact): Promise<AuditEntry> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ fact, stamp: this.stampNow(), resolve, reject });
      if (this.overdue) this.refuse(this.overdue);
      this.writing ??= this.writeAll();
    });
  }

  get fingerprint(): string | null {
    return this.record?.key.fingerprint ?? null;
  }

  progress(): Progress | null {
    return this.record ? signedProgress(this.record.key, this.record.anchor) : null;
  }

  rememberRecords(serial: number): void {
    this.recordsSerial = Math.max(this.recordsSerial, serial);
  }

  rememberAgreement(mark: AgreementMark): void {
    if (this.agreement === null || mark.serial >= this.agreement.serial) this.agreement = mark;
  }

  private stampNow(): Stamp {
    const stamp = this.stamp();
    return this.agreement === null ? stamp : { ...stamp, agreement: this.agreement.hash };
  }

  async addMissingEnds(): Promise<number> {
    this.areEndsDue = true;
    await this.begin();
    return this.endsAdded;
  }

  onResumed(listener: () => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.record?.file.close();
  }

  private async writeAll(): Promise<void> {
    let isBehind: boolean;
    do {
      const batch = this.waiting;
      this.waiting = [];
      const patience = setInterval(() => this.giveUp(batch), this.patience.writeMs);
      patience.unref();
      try {
        const { entries, isResumed } = await this.write(batch);
        resolved(batch, entries);
        // Later, so that an error there does not make this write fail.
        if (isResumed) this.notifyResumed();
      } catch (error) {
        this.keepForLater(batch);
        for (const { reject } of batch) reject(error);
      }
      clearInterval(patience);
      isBehind = this.catchUp();
    } while (isBehind || this.waiting.length > 0);
    this.writing = null;
  }

  /** Whoever waits for a disk that does not answer learns that what they want recorded is not. */
  private giveUp(batch: readonly Waiting[]): void {
    if (this.overdue || batch.length + this.waiting.length === 0) return;
    for (const { reject } of batch) reject(new DiskSilent());
    this.refuse({ since: this.stamp().time, lost: 0 });
  }

  private refuse({ since, lost }: Pick<Stall, 'since' | 'lost'>): void {
    for (const { reject } of this.waiting) reject(new DiskSilent());
    this.overdue = { since, lost: lost + Math.max(0, this.waiting.length - mostLate) };
    this.waiting.splice(mostLate);
  }

  /** After a write that took too long: what was refused meanwhile is due. Returns whether there was such a write. */
  private catchUp(): boolean {
    if (!this.overdue) return false;
    const { since, lost } = this.overdue;
    this.stall = grown(this.stall ?? { since, late: [], lost: 0 }, this.waiting, lost);
    this.waiting = [];
    this.overdue = null;
    return true;
  }

  private notifyResumed(): void {
    for (const listener of this.listeners) queueMicrotask(listener);
  }

  /** Resolves with the entries that the facts have become, and whether the record could not be written before. */
  private async write(batch: readonly Waiting[]): Promise<WrittenBatch> {
    const record = this.record ?? (await this.open());
    const { stall } = this;
    const ends = await this.dueEnds();
    const before = [...this.unwritten, ...ends, ...(stall?.late ?? [])];
    const facts: LateFact[] = [...before, ...batch];
    if (stall) facts.push({ fact: resumption(stall), stamp: this.stampNow() });
    const entries = facts.length > 0 ? await this.writeFacts(record, facts) : [];
    this.unwritten = [];
    this.stall = null;
    this.areEndsDue = false;
    this.endsAdded += ends.length;
    return { entries: entries.slice(before.length, before.length + batch.length), isResumed: stall !== null };
  }

  private async open(): Promise<OpenRecord> {
    const path = dataFile(this.folder, 'audit');
    const now = Date.parse(this.stamp().time);
    await makeWay(path, now, async () => (await openRegular(path, 'read')).close());
    const file = await openRegular(path, 'readAppend');
    try {
      await syncFolder(this.folder);
      const opened = await openBoxKey(this.folder, now);
      const { key, publish: publishKey } = opened;
      const { anchor: found, facts } = await findTail(this.folder, file, opened, now);
      await makeWayForAnchors(this.folder, now);
      // Signed at once if nothing is wrong, so that the next start finds no unsigned end beside a key.
      const isTakenOver = opened.isNew && !facts.some(({ type }) => type === 'recordDamaged');
      const anchor = isTakenOver ? await writeAnchor(this.folder, key, found, found) : found;
      if (isTakenOver) await publishKey();
      for (const fact of facts) this.findings.push(fact);
      this.rememberRecords(anchor.recordsSerial);
      if (anchor.agreement !== null) this.rememberAgreement(anchor.agreement);
      this.unwritten = facts.map((fact) => ({ fact, stamp: this.stampNow() }));
      this.record = { file, key, publishKey, anchor };
      return this.record;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private async dueEnds(): Promise<readonly LateFact[]> {
    if (!this.areEndsDue) return [];
    return (await missingEnds(dataFile(this.folder, 'audit'))).map((fact) => ({ fact, stamp: this.stampNow() }));
  }

  private async writeFacts(record: OpenRecord, facts: readonly LateFact[]): Promise<readonly AuditEntry[]> {
    const { file, key, publishKey, anchor: before } = record;
    if (this.leftovers) await file.truncate(before.bytes);
    let { count, hash } = before;
    const entries = facts.map(({ fact, stamp }) => {
      const entry = makeEntry(count + 1, stamp, hash, fact, (text) => key.sign('audit-entry', text));
      ({ seq: count, hash } = entry);
      return entry;
    });
    const bytes = Buffer.from(entries.map(entryLine).join(''));
    this.leftovers = true;
    await file.appendFile(bytes);
    await file.sync();
    const end = { count, hash, bytes: before.bytes + bytes.length };
    const anchor = await writeAnchor(this.folder, key, end, before, this);
    await publishKey();
    this.leftovers = false;
    this.record = { ...record, anchor };
    return entries;
  }

  private keepForLater(batch: readonly Waiting[]): void {
    this.stall = grown(this.stall ?? { since: this.stamp().time, late: [], lost: 0 }, batch);
    clearTimeout(this.timer);
    if (this.isClosed) return;
    this.timer = setTimeout(() => {
      this.writing ??= this.writeAll();
    }, this.patience.retryMs);
    this.timer.unref();
  }
}
