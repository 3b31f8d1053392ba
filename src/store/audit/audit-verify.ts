import { stat } from 'node:fs/promises';
import { type BoxPublicKey, DamagedKey, readBoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { hasCode } from '../files/durable-file.js';
import { type Line, linesOf } from '../files/text-lines.js';
import { type Anchors, readAnchors } from './audit-anchor.js';
import {
  type Anchor,
  type AuditEntry,
  emptyAnchor,
  entryLine,
  firstHash,
  isUnchanged,
  parseEntry,
} from './audit-entry.js';
import { rememberedCounter } from './audit-progress.js';

/** What is wrong at the first place where the record differs from what was written. */
export type Breach =
  /** The entry is not what was written: its hash does not match, or it is not an entry at all. */
  | { readonly why: 'changed'; readonly line: number; readonly seq: number }
  /** The entry before this one was replaced by another that is valid in itself. */
  | { readonly why: 'replaced'; readonly line: number; readonly seq: number }
  /** Entries are gone; `seq` is the first of them. */
  | { readonly why: 'missing'; readonly line: number; readonly seq: number; readonly count: number }
  /** Entries are in another order, or one occurs twice. */
  | { readonly why: 'order'; readonly line: number; readonly seq: number }
  /** Entries at the end are gone, as the anchor shows; `seq` is the first of them. */
  | { readonly why: 'tailCut'; readonly line: number; readonly seq: number; readonly count: number }
  /** The file that says where the record ends is gone or unreadable. */
  | { readonly why: 'anchorMissing'; readonly line: number; readonly seq: number }
  /** The marker for the end of the record is not signed by this box: somebody else wrote it, and perhaps the record, too. */
  | { readonly why: 'anchorForged'; readonly line: number; readonly seq: number }
  /** This box did not write the entry as it stands: its signature is not the box's, or is missing although earlier entries have one. */
  | { readonly why: 'foreign'; readonly line: number; readonly seq: number }
  /** The record and its end are older than what the box remembers of them in another place. */
  | { readonly why: 'olderCopy'; readonly line: number; readonly seq: number }
  /** The key with which the box signed the record is gone. */
  | { readonly why: 'keyMissing'; readonly line: number; readonly seq: number }
  /** What stands in place of the public half of that key is not a key. */
  | { readonly why: 'keyDamaged'; readonly line: number; readonly seq: number }
  /** The box itself found at a start that the record was not as it had left it, and recorded that. */
  | { readonly why: 'reported'; readonly line: number; readonly seq: number };

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly lastTime: string | null; readonly signedBy: string | null }
  | { readonly ok: false; readonly breach: Breach };

/**
 * Reads the audit record of a data folder from the first entry to the last and reports the first breach. May run while the appliance
 * writes: what comes after the anchor counts as not yet confirmed.
 */
export async function verifyAudit(folder: string): Promise<Verification> {
  // In the opposite order of writing: what is read later cannot have fallen behind what was read before.
  const found = await publicKeyIn(folder);
  const key = found === 'damaged' ? null : found;
  const remembered = await rememberedCounter(folder, key);
  const anchors = await readAnchors(folder, key);
  const chain = new Chain(anchors.newest ?? emptyAnchor, key);
  const breach = await firstBreach(dataFile(folder, 'audit'), chain);
  if (breach) return { ok: false, breach };
  const why = whyUnproven(chain, found, anchors, remembered);
  if (why !== null) return { ok: false, breach: { why, line: chain.count, seq: chain.count } };
  const { count: entries, lastTime, reported, foreign } = chain;
  if (reported !== null) return { ok: false, breach: { why: 'reported', line: reported, seq: reported } };
  if (foreign !== null) return { ok: false, breach: { why: 'foreign', line: foreign, seq: foreign } };
  return { ok: true, entries, lastTime, signedBy: key?.fingerprint ?? null };
}

/** Why a chain that is sound in itself is not proven to be what the box wrote; null if it is. */
function whyUnproven(
  { count, isSigned }: Chain,
  key: BoxPublicKey | 'damaged' | null,
  { newest, problem, isBegun }: Anchors,
  remembered: number,
) {
  if (key === 'damaged') return 'keyDamaged';
  if (key === null && isSigned) return 'keyMissing';
  if (problem !== null) return anchorBreach(problem);
  if (newest !== null && newest.counter < remembered) return 'olderCopy';
  // A box that has signed before had a record.
  return !isBegun && (count > 0 || key !== null) ? 'anchorMissing' : null;
}

