import { isDeepStrictEqual } from 'node:util';
import { InTurn } from '../in-turn.js';
import { listedChanges, reversed, type SettingsChange, settingsDiff } from './settings-diff.js';
import { type Fault, SettingsNotKept, SettingsRefused } from './settings-faults.js';
import { SettingsFile, settingsFaults } from './settings-file.js';
import type { Author, SettingsHistory, SettingsVersion, VersionHead } from './settings-history.js';
import { type Settings, settingsSchema } from './settings-schema.js';

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

/** Who wants to change what, and when. */
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
  /** Whether they are what the file says. */
  readonly isFromFile: boolean;
  /** Resolves when the audit record has it. */
  record(head: VersionHead): Promise<void>;
  /** What keeps this box from going by settings that are valid by themselves, such as a port that another program has. */
  obstacles(settings: Settings): Promise<readonly Fault[]>;
  /** Lets the box go by it from now on: it is what the file says. */
  apply(version: SettingsVersion): Promise<void>;
  /** Hears that the file was edited, or broken, by somebody else than the running box. */
  onForeign(what: 'edited' | 'broken'): void;
  /** Hears that the history cannot keep what the box started with: the box follows it all the same. */
  onUnkept(error: unknown): void;
}

/** A version before it is numbered by its place in the history. */
type Wanted = Pick<SettingsVersion, 'by' | 'at' | 'settings'> & { readonly changes: readonly SettingsChange[] };

/**
 * The settings of the running box: checked and replaced as a whole, one change after another. Each is kept as a version, then on disk,
 * then in the audit record, and only then in effect.
 */
export class SettingsStore {
  readonly #changes = new InTurn();

  private constructor(
    private readonly place: SettingsStorePlace,
    private readonly file: SettingsFile,
    private present: SettingsVersion,
  ) {}

  /**
   * Takes the settings that the box started with for its present version. Whatever the history does not end with was changed in the
   * file, while nobody looked: that is a version of its own. A last entry that never reached the file never came into effect.
   */
  static async open(place: SettingsStorePlace, at: string): Promise<SettingsStore> {
    const file = SettingsFile.at(place.path);
    const state = await file.look();
    // Edited since the start has read it: the next change sees that.
    if (state === 'edited' && !isDeepStrictEqual(file.settings, place.settings)) file.forget();
    const store = new SettingsStore(place, file, await startedWith(place, at));
    await store.#recordMissing().catch(() => undefined);
    return store;
  }

  get current(): SettingsVersion {
    return this.present;
  }

  /** The version before the present one; null where none is kept. */
  get previous(): number | null {
    return this.place.history.kept.findLast((version) => version < this.present.version) ?? null;
  }

  /** Who changed what, oldest first. */
  versions(): Promise<readonly VersionHead[]> {
    return this.place.history.heads();
  }

  /** One version; null where it is not kept. */
  version(version: number): Promise<SettingsVersion | null> {
    return this.place.history.read(version);
  }

  /**
   * Changes the settings. When the promise resolves they are on disk, in the audit record and in effect; at any moment before, the old
   * ones are. The version that the change has made is told, or the present one where it changes nothing.
   * @throws SettingsRefused when the result would not be valid, SettingsConflict when somebody else was faster, SettingsNotKept when the
   * disk does not take it; nothing changes then.
   */
  change(request: ChangeRequest): Promise<SettingsVersion> {
    return this.#changes.run(() => this.#change(request));
  }

  /**
   * The present version as a change would make it, which is not made.
   * @throws SettingsRefused and SettingsConflict, as the change would.
   */
  async tryOut({ basis, change }: Pick<ChangeRequest, 'basis' | 'change'>): Promise<SettingsVersion> {
    await this.#agree(basis);
    const settings = checked(change(this.present.settings));
    await this.#requireFeasible(settings);
    return { ...this.present, settings };
  }

  /** Takes the file as somebody has edited it, if it is valid. False where there is nothing new. */
  reread(at: string): Promise<boolean> {
    return this.#changes.run(() => this.#adoptEdited(at));
  }

