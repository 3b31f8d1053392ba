import { BackupSchedule } from './backup-schedule.js';
import { MakeBackup } from './make-backup.js';
import { RestoreBackup } from './restore-backup.js';

/** Backups by hand and by themselves, and the way back from one. */
export default function Backup() {
  return (
    <>
      <MakeBackup />
      <BackupSchedule />
      <RestoreBackup />
    </>
  );
}
