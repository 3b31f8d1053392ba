import type { SettingsChange } from './settings-diff.js';
import type { Author, VersionHead } from './settings-history.js';

/** What the audit record learns of a change of the settings: who, and what; of secrets only that they are others. */
export interface SettingsFact {
  readonly type: 'settingsChanged';
  readonly version: number;
  /** Empty where somebody edited the file. */
  readonly by: string;
  readonly byKind: Author['kind'];
  readonly changes: readonly SettingsChange[];
  /** How many changes are not listed; null where all are. */
  readonly more: number | null;
}

/** The entry for a version that came into effect. */
export function settingsFact({ version, by, changes, more }: VersionHead): SettingsFact {
  return { type: 'settingsChanged', version, by: by.name, byKind: by.kind, changes, more };
}