  async #change({ by, at, basis, change }: ChangeRequest): Promise<SettingsVersion> {
    await this.#adoptEdited(at);
    const before = this.present;
    await this.#agree(basis);
    const settings = checked(change(before.settings));
    const changes = settingsDiff(before.settings, settings);
    if (changes.length > 0) {
      await this.#requireFeasible(settings);
      return this.#take({ by, at, settings, changes }, (wanted) => this.file.write(wanted, Date.parse(at)));
    }
    if (!this.file.isFit) await this.#confirm(at);
    return before;
  }

  async #agree(basis: number | null): Promise<void> {
    const { version } = this.present;
    if (basis !== null && basis !== version) throw new SettingsConflict(version, await this.#changesSince(basis));
  }

  async #requireFeasible(settings: Settings): Promise<void> {
    const faults = await this.place.obstacles(settings);
    if (faults.length > 0) throw new SettingsRefused(faults, settings);
  }

  /** What was edited in the file beside the running box is a version of its own: no change undoes it unseen. */
  async #adoptEdited(at: string): Promise<boolean> {
    const state = await this.file.look();
    if (state === 'broken') this.place.onForeign('broken');
    if (state !== 'edited') return false;
    const { settings } = this.file;
    const changes = settingsDiff(this.present.settings, settings);
    if (changes.length === 0) {
      await this.place.apply(this.present);
      return false;
    }
    this.place.onForeign('edited');
    // Nothing to be written: the file is as it shall be, and stays so.
    await this.#take({ by: nobody, at, settings, changes }, async () => {});
    return true;
  }

  /** What is in effect is what is wanted, and only the file does not say so. */
  async #confirm(at: string): Promise<void> {
    await this.file.write(this.present.settings, Date.parse(at)).catch(notKept);
    await this.place.apply(this.present);
  }

  async #take(
    { by, at, settings, changes }: Wanted,
    write: (settings: Settings) => Promise<void>,
  ): Promise<SettingsVersion> {
    const { history, apply } = this.place;
    const before = this.present;
    const number = Math.max(before.version + 1, history.next);
    const version = { version: number, at, by, ...listedChanges(changes), settings };
    await history.append(version).catch(notKept);
    try {
      await write(settings);
      await this.#recordMissing();
    } catch (error) {
      await this.#takeBack(before, version);
      throw new SettingsNotKept(error);
    }
    this.present = version;
    await apply(version);
    return version;
  }

  /** The record takes late what it cannot take now, so that it has to learn of the way back too. */
  async #takeBack(before: SettingsVersion, version: SettingsVersion): Promise<void> {
    const { history, record } = this.place;
    const { at, by, more } = version;
    const back = { version: before.version, at, by, changes: version.changes.map(reversed), more };
    void record(back).catch(() => undefined);
    if (by.kind !== 'file') await this.file.write(before.settings, Date.parse(at)).catch(() => undefined);
    else this.file.forget();
    await history.dropLatest().catch(() => undefined);
  }

  /** A box that was stopped between the disk and the record makes up for it. */
  async #recordMissing(): Promise<void> {
    const { history, record } = this.place;
    const missing = history.kept.filter((version) => version > history.recorded);
    for (const version of missing) {
      const head = await history.head(version);
      if (head && head.changes.length > 0) await record(head);
    }
    if (missing.length > 0) await history.noteRecorded(history.latest);
  }

  async #changesSince(basis: number): Promise<readonly SettingsChange[] | null> {
    const old = await this.place.history.read(basis);
    return old && settingsDiff(old.settings, this.present.settings);
  }
}

const nobody: Author = { kind: 'file', name: '' };

function notKept(error: unknown): never {
  throw new SettingsNotKept(error);
}

function checked(raw: unknown): Settings {
  const faults = settingsFaults(raw);
  if (faults.length > 0) throw new SettingsRefused(faults, raw);
  return settingsSchema.parse(raw);
}

async function startedWith(place: SettingsStorePlace, at: string): Promise<SettingsVersion> {
  const { history, settings, isFromFile } = place;
  const latest = await history.read(history.latest);
  if (latest && isDeepStrictEqual(latest.settings, settings)) return latest;
  const before = await history.read(history.kept.at(-2) ?? 0);
  const isUnconfirmed = isFromFile && history.latest > history.recorded;
  if (before && isUnconfirmed && isDeepStrictEqual(before.settings, settings)) {
    await history.dropLatest().catch(place.onUnkept);
    return before;
  }
  const known = latest ?? (await history.newest());
  const changes = known ? settingsDiff(known.settings, settings) : [];
  if (isFromFile && changes.length > 0) place.onForeign('edited');
  const found = { version: history.next, at, by: nobody, ...listedChanges(changes), settings };
  await history.append(found).catch(place.onUnkept);
  return found;
}
