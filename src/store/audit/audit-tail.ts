import { type FileHandle, writeFile } from 'node:fs/promises';
import type { UnixTime } from '../../primitives/time.js';
import type { BoxKey, BoxPublicKey, OpenedBoxKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { fileTime, hasCode, syncFolder } from '../files/durable-file.js';
import { openRegular } from '../files/regular-file.js';
import { readAnchors, writeAnchor } from './audit-anchor.js';
import {
  type Anchor,
  type AuditEntry,
  type BoxFact,
  emptyAnchor,
  isUnchanged,
  parseEntry,
  type RecordProblem,
} from './audit-entry.js';
import { isRecordRemembered, rememberedCounter } from './audit-progress.js';

/** Where a record continues after a start, and what to record about its condition. */
export interface Tail {
  readonly anchor: Anchor;
  readonly facts: readonly BoxFact[];
}

/** The time of the last whole entry of the record; null if there is none. Rejects if the disk cannot be read. */
export async function lastRecordedTime(folder: string): Promise<UnixTime | null> {
  const file = await openIfThere(dataFile(folder, 'audit'));
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const lines = (await bytesBefore(file, size, longestLine)).toString().split('\n');
    const times = lines.map((line) => Date.parse(parseEntry(line)?.time ?? ''));
    return times.findLast((time) => !Number.isNaN(time)) ?? null;
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await openRegular(path, 'read');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

const newline = 0x0a;
/** More than the longest entry. */
const longestLine = 64 * 1024;
/** More than is ever written between two signed ends. */
const mostAdopted = 16 * 1024 * 1024;

/**
 * Looks at the end of the record. What follows the anchor may not have been confirmed to anyone: whole entries that this box has signed are
 * kept, a torn one is moved to a file of its own. If others follow there, or the confirmed part is not as it was left, nothing of it is touched, and the record goes on after
 * what is known to have been there: the gap stays to be seen.
 */
export async function findTail(folder: string, file: FileHandle, opened: OpenedBoxKey, now: UnixTime): Promise<Tail> {
  const remembered = await rememberedCounter(folder, opened.key);
  const { anchor, facts } = await tailAsFound(folder, file, opened, remembered, now);
  return { anchor: { ...anchor, counter: Math.max(anchor.counter, remembered) }, facts };
}

async function tailAsFound(
  folder: string,
  file: FileHandle,
  { key, isNew }: OpenedBoxKey,
  remembered: number,
  now: UnixTime,
): Promise<Tail> {
  const { size } = await file.stat();
  const { newest, problem, isBegun, isSigned } = await readAnchors(folder, key, isNew);
  // Neither the first record of a box nor one from before it had a key.
  if (isNew && !isSigned && (await isRecordRemembered(folder)))
    return damaged(file, await endAsFound(file, size), 'keyMissing');
  // A box that has a signing key had a record.
  if (!isBegun && size === 0) return isNew ? begin(folder, key) : damaged(file, emptyAnchor, 'anchorMissing');
  if (newest === null) return damaged(file, await endAsFound(file, size), problem ?? 'anchorMissing');
  const found = await problemBehind(file, newest, remembered);
  if (found !== null) return damaged(file, { ...newest, bytes: size }, found);
  const tail = await adopt(folder, file, newest, key, now);
  return problem === null ? tail : { ...tail, facts: [...tail.facts, { type: 'recordDamaged', problem }] };
}

/** Why the record is not what its newest end says, or why that is not the newest; null where all is as it was left. */
async function problemBehind(file: FileHandle, newest: Anchor, remembered: number): Promise<RecordProblem | null> {
  const { size } = await file.stat();
  if (size < newest.bytes) return 'tailCut';
  if (newest.count > 0 && (await lastEntry(file, newest.bytes))?.hash !== newest.hash) return 'changed';
  if (newest.counter < remembered) return 'olderCopy';
  return size - newest.bytes > mostAdopted ? 'foreignEntries' : null;
}

/** The end of a record when nothing says where it ended. */
async function endAsFound(file: FileHandle, size: number): Promise<Anchor> {
  const last = await lastEntry(file, size);
  if (last === null) return { ...emptyAnchor, bytes: size };
  const agreement = last.agreement === undefined ? null : { serial: 0, version: 0, hash: last.agreement };
  return { ...emptyAnchor, count: last.seq, hash: last.hash, bytes: size, agreement };
}

/** The anchor is written before the first entry, so a missing one is always damage. */
async function begin(folder: string, key: BoxKey): Promise<Tail> {
  return { anchor: await writeAnchor(folder, key, emptyAnchor), facts: [] };
}

/** A broken record continues on a new line. */
async function damaged(file: FileHandle, known: Anchor, problem: RecordProblem): Promise<Tail> {
  const last = await bytesBefore(file, known.bytes, 1);
  const needsEnd = last.length > 0 && last[0] !== newline;
  if (needsEnd) await file.appendFile('\n');
  const anchor = { ...known, bytes: known.bytes + (needsEnd ? 1 : 0) };
  return { anchor, facts: [{ type: 'recordDamaged', problem }] };
}

async function adopt(
  folder: string,
  file: FileHandle,
  confirmed: Anchor,
  key: BoxPublicKey,
  now: number,
): Promise<Tail> {
  const { size } = await file.stat();
  const rest = await bytesBefore(file, size, size - confirmed.bytes);
  let anchor = confirmed;
  for (let line = nextLine(rest, 0); line; line = nextLine(rest, anchor.bytes - confirmed.bytes)) {
    const entry = parseEntry(line.toString());
    if (entry && confirmed.signsEntries && !isOfThisBox(entry, key))
      return damaged(file, { ...anchor, bytes: size }, 'foreignEntries');
    if (!entry || !follows(entry, anchor)) break;
    anchor = { ...anchor, count: entry.seq, hash: entry.hash, bytes: anchor.bytes + line.length + 1 };
  }
  const torn = rest.subarray(anchor.bytes - confirmed.bytes);
  if (torn.length === 0) return { anchor, facts: [] };
  const name = `audit.torn-${fileTime(now)}`;
  await writeFile(`${folder}/${name}`, torn, { mode: 0o600, flag: 'wx', flush: true });
  await syncFolder(folder);
  await file.truncate(anchor.bytes);
  return { anchor, facts: [{ type: 'tornTail', file: name, bytes: torn.length }] };
}

function follows(entry: AuditEntry, { count, hash }: Anchor): boolean {
  return entry.seq === count + 1 && entry.previous === hash && isUnchanged(entry);
}

function isOfThisBox({ hash, signature }: AuditEntry, key: BoxPublicKey): boolean {
  return signature !== undefined && key.isSigned('audit-entry', hash, signature);
}

function nextLine(bytes: Buffer, start: number): Buffer | null {
  const end = bytes.indexOf(newline, start);
  return end < 0 ? null : bytes.subarray(start, end);
}

/** The entry whose line ends at an offset. */
async function lastEntry(file: FileHandle, end: number): Promise<AuditEntry | null> {
  const bytes = await bytesBefore(file, end, longestLine);
  const text = bytes.toString().replace(/\n$/, '');
  return parseEntry(text.slice(text.lastIndexOf('\n') + 1));
}

async function bytesBefore(file: FileHandle, end: number, most: number): Promise<Buffer> {
  const length = Math.min(most, end);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, end - length);
  return buffer.subarray(0, bytesRead);
}
