import type { Manifest } from '../store/backup/backup-content.js';
import { BackupError } from '../store/backup/backup-error.js';
import { type BackupSource, makeBackup, shortestPassphrase } from '../store/backup/make-backup.js';
import { orderRestore } from '../store/backup/restore.js';
import type { AccessFact } from '../store/users/access-fact.js';
import { onlyPersons } from './only-persons.js';
import type { Caller } from './operation.js';
import { byOf } from './recording.js';

/** The box that is backed up. */
export interface BackedUpBox {
  /** What is backed up now. */
  source(): BackupSource;
  record(fact: AccessFact): void;
}

/** What a backup says of itself. */
export interface RestoreOrder {
  readonly created: string;
  readonly modcall: string;
  /** Of the box it was made on. */
  readonly hardwareId: string | null;
  readonly files: number;
}

/** Backups by hand. */
export class BackupAdmin {
  constructor(private readonly box: BackedUpBox) {}

  /**
   * All that makes the box what it is, sealed, piece by piece as the file is sent.
   * @throws BackupError
   */
  make(passphrase: string, caller: Caller): AsyncIterable<Uint8Array> {
    onlyPersons(caller);
    if (passphrase.length < shortestPassphrase) throw new BackupError('weakPassphrase');
    this.box.record({ type: 'backupMade', ...byOf(caller) });
    return makeBackup(this.box.source(), passphrase);
  }

  /**
   * Takes a backup, which the next start puts in place: whoever calls this starts the box anew.
   * @throws BackupError; nothing has been changed then.
   */
  async restore(sealed: AsyncIterable<Uint8Array>, passphrase: string, caller: Caller): Promise<RestoreOrder> {
    onlyPersons(caller);
    const { folder } = this.box.source();
    const manifest = await orderRestore(folder, sealed, passphrase);
    this.box.record({ type: 'backupRestored', backedUp: manifest.hardwareId ?? '', ...byOf(caller) });
    return orderOf(manifest);
  }
}

const orderOf = ({ created, modcall, hardwareId, files }: Manifest): RestoreOrder => ({
  created,
  modcall,
  hardwareId,
  files: files.length,
});
