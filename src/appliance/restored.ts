import type { Log } from '../log/log.js';
import type { AgreementStore } from '../store/agreement/agreement-store.js';
import { takeRestored } from '../store/agreement/restored-agreement.js';
import type { AuditRecord } from '../store/audit/audit.js';
import { isRestoreBegun } from '../store/backup/former-state.js';
import { completeRestore, HalfRestored } from '../store/backup/restore.js';
import { recordRestored } from '../store/backup/restored-note.js';
import type { DataFolder } from '../store/files/data-folder.js';

/**
 * Puts a backup in place if that was ordered, before anything is read. Returns a function that says so once there is a log.
 * @throws HalfRestored: a box must not run on half of one box and half of another.
 */
export async function finishRestore({ path, trouble }: DataFolder): Promise<(log: Log) => void> {
  // Where nobody may look into the folder, nothing of it is read either, be it whole or half.
  if (trouble !== null && !(await isRestoreBegun(path).catch(() => false))) return () => undefined;
  try {
    const restored = await completeRestore(path);
    if (!restored) return () => undefined;
    const { created, modcall, hardwareId } = restored;
    return (log) => log.warn({ created, modcall, hardwareId }, 'a backup was restored');
  } catch (error) {
    if (error instanceof HalfRestored) throw error;
    // Telephony goes on with what was there before.
    return (log) => log.error({ error }, 'a backup could not be restored: all is as before. Order it anew');
  }
}

/** Lets the works agreement of a restored backup come into force as far as it follows on what was in force here. */
export async function restoreAgreement(
  { path }: DataFolder,
  store: AgreementStore,
  audit: AuditRecord,
  log: Log,
): Promise<void> {
  try {
    const fact = await takeRestored(path, store);
    if (store.state.kind === 'inForce' && store.mark !== null) audit.rememberAgreement(store.mark);
    if (fact !== null) await audit.append(fact);
  } catch (error) {
    log.error({ error }, 'the works agreement of a backup could not be restored: the next start tries again');
  }
}

/** Says in the audit record what was restored, now that it is open. */
export async function recordRestore({ path }: DataFolder, audit: AuditRecord, log: Log): Promise<void> {
  await recordRestored(path, (fact) => audit.append(fact)).catch((error: unknown) =>
    log.error({ error }, 'the audit record does not say yet that a backup was restored: the next start adds it'),
  );
}
