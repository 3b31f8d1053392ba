import { type IdentityPaths, identityPaths, readIdentity } from '../identity/identity.js';
import { backUpIdentity, largestBackup, restoreIdentity } from '../identity/identity-backup.js';
import { IdentityError } from '../identity/identity-error.js';
import { hardwareIdText, type IdPart } from '../licensing/hardware-id.js';
import { InTurn } from '../store/in-turn.js';
import { requireDataFolder } from './data-folder.js';

export { identityPaths } from '../identity/identity.js';
export { largestBackup } from '../identity/identity-backup.js';

export interface IdentityView {
  readonly hardwareId: string;
  readonly board: string | null;
  /** Path of the private key that the hardware ID is made from. */
  readonly hostKey: string;
}

export interface RestoreView {
  readonly hardwareId: string;
  /** The hardware ID of the box that the backup is of. */
  readonly backedUp: string;
  /** What differs between the two. */
  readonly differs: readonly IdPart[];
}

/** Everything an admin does with the identity of the box. Its errors are AdminErrors. */
export class IdentityAdmin {
  readonly #hashing = new InTurn();

  constructor(
    private readonly paths: IdentityPaths,
    private readonly now: () => number,
  ) {}

  async show(): Promise<IdentityView> {
    const { hardwareId, boardName, hostKey } = await readIdentity(this.paths);
    return { hardwareId: hardwareIdText(hardwareId), board: boardName ?? null, hostKey: hostKey.path };
  }

  /** The text of a backup file. One at a time: the slow hashes of several must not take the cores from the calls. */
  backUp(passphrase: string): Promise<string> {
    return this.#hashing.run(() => backUpIdentity(this.paths, passphrase, this.now()));
  }

  /** To be called only while no box can read what it changes. */
  async restore(backup: string, passphrase: string): Promise<RestoreView> {
    if (backup.length > largestBackup) throw new IdentityError({ code: 'identity.notABackup' });
    const { hardwareId, backedUp, differs } = await restoreIdentity(this.paths, backup, passphrase, this.now());
    return { hardwareId: hardwareIdText(hardwareId), backedUp: hardwareIdText(backedUp), differs };
  }
}

/**
 * The identity kept in a data folder.
 * @throws NoDataFolder
 */
export async function openIdentityAdmin(dataFolder: string): Promise<IdentityAdmin> {
  await requireDataFolder(dataFolder);
  return new IdentityAdmin(identityPaths(dataFolder), () => Date.now());
}
