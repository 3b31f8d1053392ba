import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { AdminError } from '../admin-error.js';
import { type BoxKey, publicKeyIn } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { hasCode } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { openRegular } from '../files/regular-file.js';
import { type Line, linesOf } from '../files/text-lines.js';
import { readAnchors } from './audit-anchor.js';
import { Chain, firstBreach } from './audit-chain.js';
import { type Anchor, type AuditEntry, canonicalJson, emptyAnchor, parseEntry } from './audit-entry.js';
import { resultOf, type Verification, withCheckpoint } from './audit-verify.js';
import type { Checkpoint } from './checkpoint.js';

/** The first line of an exported record. It holds where the record ended, so that its signature vouches for all the entries behind it. */
const headSchema = z.strictObject({
  format: z.literal('modcall-audit-export-1'),
  created: z.iso.datetime(),
  hardwareId: z.string().nullable(),
  publicKey: z.string(),
  /** Null where nothing that the box has signed says where the record ends. */
  end: z
    .strictObject({
      count: z.int().min(0),
      hash: z.string(),
      bytes: z.int().min(0),
      counter: z.int().min(0),
      signsEntries: z.boolean(),
    })
    .nullable(),
  signature: z.string(),
});
type Head = z.infer<typeof headSchema>;

/** What was exported, and what became of it. */
export type ExportVerification = Verification & Pick<Head, 'created' | 'hardwareId'>;

/**
 * The record of a data folder as a file that can be verified anywhere, piece by piece: entries as they stand in the record, behind a line
 * that is signed by the box.
 */
export async function exportAudit(
  folder: string,
  key: BoxKey,
  { created, hardwareId }: Pick<Head, 'created' | 'hardwareId'>,
): Promise<AsyncIterable<Uint8Array>> {
  const { newest } = await readAnchors(folder, key);
  const head = {
    format: 'modcall-audit-export-1' as const,
    created,
    hardwareId,
    publicKey: key.hex,
    end: newest && endOf(newest),
  };
  const line = canonicalJson({ ...head, signature: key.sign('audit-export', canonicalJson(head)) });
  return pieces(line, folder, newest?.bytes ?? null);
}

const endOf = ({ count, hash, bytes, counter, signsEntries }: Anchor) => ({
  count,
  hash,
  bytes,
  counter,
  signsEntries,
});

async function* pieces(head: string, folder: string, bytes: number | null): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${head}\n`);
  const record = await recordOf(folder);
  try {
    if (record && bytes !== 0)
      yield* record.createReadStream({ ...(bytes !== null && { end: bytes - 1 }), autoClose: false });
  } finally {
    await record?.close();
  }
}

async function recordOf(folder: string): Promise<FileHandle | null> {
  return openRegular(dataFile(folder, 'audit'), 'read').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
}

/**
 * Whether an exported record is what its box exported.
 * @param checkpoint How far the record had come once, as somebody else has kept it.
 * @throws AdminError for a file that is none.
 */
export async function verifyExport(path: string, checkpoint: Checkpoint | null = null): Promise<ExportVerification> {
  const lines = linesOf(path);
  const first = await lines.next();
  const parsed = parseJson(first.done ? '' : first.value.text);
  const head = headSchema.safeParse(parsed.ok ? parsed.value : undefined).data;
  const key = head && publicKeyIn(head.publicKey);
  if (!head || !key) {
    await lines.return(undefined);
    throw new AdminError({ code: 'audit.notAnExport', params: { path } });
  }
  const { signature, ...signed } = head;
  const { created, hardwareId, end } = signed;
  const verified = async (): Promise<Verification> => {
    if (!key.isSigned('audit-export', canonicalJson(signed), signature)) return broken('exportForged', 0);
    const chain = new Chain({ ...emptyAnchor, ...end }, key);
    const breach = await firstBreach(lines, chain);
    // Of the file, where the entries begin with the second line.
    if (breach) return { ok: false, breach: { ...breach, line: breach.line + 1 } };
    if (end === null) return broken('anchorMissing', chain.count);
    return withCheckpoint(resultOf(chain, key), checkpoint, () => entriesOf(path), key);
  };
  try {
    return { ...(await verified()), created, hardwareId };
  } finally {
    await lines.return(undefined);
  }
}

/** The entries of an exported record, from the first; lines that are not entries are skipped, which `verifyExport` says whether there are. */
export async function* exportedEntries(path: string): AsyncGenerator<AuditEntry> {
  for await (const { text } of entriesOf(path)) {
    const entry = parseEntry(text);
    if (entry) yield entry;
  }
}

/** What stands behind the first line. */
async function* entriesOf(path: string): AsyncGenerator<Line> {
  const lines = linesOf(path);
  await lines.next();
  yield* lines;
}

const broken = (why: 'exportForged' | 'anchorMissing', seq: number): Verification => ({
  ok: false,
  breach: { why, line: seq, seq },
});
