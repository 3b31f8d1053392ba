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

/** A change of the settings is refused: every fault with its place in what was sent in. */
export class SettingsRefused extends AdminError {
  constructor(faults: readonly Fault[], raw: unknown) {
    super({ code: 'settings.refused', params: { count: faults.length } }, { faults: placed(faults, raw) });
  }
}

/** A change that the disk or the audit record did not take, so that it was taken back. */
export class SettingsNotKept extends AdminError {
  constructor(cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super({ code: 'settings.notKept', params: { reason } }, { kind: 'unavailable', cause });
  }
}
