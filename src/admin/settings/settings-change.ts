import { z } from 'zod';
import type { SettingsVersion } from '../../store/settings/settings-history.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { Caller } from '../operation.js';
import type { SettingsAdmin } from './settings-admin.js';

/** A box whose settings can be seen and changed. */
export interface SettingsBox {
  readonly settings: SettingsAdmin;
}

/** How a change is wanted. */
export interface Wanted {
  readonly basis: number | null;
  readonly dryRun: boolean;
}

/** Changes the settings, or finds out what they would be then. */
export const changed = (
  { settings }: SettingsBox,
  change: (present: Settings) => unknown,
  { basis, dryRun }: Wanted,
  caller: Caller,
): Promise<SettingsVersion> => (dryRun ? settings.tryOut(change, basis) : settings.change(change, basis, caller));

/** Keys of the settings that take effect only after a restart. */
export const afterRestart = z.array(z.string());

/** The answer to every change of the settings. */
export const told = ({ settings }: SettingsBox, at: SettingsVersion) => ({
  version: at.version,
  afterRestart: [...settings.afterRestart(at)],
});
