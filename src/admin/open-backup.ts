import { identityPaths, readIdentity } from '../identity/identity.js';
import { hardwareIdText } from '../licensing/hardware-id.js';
import { makeBackup } from '../store/backup/make-backup.js';
import { completeRestore, orderRestore } from '../store/backup/restore.js';
import { openDataFolder } from '../store/files/data-folder.js';

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

/**
 * Restores a backup to a data folder on which no box runs.
 * @throws AdminError; nothing has been changed then.
 */
export async function restoreFolder(
  path: string,
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
): Promise<RestoredView> {
  const folder = await openDataFolder(path);
  try {
    if (folder.trouble) throw folder.trouble;
    await completeRestore(folder.path);
    const { created, files, hardwareId: backedUp } = await orderRestore(folder.path, sealed, passphrase);
    await completeRestore(folder.path);
    const { hardwareId } = await readIdentity(identityPaths(folder.path));
    return { created, files: files.length, hardwareId: hardwareIdText(hardwareId), backedUp };
  } finally {
    await folder.release();
  }
}
