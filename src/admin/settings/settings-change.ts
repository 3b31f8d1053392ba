import { z } from 'zod';
import type { SettingsVersion } from '../../store/settings/settings-history.js';
import type { SettingsAdmin } from './settings-admin.js';

/** A box whose settings can be seen and changed. */
export interface SettingsBox {
  readonly settings: SettingsAdmin;
}

/** Keys of the settings that take effect only after a restart. */
export const afterRestart = z.array(z.string());

/** The answer to every change of the settings. */
export const told = ({ settings }: SettingsBox, at: SettingsVersion) => ({
  version: at.version,
  afterRestart: [...settings.afterRestart(at)],
});
