import { isDeepStrictEqual } from 'node:util';
import { hasCode, setAside, writeDurably } from '../files/durable-file.js';
import { readRegular } from '../files/regular-file.js';
import { type SettingsChange, settingsDiff } from './settings-diff.js';
import { parseSettings, validSettings } from './settings-file.js';
import type { Author, SettingsHistory, SettingsVersion } from './settings-history.js';
import type { Settings } from './settings-schema.js';

/** A change against a version that is not the present one any more. */
export class SettingsConflict extends Error {
  constructor(
    /** The present version. */
    readonly version: number,
    /** What was changed since the version that the change was made against; null where that is not kept any more. */
    readonly since: readonly SettingsChange[] | null,
  ) {
    super(`the settings are at version ${version} meanwhile`);
    this.name = 'SettingsConflict';
  }
}

/** A change that came into effect. */
export interface Changed {
  readonly version: SettingsVersion;
  readonly changes: readonly SettingsChange[];
}

/** Who wants to change what. */
export interface ChangeRequest {
  readonly by: Author;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The version that the change was made against; null takes whatever is there. */
  readonly basis: number | null;
  /** The settings as they shall be. They need not be valid: that is checked. */
  readonly change: (settings: Settings) => unknown;
}

/** The settings file of the running box, which nobody else writes to. */
export interface SettingsStorePlace {
  readonly path: string;
  readonly history: SettingsHistory;
  /** The settings that the box started with. */
  readonly settings: Settings;
  /** Whether the file is broken, so that it has to be set aside before it is written. */
  readonly isFileBroken: boolean;
}

/** The settings of the running box: checked and replaced as a whole, one change after another, with their history. */
export class SettingsStore {
  #last: Promise<unknown> = Promise.resolve();
  #isFileBroken: boolean;

  private constructor(
    private readonly path: string,
    private readonly history: SettingsHistory,
    private present: SettingsVersion,
    isFileBroken: boolean,
  ) {
    this.#isFileBroken = isFileBroken;
  }

  /**
   * Takes the settings that the box started with for its present version. Whatever the history does not end with was changed in the
   * file, while nobody looked: that is a version of its own. A last entry that never reached the file never came into effect.
   */
  static async open({ path, history, settings, isFileBroken }: SettingsStorePlace, at: string): Promise<SettingsStore> {
    const latest = await history.read(history.latest);
    if (latest && isSame(latest, settings)) return new SettingsStore(path, history, latest, isFileBroken);
    const before = await history.read(history.kept.at(-2) ?? 0);
    if (latest && before && isSame(before, settings)) {
      await history.dropLatest();
      return new SettingsStore(path, history, before, isFileBroken);
    }
    const found: SettingsVersion = { version: history.latest + 1, at, by: { kind: 'file', name: '' }, settings };
    await history.append(found);
    return new SettingsStore(path, history, found, isFileBroken);
  }

  get current(): SettingsVersion {
    return this.present;
  }

  /** The versions that are kept, oldest first; those that cannot be read any more are left out. */
  async versions(): Promise<readonly SettingsVersion[]> {
    const all = await Promise.all(this.history.kept.map((version) => this.history.read(version)));
    return all.filter((version) => version !== null);
  }

  /** One version; null where it is not kept. */
  version(version: number): Promise<SettingsVersion | null> {
    return this.history.read(version);
  }

  /**
   * Changes the settings. When the promise resolves they are on disk; at any moment before, the old ones are. Null where the change
   * changes nothing.
   * @throws SettingsError when the result would not be valid, SettingsConflict when somebody else was faster; nothing changes then.
   */
  change(request: ChangeRequest): Promise<Changed | null> {
    const next = this.#last.then(() => this.#change(request));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #change({ by, at, basis, change }: ChangeRequest): Promise<Changed | null> {
    await this.#adoptEdited(at);
    const before = this.present;
    if (basis !== null && basis !== before.version)
      throw new SettingsConflict(before.version, await this.#changesSince(basis));
    const settings = validSettings(this.path, change(before.settings));
    const changes = settingsDiff(before.settings, settings);
    if (changes.length === 0) return null;
    const version: SettingsVersion = { version: before.version + 1, at, by, settings };
    await this.history.append(version);
    try {
      if (this.#isFileBroken) await setAside(this.path, Date.parse(at));
      this.#isFileBroken = false;
      await writeDurably(this.path, `${JSON.stringify(settings, null, 2)}\n`);
    } catch (error) {
      await this.history.dropLatest();
      throw error;
    }
    this.present = version;
    return { version, changes };
  }

  /** What was edited in the file beside the running box, as by the command line, is a version of its own: no change undoes it unseen. */
  async #adoptEdited(at: string): Promise<void> {
    const edited = await settingsIn(this.path);
    this.#isFileBroken = edited === 'broken';
    if (edited === null || edited === 'broken' || isSame(this.present, edited)) return;
    const version = {
      version: this.present.version + 1,
      at,
      by: { kind: 'file', name: '' },
      settings: edited,
    } as const;
    await this.history.append(version);
    this.present = version;
  }

  async #changesSince(basis: number): Promise<readonly SettingsChange[] | null> {
    const old = await this.history.read(basis);
    return old && settingsDiff(old.settings, this.present.settings);
  }
}

/** The settings that the file has now; null if there is none. */
async function settingsIn(path: string): Promise<Settings | 'broken' | null> {
  try {
    return parseSettings(path, await readRegular(path));
  } catch (error) {
    return hasCode(error, 'ENOENT') ? null : 'broken';
  }
}

const isSame = (version: SettingsVersion, settings: Settings): boolean => isDeepStrictEqual(version.settings, settings);
