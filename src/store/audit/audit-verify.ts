import { stat } from 'node:fs/promises';
import { type BoxPublicKey, DamagedKey, readBoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { type Line, linesOrNone } from '../files/text-lines.js';
import { type Anchors, readAnchors } from './audit-anchor.js';
import { type Breach, Chain, firstBreach } from './audit-chain.js';
import { type AuditEntry, emptyAnchor, parseEntry } from './audit-entry.js';
import { rememberedCounter } from './audit-progress.js';
import { type Checkpoint, checkpointProblem } from './checkpoint.js';

export type { Breach } from './audit-chain.js';

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly lastTime: string | null; readonly signedBy: string | null }
  | { readonly ok: false; readonly breach: Breach };

/**
 * Reads the audit record of a data folder from the first entry to the last and reports the first breach. May run while the appliance
 * writes: what comes after the anchor counts as not yet confirmed.
 * @param checkpoint How far the record had come once, as somebody else has kept it.
 */
export async function verifyAudit(folder: string, checkpoint: Checkpoint | null = null): Promise<Verification> {
  // In the opposite order of writing: what is read later cannot have fallen behind what was read before.
  const found = await publicKeyIn(folder);
  const key = found === 'damaged' ? null : found;
  const remembered = await rememberedCounter(folder, key);
  const anchors = await readAnchors(folder, key);
  const chain = new Chain(anchors.newest ?? emptyAnchor, key);
  const breach = await firstBreach(linesOrNone(dataFile(folder, 'audit')), chain);
  if (breach) return { ok: false, breach };
  const why = whyUnproven(chain, found, anchors, remembered);
  if (why !== null) return { ok: false, breach: { why, line: chain.count, seq: chain.count } };
  return withCheckpoint(resultOf(chain, key), checkpoint, () => linesOrNone(dataFile(folder, 'audit')), key);
}

/** The result if the record goes on from the checkpoint, where there is one. */
export async function withCheckpoint(
  result: Verification,
  checkpoint: Checkpoint | null,
  lines: () => AsyncGenerator<Line>,
  key: BoxPublicKey | null,
): Promise<Verification> {
  if (!result.ok || checkpoint === null) return result;
  const why = await checkpointProblem(checkpoint, lines(), key);
  return why === null ? result : { ok: false, breach: { why, line: result.entries, seq: result.entries } };
}

/** What the entries of a chain say that is sound in itself. */
export function resultOf(
  { count: entries, lastTime, reported, foreign }: Chain,
  key: BoxPublicKey | null,
): Verification {
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
