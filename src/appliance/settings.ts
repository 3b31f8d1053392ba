import { SettingsAdmin } from '../admin/settings/settings-admin.js';
import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { settingsFact } from '../store/settings/settings-fact.js';
import { makeWayForHistory, SettingsHistory } from '../store/settings/settings-history.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import { SettingsStore, type SettingsStorePlace } from '../store/settings/settings-store.js';
import type { SettingsHealth } from './settings-health.js';

const foreignTexts = {
  edited: 'the settings file was edited: what it says is a version of its own',
  broken: 'the settings file was edited and cannot be used: the next change sets it aside',
} as const;

/** The box that goes by the settings. */
type Follower = Pick<SettingsStorePlace, 'obstacles' | 'apply'>;

/** Follows nothing: the next start reads what was written. */
export const nobodyFollows: Follower = { obstacles: async () => [], apply: async () => {} };

/** The settings of the running box, which alone writes them from now on. */
export async function openSettings(
  folder: DataFolder,
  { settings, from }: Pick<SettingsInUse, 'settings' | 'from'>,
  clock: BoxClock,
  audit: AuditRecord,
  log: Log,
  follower: Follower,
): Promise<SettingsAdmin> {
  const historyFolder = folder.file('settingsHistory');
  const moved = await makeWayForHistory(historyFolder, clock.wall.time);
  if (moved.length > 0)
    log.error({ code: 'settingsHistoryBroken', moved }, 'the history of the settings cannot be used and is set aside');
  const time = () => new Date(clock.wall.time).toISOString();
  const place: SettingsStorePlace = {
    path: folder.file('settings'),
    history: await SettingsHistory.open(historyFolder),
    settings,
    isFromFile: from === 'file',
    record: (head) => audit.append(settingsFact(head)),
    ...follower,
    onForeign: (what) => log.warn({ code: `settings-${what}` }, foreignTexts[what]),
    onUnkept: (error) =>
      log.warn({ code: 'settingsUnkept', error }, 'the history does not keep the settings of this start'),
  };
  const store = await SettingsStore.open(place, time());
  return new SettingsAdmin({ store, time, started: settings });
}

/** Takes over the settings file as it was edited. */
export function reread(settings: SettingsAdmin, log: Log): void {
  settings.reread().catch((error: unknown) => log.error({ error }, 'the edited settings cannot be taken'));
}

const lookEveryMs = 5000;

/** While the box has no good settings, mending the file is enough: nobody has to tell the box. */
export function lookForGoodSettings(settings: SettingsAdmin, health: SettingsHealth, log: Log): () => void {
  const timer = setInterval(() => {
    if (health.state === 'sound') clearInterval(timer);
    else reread(settings, log);
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
