import { AuditAdmin, type AuditedBox } from '../../admin/audit/audit-admin.js';
import { IdentityAdmin } from '../../admin/identity-admin.js';
import { LicenceAdmin, type LicensedBox } from '../../admin/licence/licence-admin.js';
import { LogAdmin } from '../../admin/log-admin.js';
import type { Box } from '../../admin/operations.js';
import type { IdentityPaths } from '../../identity/identity.js';
import { UploadedBackup } from '../../store/backup/uploaded-backup.js';
import { OwnPrompts } from '../../store/settings/own-prompts.js';
import { installation } from '../installation.js';

/** What these parts of the box are made of. */
export interface PartsPlace {
  readonly licensed: LicensedBox;
  readonly audited: AuditedBox;
  readonly identity: IdentityPaths;
  /** Path of the log. */
  readonly log: string;
  /** Path of the prompts of the admin's own. */
  readonly prompts: string;
}

type Parts = Pick<Box, 'licences' | 'audit' | 'identity' | 'log' | 'prompts' | 'uploaded'>;

/** Parts of the box that only those need who ask for something: none of it is loaded before telephony runs. */
export const boxParts = ({ licensed, audited, identity, log, prompts }: PartsPlace): Parts => ({
  licences: new LicenceAdmin(licensed),
  audit: new AuditAdmin(audited, installation.verifier),
  identity: new IdentityAdmin(identity, audited.now),
  log: new LogAdmin(log),
  prompts: new OwnPrompts(prompts),
  uploaded: new UploadedBackup(audited.folder),
});
