import { AdminError } from '../admin-error.js';
import { type FileFault, placed } from '../files/file-faults.js';

/** One mistake in the settings file. */
export type Fault = FileFault;

/** The settings cannot be used: every fault with its path. */
export class SettingsError extends AdminError {
  constructor(
    readonly file: string,
    faults: readonly Fault[],
    raw: unknown,
  ) {
    super({ code: 'settings.invalid', params: { file, count: faults.length } }, { faults: placed(faults, raw) });
  }
}
