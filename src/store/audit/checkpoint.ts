import { isSignedBy, noteText, parseNote, type SignedNote, signed } from '../../crypto/signed-note.js';
import { TreeHash } from '../../crypto/tree-hash.js';
import { AdminError } from '../admin-error.js';
import type { BoxKey, BoxPublicKey } from '../box-key.js';
import { dataFile } from '../files/data-folder.js';
import { type Line, linesOrNone } from '../files/text-lines.js';
import { readAnchors } from './audit-anchor.js';

/**
 * How far the record of a box had come at a time, in a few lines that somebody else keeps or countersigns (C2SP tlog-checkpoint): whoever
 * puts back an older record, or another one, cannot meet it any more.
 */
export interface Checkpoint {
  readonly note: SignedNote;
  /** Names the box by its key. */
  readonly origin: string;
  /** So many entries it vouches for, from the first. */
  readonly size: number;
  /** Over the lines of those entries, without their ends (RFC 6962, 2.1). */
  readonly root: Buffer;
}

/** What is wrong with a record, or with the checkpoint. */
export type CheckpointProblem =
  /** It is not signed by the box whose record it is. */
  | 'checkpointForeign'
  /** The record has fewer entries than the box had by then. */
  | 'behindCheckpoint'
  /** The record has other entries. */
  | 'offCheckpoint';

const originOf = ({ fingerprint }: BoxPublicKey): string => `modcall/${fingerprint}`;

/** The checkpoint of what is confirmed of a record by now. @throws AdminError where not all of that is there. */
export async function makeCheckpoint(folder: string, key: BoxKey): Promise<string> {
  const { newest } = await readAnchors(folder, key);
  const size = newest?.count ?? 0;
  const { size: found, root } = await treeOf(linesOrNone(dataFile(folder, 'audit')), size);
  if (found < size) {
    const params = { seq: found + 1, count: size - found };
    throw new AdminError({ code: 'audit.breach.tailCut', params }, { kind: 'conflict' });
  }
  const text = `${originOf(key)}\n${size}\n${root.toString('base64')}\n`;
  return noteText(signed({ text, signatures: [] }, originOf(key), key.bytes, (message) => key.signNote(message)));
}

/** Null for what is none. */
export function parseCheckpoint(written: string): Checkpoint | null {
  const note = parseNote(written);
  const [origin = '', size = '', root = ''] = note?.text.split('\n') ?? [];
  const bytes = Buffer.from(root, 'base64');
  if (!note || origin === '' || !/^(?:0|[1-9]\d{0,14})$/.test(size) || bytes.length !== 32) return null;
  return bytes.toString('base64') === root ? { note, origin, size: Number(size), root: bytes } : null;
}

/** Who has signed a checkpoint that has no problem: the box by its own name, and others whose public key is in theirs, each once. */
export const soundSigners = ({ note, origin }: Checkpoint): readonly string[] => {
  const countersigners = note.signatures.flatMap(({ name }) => {
    const [, key] = countersignerForm.exec(name) ?? [];
    return key !== undefined && isSignedBy(note, name, Buffer.from(key, 'hex')) ? [name] : [];
  });
  return [origin, ...new Set(countersigners)];
};

/** By which name the holder of a key countersigns: it has the whole public key, so that anybody can check it. */
export const countersignerOf = (publicKey: Uint8Array): string => `signer/${Buffer.from(publicKey).toString('hex')}`;
const countersignerForm = /^signer\/([0-9a-f]{64})$/;

/** Whether the record goes on from where the checkpoint says that it had come; null if it does. */
export async function checkpointProblem(
  { note, origin, size, root }: Checkpoint,
  lines: AsyncGenerator<Line>,
  key: BoxPublicKey | null,
): Promise<CheckpointProblem | null> {
  if (key === null || origin !== originOf(key) || !isSignedBy(note, origin, key.bytes)) return 'checkpointForeign';
  const found = await treeOf(lines, size);
  if (found.size < size) return 'behindCheckpoint';
  return found.root.equals(root) ? null : 'offCheckpoint';
}

async function treeOf(lines: AsyncGenerator<Line>, size: number) {
  const tree = new TreeHash();
  let found = 0;
  if (size > 0)
    for await (const { text } of lines) {
      tree.add(Buffer.from(text));
      found += 1;
      if (found === size) break;
    }
  return { size: found, root: tree.root() };
}
