import { AdminError } from '../../store/admin-error.js';
import { afterRestart } from '../../store/settings/after-restart.js';
import type { Author, SettingsVersion, VersionHead } from '../../store/settings/settings-history.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { SettingsStore } from '../../store/settings/settings-store.js';
import type { Caller } from '../operation.js';
import { extensionWithSecrets, phoneWithSecrets, trunkWithSecrets, webhookWithSecrets } from './kept-secrets.js';

/** What a change of the settings needs of the box. */
export interface SettingsPlace {
  readonly store: SettingsStore;
  /** ISO 8601, UTC. */
  time(): string;
  /** The settings that the box was started with. */
  readonly started: Settings;
}

/** The settings as they are sent in: a secret that is left out stays as it is. */
export type SettingsWish = Omit<Settings, 'extensions' | 'trunks' | 'webhooks' | 'phones'> & {
  readonly extensions: readonly WithoutSecrets<Settings['extensions'][number]>[];
  readonly trunks: readonly WithoutSecrets<Settings['trunks'][number]>[];
  readonly webhooks: readonly WithoutSecrets<Settings['webhooks'][number]>[];
  readonly phones: readonly WithoutSecrets<Settings['phones'][number]>[];
};

type WithoutSecrets<Entry> = Entry extends unknown
  ? Omit<Entry, 'password' | 'pin' | 'secret'> & {
      readonly password?: string | undefined;
      readonly secret?: string | undefined;
    }
  : never;

/** Changes of the settings while the box runs. */
export class SettingsAdmin {
  constructor(private readonly place: SettingsPlace) {}

  get current(): SettingsVersion {
    return this.place.store.current;
  }

  /** What a version sets, but takes effect only after a restart. */
  afterRestart({ settings }: SettingsVersion): readonly string[] {
    return afterRestart(this.place.started, settings);
  }

  /** Who made the versions that are kept, and what each changed, newest first. */
  async versions(): Promise<readonly VersionHead[]> {
    return (await this.place.store.versions()).toReversed();
  }

  /**
   * Takes the settings into use: checked as a whole, on disk and in the record before they count.
   * @param basis The version that they were made from; null for whatever is there.
   * @throws SettingsRefused, SettingsConflict, SettingsNotKept; nothing has been changed then.
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
   * Goes back to the settings before the last change, as a new version; done twice, it takes itself back.
   * @throws AdminError when those are not kept, SettingsConflict when somebody else was faster.
   */
  async undo(basis: number | null, caller: Caller): Promise<SettingsVersion> {
    const { version } = this.current;
    return this.restore(this.place.store.previous ?? version - 1, basis ?? version, caller);
  }

  /**
   * Changes part of the settings, secrets too; otherwise like `set`.
   * @param change Makes of the present settings what they shall be, and need not see to it that they are valid. What it throws ends the change.
   */
  change(change: (present: Settings) => unknown, basis: number | null, by: Author): Promise<SettingsVersion> {
    const { store, time } = this.place;
    const { kind, name } = by;
    return store.change({ by: { kind, name }, at: time(), basis, change });
  }

  /**
   * The present version as such a change would make it, which is not made.
   * @throws what the change would.
   */
  tryOut(change: (present: Settings) => unknown, basis: number | null): Promise<SettingsVersion> {
    return this.place.store.tryOut({ basis, change });
  }

  /** Takes the file as it was edited beside the running box. False where there is nothing new in it. */
  reread(): Promise<boolean> {
    return this.place.store.reread(this.place.time());
  }
}

function withSecretsOf(present: Settings, wish: SettingsWish): unknown {
  const extensions = new Map(present.extensions.map((entry) => [entry.number, entry]));
  const webhooks = new Map(present.webhooks.map((entry) => [entry.id, entry]));
  const trunks = new Map(present.trunks.map((entry) => [entry.id, entry]));
  const phones = new Map(present.phones.map((entry) => [entry.id, entry]));
  return {
    ...wish,
    extensions: wish.extensions.map((entry) => extensionWithSecrets(extensions.get(entry.number), entry)),
    trunks: wish.trunks.map((entry) => trunkWithSecrets(trunks.get(entry.id), entry)),
    webhooks: wish.webhooks.map((entry) => webhookWithSecrets(webhooks.get(entry.id), entry)),
    phones: wish.phones.map((entry) => phoneWithSecrets(phones.get(entry.id), entry)),
  };
}
