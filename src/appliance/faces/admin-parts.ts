import type { BackedUpBox } from '../../admin/backup-admin.js';
import type { Access } from '../../admin/users/access.js';
import type { UsersAdmin } from '../../admin/users/users-admin.js';
import type { BoxClock } from '../../gateway/clock.js';
import type { Log } from '../../log/log.js';
import type { Language } from '../../primitives/language.js';
import type { AuditRecord } from '../../store/audit/audit.js';
import type { BackupSchedule } from '../../store/backup/backup-schedule.js';
import type { BoxCertificate } from '../../store/certificate/box-certificate.js';
import type { DataFolder } from '../../store/files/data-folder.js';
import { openAccess } from '../access.js';
import { openBackups } from '../backups.js';
import type { OpenCertificate } from '../certificate.js';
import { closeAll } from '../close-all.js';
import type { Introduction } from '../introduce.js';

/** What only those need who query and change the box. */
export interface AdminParts {
  readonly access: Access;
  readonly users: UsersAdmin;
  readonly certificate: BoxCertificate;
  readonly schedule: BackupSchedule;
  readonly backedUp: BackedUpBox['source'];
  stop(): Promise<void>;
}

export async function openAdminParts(
  folder: DataFolder,
  introduction: Pick<Introduction, 'isGoingOn' | 'identity' | 'hardwareId'>,
  clock: BoxClock,
  audit: AuditRecord,
  log: Log,
  language: Language,
  opening: Promise<OpenCertificate>,
): Promise<AdminParts> {
  const { access, users } = await openAccess(folder.file('users'), clock, audit, log, language);
  const { certificate, stop: stopRenewing } = await opening;
  const { schedule, source: backedUp, stop: stopBackups } = await openBackups(folder.path, introduction, clock, log);
  return { access, users, certificate, schedule, backedUp, stop: () => closeAll([stopRenewing, stopBackups]) };
}
