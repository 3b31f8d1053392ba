import type { BoxClock } from '../gateway/clock.js';
import { type Identity, type IdentityPaths, identityPaths } from '../identity/identity.js';
import { hardwareIdText } from '../licensing/hardware-id.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import { BackupSchedule } from '../store/backup/backup-schedule.js';
import type { BackupSource } from '../store/backup/make-backup.js';
import { version } from './version.js';

const askedEveryMs = 15 * 60_000;

/** Makes the backups that are scheduled, while the box runs. */
export async function openBackups(
  folder: string,
  identity: Pick<Identity, 'hardwareId' | 'hostKey'> | null,
  clock: BoxClock,
  log: Log,
  { hostKeys }: IdentityPaths = identityPaths(folder),
): Promise<{ readonly schedule: BackupSchedule; readonly source: () => BackupSource; stop(): Promise<void> }> {
  const source = (): BackupSource => ({
    folder,
    hostKey: identity?.hostKey.path ?? hostKeys.own,
    hardwareId: identity ? hardwareIdText(identity.hardwareId) : null,
    modcall: version,
    now: clock.wall.time,
  });
  const schedule = await BackupSchedule.open({
    folder,
    source,
    wall: () => clock.wall,
    onError: (error) =>
      log.error({ error, advice: { code: 'backup.notMade' } satisfies Message }, 'a backup could not be made'),
  });
  const timer = setInterval(() => void schedule.runIfDue(), askedEveryMs);
  timer.unref();
  return {
    schedule,
    source,
    async stop() {
      clearInterval(timer);
    },
  };
}
