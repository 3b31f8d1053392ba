import type { BoxClock } from '../gateway/clock.js';
import { type IdentityPaths, identityPaths } from '../identity/identity.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import { AdminError } from '../store/admin-error.js';
import { BackupSchedule } from '../store/backup/backup-schedule.js';
import type { BackupSource } from '../store/backup/make-backup.js';
import type { Introduction } from './introduce.js';
import { version } from './version.js';

const askedEveryMs = 15 * 60_000;

/** Makes the backups that are scheduled, while the box runs. */
export async function openBackups(
  folder: string,
  introduction: Pick<Introduction, 'isGoingOn' | 'identity' | 'hardwareId'>,
  clock: BoxClock,
  log: Log,
  { hostKeys }: IdentityPaths = identityPaths(folder),
): Promise<{ readonly schedule: BackupSchedule; readonly source: () => BackupSource; stop(): Promise<void> }> {
  const source = (): BackupSource => {
    const { isGoingOn, identity, hardwareId } = introduction;
    // Else it would be one without the key that the box is known by.
    if (isGoingOn) throw new AdminError({ code: 'backup.tooEarly' }, { kind: 'unavailable' });
    const hostKey = identity?.hostKey.path ?? hostKeys.own;
    return { folder, hostKey, hardwareId, modcall: version, now: clock.wall.time };
  };
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
