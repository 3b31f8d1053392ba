import { createReadStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { AdminError } from '../admin-error.js';
import { dataFile } from '../files/data-folder.js';
import { keepUpload, uploadPath } from '../files/keep-upload.js';
import { InTurn } from '../in-turn.js';
import type { By } from '../users/access-fact.js';
import { largestBackup, type Manifest } from './backup-content.js';
import { type BackupInside, examineBackup, orderRestore, withdrawOrder } from './restore.js';

/** In bytes, with what sealing adds. */
export const largestUpload = largestBackup + 1024 * 1024;

/** A backup that was sent to the running box, to be restored by its next start. Only the latest one is kept, until the box starts again. */
export class UploadedBackup {
  readonly #work = new InTurn();
  readonly #sent: string;
  readonly #path: string;
  #isOrdered = false;

  /** @param folder The data folder. */
  constructor(private readonly folder: string) {
    this.#sent = dataFile(folder, 'uploadedBackup');
    this.#path = uploadPath(this.#sent);
  }

  /** Keeps it, as a whole or not at all. Resolves with its length in bytes. */
  take(pieces: AsyncIterable<Uint8Array>): Promise<number> {
    return this.#work.run(() => keepUpload(this.#sent, pieces));
  }

  /**
   * Looks whether it can be restored, and orders that for the next start.
   * @throws BackupError, AdminError when there is none; nothing has been changed then.
   */
  order(passphrase: string, by: By): Promise<Manifest> {
    return this.#work.run(async () => {
      await this.#required();
      const manifest = await orderRestore(this.folder, createReadStream(this.#path), passphrase, by);
      this.#isOrdered = true;
      await rm(this.#path, { force: true });
      return manifest;
    });
  }

  /**
   * Looks into it, and leaves it there.
   * @throws BackupError, AdminError when there is none.
   */
  examine(passphrase: string): Promise<BackupInside> {
    return this.#work.run(async () => {
      await this.#required();
      return examineBackup(this.folder, createReadStream(this.#path), passphrase);
    });
  }

  async #required(): Promise<void> {
    if (this.#isOrdered) throw new AdminError({ code: 'backup.restoreWaits' }, { kind: 'conflict' });
    await access(this.#path).catch(() => {
      throw new AdminError({ code: 'backup.nothingUploaded' }, { kind: 'conflict' });
    });
  }

  /** The next start does not restore what was ordered. */
  withdraw(): Promise<void> {
    return this.#work.run(async () => {
      await withdrawOrder(this.folder);
      this.#isOrdered = false;
    });
  }
}
