import { type BackupSource, makeBackup, requireStrong } from '../store/backup/make-backup.js';
import type { AccessFact } from '../store/users/access-fact.js';
import type { Caller } from './operation.js';
import { byOf } from './recording.js';

/** The box that is backed up. */
export interface BackedUpBox {
  /** What is backed up now. */
  source(): BackupSource;
  record(fact: AccessFact): void;
}

/** Backups by hand. */
export class BackupAdmin {
  constructor(private readonly box: BackedUpBox) {}

  /**
   * All that makes the box what it is, sealed, piece by piece as the file is sent.
   * @throws BackupError
   */
  make(passphrase: string, caller: Caller): AsyncIterable<Uint8Array> {
    requireStrong(passphrase);
    this.box.record({ type: 'backupMade', ...byOf(caller) });
    return makeBackup(this.box.source(), passphrase);
  }
}
