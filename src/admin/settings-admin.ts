import { AdminError } from '../store/admin-error.js';
import { afterRestart, type ReadAtStart } from '../store/settings/after-restart.js';
import type { SettingsFact } from '../store/settings/settings-fact.js';
import type { SettingsVersion } from '../store/settings/settings-history.js';
import type { Settings } from '../store/settings/settings-schema.js';
import type { Changed, SettingsStore } from '../store/settings/settings-store.js';
import { extensionWithSecrets, trunkWithSecrets } from './kept-secrets.js';
import type { Caller } from './operation.js';

/** What a change of the settings needs of the box. */
export interface SettingsPlace {
  readonly store: SettingsStore;
  /** ISO 8601, UTC. */
  time(): string;
  /** Resolves when the fact is safely recorded. */
  record(fact: SettingsFact): Promise<void>;
  /** The settings that the box was started with. */
  readonly started: Settings;
  /** Lets the box go by the settings from now on. */
  apply(settings: Settings): void;
}

/** The settings as they are sent in: a secret that is left out stays as it is. */
export type SettingsWish = Omit<Settings, 'extensions' | 'trunks'> & {
  readonly extensions: readonly WithoutSecrets<Settings['extensions'][number]>[];
  readonly trunks: readonly WithoutSecrets<Settings['trunks'][number]>[];
};

type WithoutSecrets<Entry> = Entry extends unknown
  ? Omit<Entry, 'password' | 'pin'> & { readonly password?: string | undefined }
  : never;

/** Changes of the settings while the box runs. */
export class SettingsAdmin {
  constructor(private readonly place: SettingsPlace) {}

  get current(): SettingsVersion {
    return this.place.store.current;
  }

  /** What is set, but takes effect only after a restart. */
  get afterRestart(): readonly ReadAtStart[] {
    return afterRestart(this.place.started, this.current.settings);
  }

  /** The versions that are kept, newest first. */
  async versions(): Promise<readonly SettingsVersion[]> {
    return (await this.place.store.versions()).toReversed();
  }

  /**
   * Takes the settings into use: checked as a whole, on disk and in the record before they count.
   * @param basis The version that they were made from; null for whatever is there.
   * @throws SettingsError, SettingsConflict; nothing has been changed then.
   */
  set(wish: SettingsWish, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    return this.change((present) => withSecretsOf(present, wish), basis, caller);
  }

  /**
   * Goes back to the settings of an earlier version, as a new one.
   * @throws AdminError when that is not kept.
   */
  async restore(version: number, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    const old = await this.place.store.version(version);
    if (!old) throw new AdminError({ code: 'settings.noSuchVersion', params: { version } }, { kind: 'missing' });
    return this.change(() => old.settings, basis, caller);
  }

  /**
   * Changes part of the settings, secrets too; otherwise like `set`.
   * @param change Makes of the present settings what they shall be, and need not see to it that they are valid. What it throws ends the change.
   */
  async change(change: (present: Settings) => unknown, basis: number | null, caller: Caller): Promise<SettingsVersion> {
    const { store, time, record, apply } = this.place;
    const { kind, name } = caller;
    const changed = await store.change({ by: { kind, name }, at: time(), basis, change });
    if (!changed) return store.current;
    await record(factOf(changed));
    apply(changed.version.settings);
    return changed.version;
  }
}

/** A change that touches very many entries, as an import does, is recorded with the first of them. */
const mostRecorded = 200;

function factOf({ version: { version, by }, changes }: Changed): SettingsFact {
  const shown = changes.slice(0, mostRecorded);
  return {
    type: 'settingsChanged',
    version,
    by: by.name,
    byKind: by.kind,
    changes: shown,
    more: changes.length > shown.length ? changes.length - shown.length : null,
  };
}

function withSecretsOf(present: Settings, wish: SettingsWish): unknown {
  const extensions = new Map(present.extensions.map((entry) => [entry.number, entry]));
  const trunks = new Map(present.trunks.map((entry) => [entry.id, entry]));
  return {
    ...wish,
    extensions: wish.extensions.map((entry) => extensionWithSecrets(extensions.get(entry.number), entry)),
    trunks: wish.trunks.map((entry) => trunkWithSecrets(trunks.get(entry.id), entry)),
  };
}
