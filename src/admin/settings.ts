import { AdminError } from '../store/admin-error.js';
import { dataFile, requireDataFolder } from '../store/files/data-folder.js';
import type { DemoNotes } from '../store/settings/first-settings.js';
import { checkOwnPrompts } from '../store/settings/prompt-files.js';
import { SettingsFile } from '../store/settings/settings-file.js';
import type { Settings } from '../store/settings/settings-schema.js';

export type { Country } from '../primitives/country.js';
export { type LogLevel, logLevels } from '../primitives/log-entry.js';
export type { DemoNotes } from '../store/settings/first-settings.js';
export { countryOf, languageOf } from '../store/settings/locale.js';

/** The data folder holds no settings. */
export class NoSettings extends AdminError {
  constructor(path: string) {
    super({ code: 'settings.missing', params: { path } });
  }
}

/** How much is set up. */
export interface SettingsSummary {
  readonly path: string;
  readonly extensions: number;
  readonly groups: number;
  readonly trunks: number;
  readonly profiles: number;
}

/**
 * Checks the settings of a data folder and the prompts of its own, as a start would.
 * @throws AdminError with every mistake.
 */
export async function checkSettings(folder: string): Promise<SettingsSummary> {
  const path = dataFile(folder, 'settings');
  const [file, prompts] = await Promise.allSettled([
    openExisting(folder),
    checkOwnPrompts(dataFile(folder, 'prompts')),
  ]);
  if (file.status === 'rejected' || prompts.status === 'rejected') throw allOf([file, prompts]);
  const { extensions, groups, trunks, profiles } = file.value.settings;
  return {
    path,
    extensions: extensions.length,
    groups: groups.length,
    trunks: trunks.length,
    profiles: profiles.length,
  };
}

/** What went wrong in all of it, as one error; what no admin can mend goes first. */
function allOf(results: readonly PromiseSettledResult<unknown>[]): unknown {
  const reasons = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const forAdmins = reasons.filter((reason) => reason instanceof AdminError);
  const others = reasons.filter((reason) => !(reason instanceof AdminError));
  const [first, ...further] = forAdmins;
  if (others.length > 0 || !first) return others[0];
  return further.length === 0 ? first : new AdminError(first.problem, { faults: first.faults, further });
}

/** What a newcomer needs to try the box out. */
export interface FirstSteps {
  /** Service numbers and the names of their profiles. */
  readonly services: readonly { readonly number: string; readonly name: string }[];
  readonly extensions: readonly { readonly number: string; readonly name: string }[];
  /** The extensions whose telephones are at the box. */
  readonly analogPhones: readonly { readonly number: string; readonly name: string }[];
  /** Null once the admin has settings of their own. */
  readonly demo: DemoNotes | null;
  /** Why no PIN opens anything at the moment; null if one does. */
  readonly closedBy: 'settingsFaulty' | 'notRecorded' | null;
}

export function firstSteps(
  { profiles, extensions, analogPhones }: Settings,
  demo: DemoNotes | null,
  closedBy: FirstSteps['closedBy'],
): FirstSteps {
  const atBox = new Set(analogPhones.map(({ extension }) => extension));
  return {
    services: profiles.map(({ service, name }) => ({ number: service, name })),
    extensions: extensions.map(({ number, name }) => ({ number, name })),
    analogPhones: extensions.filter(({ number }) => atBox.has(number)).map(({ number, name }) => ({ number, name })),
    demo,
    closedBy,
  };
}

async function openExisting(folder: string): Promise<SettingsFile> {
  await requireDataFolder(folder);
  const path = dataFile(folder, 'settings');
  const file = await SettingsFile.open(path);
  if (!file) throw new NoSettings(path);
  return file;
}
