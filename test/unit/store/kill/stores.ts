import { openAudit } from '../../../../src/store/audit/audit.js';
import { CallStore } from '../../../../src/store/calls/call-store.js';
import { dataFile } from '../../../../src/store/files/data-folder.js';
import { removePendingFiles } from '../../../../src/store/files/durable-file.js';
import { openRecords } from '../../../../src/store/records/durable-records.js';
import { settingsFact } from '../../../../src/store/settings/settings-fact.js';
import { SettingsHistory } from '../../../../src/store/settings/settings-history.js';
import { settingsInUse } from '../../../../src/store/settings/settings-in-use.js';
import { SettingsStore } from '../../../../src/store/settings/settings-store.js';
import { UserStore } from '../../../../src/store/users/user-store.js';

const first = {
  language: 'en',
  country: 'gb',
  board: { lines: [], handset: null },
  names: { leads: 'Leads', support: 'Support', moderator: 'Lead', handset: 'Handset', phone: 'Phone', line: 'Line' },
  isDemo: true,
} as const;

/** All that a box writes while it runs, opened as a start does. */
export async function openStores(folder: string) {
  await removePendingFiles(folder);
  const inUse = await settingsInUse(folder, first);
  const audit = await openAudit(folder, () => ({ time: new Date().toISOString() }));
  const records = await openRecords(dataFile(folder, 'records'), {
    moderators: [],
    now: Date.now,
    isExpected: inUse.wasStarted,
    record: audit,
    recount: async () => ({ month: '', used: {} }),
  });
  const foreign: string[] = [];
  const settings = await SettingsStore.open(
    {
      path: dataFile(folder, 'settings'),
      history: await SettingsHistory.open(dataFile(folder, 'settingsHistory')),
      settings: inUse.settings,
      isFromFile: inUse.from === 'file',
      record: (head) => audit.append(settingsFact(head)),
      obstacles: async () => [],
      apply: async () => {},
      onForeign: (what) => foreign.push(what),
      onUnkept: () => {},
    },
    new Date().toISOString(),
  );
  const users = await UserStore.open(dataFile(folder, 'users'), Date.now);
  return { inUse, audit, records, settings, foreign, users, calls: new CallStore(dataFile(folder, 'calls')) };
}
