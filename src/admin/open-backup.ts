import { identityPaths, readIdentity } from '../identity/identity.js';
import { hardwareIdText } from '../licensing/hardware-id.js';
import { makeBackup } from '../store/backup/make-backup.js';
import { completeRestore, orderRestore } from '../store/backup/restore.js';
import { recordRestored } from '../store/backup/restored-note.js';
import type { AccessFact } from '../store/users/access-fact.js';
import { byConsole } from './recording.js';

export { largestUpload } from '../store/backup/uploaded-backup.js';

export interface RestoredView {
  /** When the backup was made; ISO 8601, UTC. */
  readonly created: string;
  readonly files: number;
  readonly hardwareId: string;
  /** Of the box that the backup is of. */
  readonly backedUp: string | null;
}

/**
 * A backup of a data folder, piece by piece, whether a box runs on it or not.
 * @throws AdminError
 */
export async function* backUpFolder(folder: string, modcall: string, passphrase: string): AsyncGenerator<Uint8Array> {
  const { hardwareId, hostKey } = await readIdentity(identityPaths(folder));
  const source = { folder, hostKey: hostKey.path, hardwareId: hardwareIdText(hardwareId), modcall, now: Date.now() };
  yield* makeBackup(source, passphrase);
}

/** A data folder on which no box runs, held by the caller, and its record. */
export interface RestoredFolder {
  readonly path: string;
  record(fact: AccessFact): Promise<void>;
}

/**
 * Restores a backup, and records it.
 * @throws AdminError; nothing has been changed then.
 */
export async function restoreFolder(
  { path, record }: RestoredFolder,
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
): Promise<RestoredView> {
  const { created, files, hardwareId: backedUp } = await orderRestore(path, sealed, passphrase, byConsole);
  await completeRestore(path);
  await recordRestored(path, record);
  const { hardwareId } = await readIdentity(identityPaths(path));
  return { created, files: files.length, hardwareId: hardwareIdText(hardwareId), backedUp };
}
