import { AdminError } from '../admin-error.js';
import { type FileFault, faultReport } from '../files/file-faults.js';
import { type FaultName, settingsWords } from './settings-texts.js';

/** One mistake in the settings file. */
export type Fault = FileFault<FaultName>;

/** The settings cannot be used. `texts` lists every fault with path, value, reason and remedy; secrets are not shown. */
export class SettingsError extends AdminError {
  constructor(
    readonly file: string,
    readonly faults: readonly Fault[],
    raw: unknown,
  ) {
    super(faultReport(settingsWords, file, faults, raw));
  }
}
