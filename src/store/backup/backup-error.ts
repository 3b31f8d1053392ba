import { AdminError } from '../admin-error.js';

export type BackupFault =
  | 'notABackup'
  | 'wrongPassphrase'
  | 'weakPassphrase'
  | 'newer'
  | 'damaged'
  | 'tooLarge'
  | 'contentUnusable';

/** What is wrong with a backup; nothing has been changed on the box. */
export class BackupError extends AdminError {
  constructor(
    readonly fault: BackupFault,
    options: ErrorOptions = {},
  ) {
    super({ code: `backup.${fault}` }, { ...options, ...(isOfPassphrase(fault) && { field: 'passphrase' }) });
  }
}

const isOfPassphrase = (fault: BackupFault): boolean => fault === 'weakPassphrase' || fault === 'wrongPassphrase';
