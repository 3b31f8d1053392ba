import { SettingsAdmin } from '../admin/settings-admin.js';
import type { BoxClock } from '../gateway/clock.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { SettingsHistory } from '../store/settings/settings-history.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { SettingsStore } from '../store/settings/settings-store.js';

/**
 * The settings of the running box, which alone writes them from now on.
 * @param apply Lets the box go by changed settings.
 */
export async function openSettings(
  folder: DataFolder,
  { settings, from }: SettingsInUse,
  clock: BoxClock,
  audit: AuditRecord,
  apply: (settings: Settings) => void,
): Promise<SettingsAdmin> {
  const time = () => new Date(clock.wall.time).toISOString();
  const history = await SettingsHistory.open(folder.file('settingsHistory'));
  const isFileBroken = from === 'lastGood' || from === 'salvaged';
  const place = { path: folder.file('settings'), history, settings, isFileBroken };
  const store = await SettingsStore.open(place, time());
  return new SettingsAdmin({ store, time, record: (fact) => audit.append(fact), started: settings, apply });
}
