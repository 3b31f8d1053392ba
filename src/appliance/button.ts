import type { Access } from '../admin/users/access.js';
import { boxSpeech } from '../gateway/box-speech.js';
import type { BoxState } from '../gateway/box-state.js';
import { ownAddresses } from '../identity/own-addresses.js';
import type { ButtonBackupEvent } from '../indication/front-panel.js';
import type { AnalogLegs } from '../lines/analog-legs.js';
import type { Log } from '../log/log.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { BackupSchedule } from '../store/backup/backup-schedule.js';
import { version } from './version.js';

/** Reports the state of the box to the person who holds its button: in the log, and on a lifted handset. */
export function reportState(state: BoxState, legs: AnalogLegs, hardwareId: string | null, log: Log): void {
  const addresses = ownAddresses();
  log.info({ hardwareId, version, addresses, ...state }, 'the button was held for the state of the box');
  legs.announce(boxSpeech({ hardwareId, addresses }, state));
}

/** Makes the backup that holding the button asks for, where that is set up; the status lamp shows when the stick may be pulled out. */
export async function backUpByButton(
  schedule: Pick<BackupSchedule, 'isOnButton' | 'runByButton'>,
  tell: (event: ButtonBackupEvent) => void,
  log: Log,
): Promise<void> {
  if (!schedule.isOnButton) return;
  tell({ type: 'buttonBackup', stage: 'making' });
  const isMade = await schedule.runByButton();
  if (isMade) log.info('the button was held: a backup is made');
  tell({ type: 'buttonBackup', stage: isMade ? 'made' : 'failed' });
}

/**
 * A person who holds the button is at the box: a code makes them its admin, which stands in the log and is said on the lifted handset.
 * Passwords stay as they are until it is used.
 */
export function resetAdminPassword(access: Access, say: (code: string) => void, audit: AuditRecord, log: Log): void {
  const { hasAdmin } = access;
  const code = access.resetAdminPassword();
  say(code);
  log.warn(
    { code, advice: { code: 'access.codeUse' } },
    'the button was held: this one-time code sets the password of an admin',
  );
  audit.append({ type: 'adminPasswordReset', hadPassword: hasAdmin }).catch((error: unknown) => {
    log.error({ error }, 'the audit record cannot be written');
  });
}
