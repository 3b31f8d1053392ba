import type { FileHandle } from 'node:fs/promises';
import { dataFile } from '../files/data-folder.js';
import { hasCode } from '../files/durable-file.js';
import { bytesAt, linesBackwards } from '../files/lines-backwards.js';
import { openRegular } from '../files/regular-file.js';
import { type AuditEntry, parseEntry } from './audit-entry.js';

export interface AuditQuery {
  /** Only entries with a lower number; null for the newest. */
  readonly before: number | null;
  /** So many are given. */
  readonly limit: number;
  /** A text that is one of the values of each entry that matches: others need not be read in full. */
  readonly mentions?: string;
  matches(entry: AuditEntry): boolean;
}

export interface AuditPage {
  /** From the newest to the oldest. */
  readonly entries: readonly AuditEntry[];
  /** What `before` has to be for what comes next; null at the beginning of the record. */
  readonly next: number | null;
}

/** So many entries are looked at for one page, however few of them match. */
const mostLookedAt = 10_000;
/** More than the longest entry. */
const longestLine = 64 * 1024;

/** Part of the record of a data folder, as it stands there: whether it is what was written, `verifyAudit` tells. */
export async function auditPage(folder: string, query: AuditQuery): Promise<AuditPage> {
  const file = await openRegular(dataFile(folder, 'audit'), 'read').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (file === null) return { entries: [], next: null };
  try {
    const { size } = await file.stat();
    const end = query.before === null ? size : await endBefore(file, size, query.before);
    return await collected(linesBackwards(file, end), query);
  } finally {
    await file.close();
  }
}

async function collected(lines: AsyncIterable<string>, query: AuditQuery): Promise<AuditPage> {
  const { limit, matches } = query;
  const entries: AuditEntry[] = [];
  let lookedAt = 0;
  for await (const { seq, entry } of entriesIn(lines, query)) {
    lookedAt += 1;
    if (entry && matches(entry)) entries.push(entry);
    if (entries.length >= limit || lookedAt >= mostLookedAt) return { entries, next: seq > 1 ? seq : null };
  }
  return { entries, next: null };
}

/** Each entry by its number; null instead of one that cannot match. */
async function* entriesIn(lines: AsyncIterable<string>, { before, mentions }: AuditQuery) {
  const mention = mentions === undefined ? '' : JSON.stringify(mentions);
  for await (const line of lines) {
    const seq = seqIn(line);
    if (seq === null || seq >= (before ?? Infinity)) continue;
    yield { seq, entry: line.includes(mention) ? parseEntry(line) : null };
  }
}

/** The number of an entry, without reading the rest of it where it is written as usual; null for what is no entry. */
function seqIn(line: string): number | null {
  const [, seq] = usualSeq.exec(line) ?? [];
  return seq === undefined ? (parseEntry(line)?.seq ?? null) : Number(seq);
}

const usualSeq = /"previous":"[0-9a-f]{64}","seq":(\d{1,15}),"/;

/** An offset behind every entry with a lower number, and not far behind the last of them: entries stand in the order of their numbers. */
async function endBefore(file: FileHandle, size: number, before: number): Promise<number> {
  let [low, high] = [0, size];
  while (high - low > 4 * longestLine) {
    const middle = Math.floor((low + high) / 2);
    const seq = await seqBehind(file, middle);
    if (seq === null || seq >= before) high = middle;
    else low = middle;
  }
  return Math.min(size, high + 2 * longestLine);
}

/** The number of the first whole entry behind an offset; null where there is none. */
async function seqBehind(file: FileHandle, at: number): Promise<number | null> {
  const [, ...lines] = (await bytesAt(file, at, 2 * longestLine)).toString().split('\n');
  return lines.map(seqIn).find((seq) => seq !== null) ?? null;
}
