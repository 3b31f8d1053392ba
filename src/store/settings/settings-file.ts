import { type Adapter, Low } from 'lowdb';
import { readIfThere, writeDurably } from '../files/durable-file.js';
import { faultsOf } from '../files/file-faults.js';
import { syntaxFault } from '../files/json-faults.js';
import { parseJson } from '../files/json-text.js';
import { crossCheck } from './settings-checks.js';
import { type Fault, SettingsError } from './settings-faults.js';
import { currentVersion, type Settings, settingsSchema } from './settings-schema.js';

type RawSettings = Readonly<Record<string, unknown>>;

/**
 * Converts an older file into a newer one: the first entry turns version 1 into version 2, and so on. An entry is given the raw content of
 * the file and must not expect it to be valid.
 */
const migrations: readonly ((raw: RawSettings) => RawSettings)[] = [];

/** The settings on disk: always valid, replaced as a whole. */
export class SettingsFile {
  private lastChange: Promise<unknown> = Promise.resolve();

  private constructor(private readonly database: Low<Settings | null>) {}

  /**
   * Reads the settings.
   * @returns null if there is no file.
   * @throws SettingsError if it is not valid.
   */
  static async open(path: string): Promise<SettingsFile | null> {
    const database = new Low<Settings | null>(new ValidatedFile(path), null);
    await database.read();
    return database.data === null ? null : new SettingsFile(database);
  }

  /**
   * Writes the first settings.
   * @throws SettingsError if they are not valid.
   */
  static async create(path: string, settings: Settings): Promise<SettingsFile> {
    const database = new Low<Settings | null>(new ValidatedFile(path), settings);
    await database.write();
    return new SettingsFile(database);
  }

  get settings(): Settings {
    if (this.database.data === null) throw new Error('settings file is open without settings');
    return this.database.data;
  }

  /**
   * Changes the settings, one change after the other. The promise resolves when the change is on disk.
   * @throws SettingsError if the result would not be valid; nothing changes then.
   */
  update(change: (settings: Settings) => Settings): Promise<Settings> {
    const next = this.lastChange.then(async () => {
      const before = this.settings;
      const after = change(before);
      this.database.data = after;
      try {
        await this.database.write();
      } catch (error) {
        this.database.data = before;
        throw error;
      }
      return after;
    });
    this.lastChange = next.catch(() => undefined);
    return next;
  }
}

/** lowdb's adapter for the disk: nothing invalid passes in either direction. */
class ValidatedFile implements Adapter<Settings | null> {
  constructor(private readonly path: string) {}

  async read(): Promise<Settings | null> {
    const text = await readIfThere(this.path);
    return text === null ? null : parseSettings(this.path, text);
  }

  async write(settings: Settings | null): Promise<void> {
    await writeDurably(this.path, `${JSON.stringify(validSettings(this.path, settings), null, 2)}\n`);
  }
}

/**
 * Checks the text of a settings file.
 * @param file its name, for the report.
 * @throws SettingsError with every fault.
 */
export function parseSettings(file: string, text: string): Settings {
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if (parsed.ok) return validSettings(file, migrate(file, parsed.value));
  throw new SettingsError(file, [syntaxFault(parsed.fault)], undefined);
}

const newerVersion: Fault = {
  path: ['version'],
  code: 'settings.fault.newerVersion',
  params: { newest: currentVersion },
};

function migrate(file: string, raw: unknown): unknown {
  if (!isRecord(raw) || !isVersion(raw.version)) return raw;
  if (raw.version > currentVersion) {
    throw new SettingsError(file, [newerVersion], raw);
  }
  return migrations.slice(raw.version - 1).reduce((older, migration) => migration(older), raw);
}

/**
 * Settings of the present version with their defaults.
 * @param file its name, for the report.
 * @throws SettingsError with every fault.
 */
export function validSettings(file: string, raw: unknown): Settings {
  const faults = settingsFaults(raw);
  if (faults.length > 0) throw new SettingsError(file, faults, raw);
  return settingsSchema.parse(raw);
}

/** What is wrong with settings of the present version: all mistakes at once, those of shape first. */
export function settingsFaults(raw: unknown): readonly Fault[] {
  const { error } = settingsSchema.safeParse(raw);
  const misshapen: Fault[] = error ? faultsOf(error, 'settings') : [];
  return [...misshapen, ...crossCheck(raw, misshapen)];
}

function isRecord(value: unknown): value is RawSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isVersion(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}
