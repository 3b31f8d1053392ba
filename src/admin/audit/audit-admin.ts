import { createReadStream } from 'node:fs';
import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import { exportAudit } from '../../store/audit/audit-export.js';
import { type AuditPage, type AuditQuery, auditPage } from '../../store/audit/audit-page.js';
import { type Verification, verifyAudit } from '../../store/audit/audit-verify.js';
import { makeCheckpoint } from '../../store/audit/checkpoint.js';
import type { HeardPage, HeardQuery } from '../../store/audit/heard-calls.js';
import { LatestHeard } from '../../store/audit/latest-heard.js';
import { LatestWatched, type Watched } from '../../store/audit/latest-watched.js';
import { type MonthlyReport, monthlyReport } from '../../store/audit/monthly-report.js';
import { openBoxKey } from '../../store/box-key.js';
import { isPresent, type PresentWatch } from './present-watches.js';

/** The box whose audit record is read. */
export interface AuditedBox {
  readonly folder: string;
  /** Null while it is unknown. */
  hardwareId(): string | null;
  now(): UnixTime;
  watches(): readonly PresentWatch[];
}

/** Everything that is done with the audit record beside writing it. */
export class AuditAdmin {
  readonly #heard: LatestHeard;
  readonly #watched: LatestWatched;
  #running: Promise<Verification> | null = null;
  #checkpoint: Promise<string> | null = null;

  /** @param program Path of what verifies an exported record without a box. */
  constructor(
    private readonly box: AuditedBox,
    private readonly program: string,
  ) {
    this.#heard = new LatestHeard(box.folder);
    this.#watched = new LatestWatched(box.folder);
  }

  list(query: AuditQuery): Promise<AuditPage> {
    return auditPage(this.box.folder, query);
  }

  /** Who listened to the calls of a person. */
  heard(query: Omit<HeardQuery, 'isRunning'>): Promise<HeardPage> {
    return this.#heard.calls({ ...query, isRunning: (fact) => this.isRunning(fact) });
  }

  /** What the record has of a month, and whether that can still become more. */
  async report(month: string): Promise<MonthlyReport & { readonly isOver: boolean }> {
    const report = await monthlyReport(this.box.folder, month);
    return { ...report, isOver: report.to <= this.box.now() };
  }

  /** The calls about which a moderator may still make a sheet, of those that ended since then. */
  watched(moderator: ExtensionNumber, since: UnixTime): Promise<Watched> {
    return this.#watched.calls(moderator, since);
  }

  /** Whether an entry tells of something that still goes on. */
  isRunning(fact: Readonly<Record<string, unknown>>): boolean {
    return isPresent(this.box.watches(), fact);
  }

  /** Reads all of it. Whoever asks meanwhile gets the same answer: however many ask, it is read once at a time. */
  verify(): Promise<Verification> {
    this.#running ??= verifyAudit(this.box.folder).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** How far the record has come, in a few lines that somebody else keeps: see `makeCheckpoint`. The record is read once at a time for it, too. */
  checkpoint(): Promise<string> {
    this.#checkpoint ??= this.#makeCheckpoint().finally(() => {
      this.#checkpoint = null;
    });
    return this.#checkpoint;
  }

  async #makeCheckpoint(): Promise<string> {
    const { folder, now } = this.box;
    const { key } = await openBoxKey(folder, now());
    return makeCheckpoint(folder, key);
  }

  /** The program that verifies an exported record on any computer. */
  verifier(): AsyncIterable<Uint8Array> {
    return createReadStream(this.program);
  }

  async export(): Promise<AsyncIterable<Uint8Array>> {
    const { folder, hardwareId, now } = this.box;
    const at = now();
    const { key } = await openBoxKey(folder, at);
    const created = new Date(at).toISOString();
    return exportAudit(folder, key, { created, hardwareId: hardwareId() });
  }
}
