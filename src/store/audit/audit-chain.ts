import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { BoxPublicKey } from '../box-key.js';
import type { Line } from '../files/text-lines.js';
import { type Anchor, type AuditEntry, entryLine, firstHash, isUnchanged, parseEntry } from './audit-entry.js';
import type { CheckpointProblem } from './checkpoint.js';

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
  /** This box did not write the entry as it stands: its signature is another's, or it has none though those before it have. */
  | { readonly why: 'foreign'; readonly line: number; readonly seq: number }
  /** The record and its end are older than what the box remembers of them in another place. */
  | { readonly why: 'olderCopy'; readonly line: number; readonly seq: number }
  /** The record does not go on from where a checkpoint says that it had come, or the checkpoint is not of this box. */
  | { readonly why: CheckpointProblem; readonly line: number; readonly seq: number }
  /** The key with which the box signed the record is gone. */
  | { readonly why: 'keyMissing'; readonly line: number; readonly seq: number }
  /** What stands in the place of the public half of that key is none. */
  | { readonly why: 'keyDamaged'; readonly line: number; readonly seq: number }
  /** The first line of an exported record is not signed with the key that stands in it. */
  | { readonly why: 'exportForged'; readonly line: number; readonly seq: number }
  /** The box itself has found, at a start, that the record was not as it had left it, and has recorded so. */
  | { readonly why: 'reported'; readonly line: number; readonly seq: number };

/** So long the chain is followed at a stretch: signatures take their time, and calls must not wait for a record of years. */
const stretchMs = 5;

/** Where lines first differ from what was written; null if nowhere. */
export async function firstBreach(lines: AsyncGenerator<Line>, chain: Chain): Promise<Breach | null> {
  let since = performance.now();
  for await (const line of lines) {
    const breach = chain.follow(line);
    if (breach?.why === 'missing')
      return (await isFurtherOn(breach.seq, lines)) ? { why: 'order', line: breach.line, seq: breach.seq } : breach;
    if (breach) return breach;
    if (performance.now() - since < stretchMs) continue;
    await turnOfOthers();
    since = performance.now();
  }
  return chain.end();
}

async function isFurtherOn(seq: number, lines: AsyncGenerator<Line>): Promise<boolean> {
  for await (const { text } of lines) if (parseEntry(text)?.seq === seq) return true;
  return false;
}

/** Follows the chain of hashes. */
export class Chain {
  count = 0;
  lastTime: string | null = null;
  /** Number of the first entry in which the box reports damage. */
  reported: number | null = null;
  /** Number of the first entry before the signed end whose signature is not of this box. */
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
