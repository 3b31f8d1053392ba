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
  const { before, limit, matches } = query;
  const entries: AuditEntry[] = [];
  let lookedAt = 0;
  for await (const entry of entriesIn(lines, before ?? Infinity)) {
    lookedAt += 1;
    if (matches(entry)) entries.push(entry);
    if (entries.length >= limit || lookedAt >= mostLookedAt) return { entries, next: entry.seq > 1 ? entry.seq : null };
  }
  return { entries, next: null };
}

async function* entriesIn(lines: AsyncIterable<string>, before: number): AsyncGenerator<AuditEntry> {
  for await (const line of lines) {
    const entry = parseEntry(line);
    if (entry && entry.seq < before) yield entry;
  }
}

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
  return lines.map(parseEntry).find((entry) => entry !== null)?.seq ?? null;
}