async function publicKeyIn(folder: string): Promise<BoxPublicKey | 'damaged' | null> {
  try {
    return await readBoxPublicKey(folder);
  } catch (error) {
    if (error instanceof DamagedKey) return 'damaged';
    throw error;
  }
}

function anchorBreach(problem: NonNullable<Anchors['problem']>): 'anchorMissing' | 'anchorForged' | 'keyMissing' {
  return problem === 'anchorUnreadable' ? 'anchorMissing' : problem;
}

/** Entries of a record, from the first; lines that are not entries are skipped. @param most Bytes at its end that are looked at. */
export async function* auditEntries(folder: string, most = Number.POSITIVE_INFINITY): AsyncGenerator<AuditEntry> {
  const path = dataFile(folder, 'audit');
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  for await (const { text } of linesOrNone(path, Math.max(0, size - most))) {
    const entry = parseEntry(text);
    if (entry) yield entry;
  }
}

async function firstBreach(path: string, chain: Chain): Promise<Breach | null> {
  const lines = linesOrNone(path);
  for await (const line of lines) {
    const breach = chain.follow(line);
    if (breach?.why !== 'missing') {
      if (breach) return breach;
      continue;
    }
    return (await isFurtherOn(breach.seq, lines)) ? { why: 'order', line: breach.line, seq: breach.seq } : breach;
  }
  return chain.end();
}

async function isFurtherOn(seq: number, lines: AsyncIterable<Line>): Promise<boolean> {
  for await (const { text } of lines) if (parseEntry(text)?.seq === seq) return true;
  return false;
}

/** Follows the chain of hashes. */
class Chain {
  count = 0;
  lastTime: string | null = null;
  /** Number of the first entry in which the box reports damage. */
  reported: number | null = null;
  /** Number of the first entry before the signed end whose signature is not this box's. */
  foreign: number | null = null;
  /** Whether any entry has a signature. */
  isSigned = false;
  private hash = firstHash;

  constructor(
    private readonly anchor: Anchor,
    private readonly key: BoxPublicKey | null,
  ) {}

  follow(line: Line): Breach | null {
    const here = { line: this.count + 1, seq: this.count + 1 };
    const entry = parseEntry(line.text);
    if (!line.complete && this.count >= this.anchor.count) return null;
    if (!entry || !isUnchanged(entry) || entryLine(entry) !== `${line.text}\n`) return { why: 'changed', ...here };
    if (entry.seq > here.seq) return { why: 'missing', ...here, count: entry.seq - here.seq };
    if (entry.seq < here.seq) return { why: 'order', line: here.line, seq: entry.seq };
    if (entry.previous !== this.hash) return { why: 'replaced', line: here.line, seq: this.count };
    if (!this.isOfThisBox(entry)) return { why: 'foreign', ...here };
    this.count += 1;
    this.hash = entry.hash;
    this.lastTime = entry.time;
    if (entry.fact.type === 'recordDamaged') this.reported ??= entry.seq;
    // Whoever rewrites the whole chain still has to meet the anchor.
    return this.count === this.anchor.count && this.hash !== this.anchor.hash ? { why: 'replaced', ...here } : null;
  }

  /**
   * What the end vouches for needs no signature of its own, unless it follows on entries that have one. A signature there that is not of this
   * box is told only if nothing else is: those of before a new key are such, and that the key is new is recorded. Without a key there is no
   * telling.
   */
  private isOfThisBox({ hash, signature }: AuditEntry): boolean {
    if (signature === undefined)
      return !this.isSigned && !(this.anchor.signsEntries && this.count >= this.anchor.count);
    this.isSigned = true;
    if (this.key === null || this.key.isSigned('audit-entry', hash, signature)) return true;
    if (this.count >= this.anchor.count) return false;
    this.foreign ??= this.count + 1;
    return true;
  }

  end(): Breach | null {
    const gone = this.anchor.count - this.count;
    return gone > 0 ? { why: 'tailCut', line: this.count, seq: this.count + 1, count: gone } : null;
  }
}

async function* linesOrNone(path: string, start = 0): AsyncGenerator<Line> {
  try {
    yield* linesOf(path, start);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
