import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSettings } from '../../../../src/store/settings/settings-file.js';
import { SettingsHistory } from '../../../../src/store/settings/settings-history.js';
import { SettingsStore } from '../../../../src/store/settings/settings-store.js';
import { sampleSettings } from './sample-settings.js';

/** Changes the settings over and over until it is killed, and says each version that was confirmed. */
const [folder = ''] = process.argv.slice(2);
const path = join(folder, 'settings.json');
const found = await readFile(path, 'utf8').then(
  (text) => parseSettings(path, text),
  () => sampleSettings(),
);
const history = await SettingsHistory.open(join(folder, 'settings-history'));
const place = {
  path,
  history,
  settings: found,
  isFromFile: true,
  record: async () => {},
  apply: async () => {},
  onForeign() {},
};
const store = await SettingsStore.open(place, new Date().toISOString());

for (;;) {
  const ringSeconds = 5 + ((store.current.settings.ringSeconds + 1) % 170);
  await store.change({
    by: { kind: 'console', name: 'test' },
    at: new Date().toISOString(),
    basis: store.current.version,
    change: (settings) => ({ ...settings, ringSeconds }),
  });
  process.stdout.write(`${store.current.version} ${ringSeconds}\n`);
}
