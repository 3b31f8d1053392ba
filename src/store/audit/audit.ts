import { type FileHandle, open } from 'node:fs/promises';
import { dataFile } from '../files/data-folder.js';
import { syncFolder, writeDurably } from '../files/durable-file.js';
import { type Anchor, entryLine, makeEntry, type RecordedFact } from './audit-entry.js';
import { findTail, type Tail } from './audit-tail.js';

/** The audit record: entries are only ever added, each chained to the one before by its hash. */
export interface AuditRecord {
  /** What was found to be said about the record itself when it was opened: a torn tail, damage. Already recorded. */
  readonly findings: Tail['facts'];
  /**
   * Adds a fact, in the order of the calls. Resolves when it is on disk and survives a power cut; rejects when it could not be
   * written, and it is then not part of the record.
   */
  append(fact: RecordedFact): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/**
 * Opens the audit record of a data folder, which the caller holds alone. Makes it when there is none.
 * @param now the clock, in milliseconds since 1970.
 */
export async function openAudit(folder: string, now: () => number): Promise<AuditRecord> {
  const file = await open(dataFile(folder, 'audit'), 'a+', 0o600);
  await syncFolder(folder);
  const { anchor, facts } = await findTail(folder, file, now());
  const writer = new AuditWriter(folder, file, anchor, now);
  await Promise.all(facts.map((fact) => writer.append(fact)));
  return {
    findings: facts,
    append: (fact) => writer.append(fact),
    close: () => writer.close(),
  };
}

interface Waiting {
  readonly fact: RecordedFact;
  readonly time: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Facts that come while the disk is busy are written together: a burst costs a few syncs, not one each. */
class AuditWriter {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;
  /** Whether bytes of a failed write may stand behind the anchor. */
  private leftovers = false;

  constructor(
    private readonly folder: string,
    private readonly file: FileHandle,
    private anchor: Anchor,
    private readonly now: () => number,
  ) {}

  append(fact: RecordedFact): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ fact, time: new Date(this.now()).toISOString(), resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.write(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = null;
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    if (this.leftovers) await this.file.truncate(this.anchor.bytes);
    let { count, hash } = this.anchor;
    const lines = batch.map(({ fact, time }) => {
      const entry = makeEntry(count + 1, time, hash, fact);
      ({ seq: count, hash } = entry);
      return entryLine(entry);
    });
    const bytes = Buffer.from(lines.join(''));
    this.leftovers = true;
    await this.file.appendFile(bytes);
    await this.file.sync();
    const anchor = { count, hash, bytes: this.anchor.bytes + bytes.length };
    await writeDurably(dataFile(this.folder, 'auditAnchor'), JSON.stringify(anchor));
    this.anchor = anchor;
    this.leftovers = false;
  }
}
