import { type Adapter, Low } from 'lowdb';
import { hasCode, setAside, writeDurably } from '../files/durable-file.js';
import { faultsOf, type Path } from '../files/file-faults.js';
import { syntaxFault } from '../files/json-faults.js';
import { parseJson } from '../files/json-text.js';
import { readRegular } from '../files/regular-file.js';
import { crossCheck } from './settings-checks.js';
import { type Fault, SettingsError } from './settings-faults.js';
import { type Settings, settingsSchema } from './settings-schema.js';
import { understood } from './settings-versions.js';

/** The content of a settings file. */
export interface ReadSettings {
  readonly settings: Settings;
  /** What a newer Modcall wrote and this one ignores. */
  readonly newerKeys: readonly Path[];
}

/** How the file stands on disk now. */
export type FileState = 'same' | 'edited' | 'broken' | 'gone';

/** The settings on disk, replaced as a whole. Nothing else writes them. */
export class SettingsFile {
  readonly #database: Low<ReadSettings | null>;
  readonly #text: SettingsText;
  #isFit = false;
  #isKnownBroken = false;

  private constructor(private readonly path: string) {
    this.#text = new SettingsText(path);
    this.#database = new Low<ReadSettings | null>(this.#text, null);
  }

  /** The file at this path, whatever there is; it is read by `look`. */
  static at(path: string): SettingsFile {
    return new SettingsFile(path);
  }

  /**
   * Reads the settings.
   * @returns null if there is no file.
   * @throws SettingsError if it is not valid.
   */
  static async open(path: string): Promise<SettingsFile | null> {
    const file = new SettingsFile(path);
    await file.#read();
    return file.#found === null ? null : file;
  }

  get settings(): Settings {
    if (this.#found === null) throw new Error('settings file is open without settings');
    return this.#found.settings;
  }

  /** Whether the file holds settings of this version, whole. */
  get isFit(): boolean {
    return this.#isFit;
  }

  get #found(): ReadSettings | null {
    return this.#database.data;
  }

  /** Looks at what the disk has since it was last read or written; a text that was seen is not read again. */
  async look(): Promise<FileState> {
    try {
      if (!(await this.#text.isNew())) return 'same';
      await this.#read();
      return this.#found === null ? 'gone' : 'edited';
    } catch {
      this.#isFit = false;
      const isNews = !this.#isKnownBroken;
      this.#isKnownBroken = true;
      return isNews ? 'broken' : 'same';
    }
  }

  /** Treats what was read as not seen yet. */
  forget(): void {
    this.#text.forget();
  }

  /**
   * Replaces the settings by others that are valid. What stands there and would be lost for ever, since it is broken or of a newer Modcall, is set aside.
   * @param now For the name of what is set aside.
   */
  async write(settings: Settings, now: number): Promise<void> {
    if (!this.#isFit) await setAside(this.path, now, this.#found ? 'newer' : 'broken').catch(ignoreNothing);
    this.#database.data = { settings, newerKeys: [] };
    await this.#database.write();
    this.#isFit = true;
    this.#isKnownBroken = false;
  }

  async #read(): Promise<void> {
    this.#isFit = false;
    this.#database.data = null;
    await this.#database.read();
    this.#isFit = this.#found?.newerKeys.length === 0;
    this.#isKnownBroken = false;
  }
}

/** lowdb's adapter for the disk. */
class SettingsText implements Adapter<ReadSettings | null> {
  /** As it was last read or written; undefined before. */
  #seen: string | null | undefined;

  constructor(private readonly path: string) {}

  async isNew(): Promise<boolean> {
    return (await textOf(this.path)) !== this.#seen;
  }

  forget(): void {
    this.#seen = undefined;
  }

  async read(): Promise<ReadSettings | null> {
    this.#seen = await textOf(this.path);
    return this.#seen === null ? null : readSettings(this.path, this.#seen);
  }

  async write(read: ReadSettings | null): Promise<void> {
    if (!read) return;
    const text = textFor(read.settings);
    await writeDurably(this.path, text);
    this.#seen = text;
  }
}

/** Settings as the file has them. */
export const textFor = (settings: Settings): string => `${JSON.stringify(settings, null, 2)}\n`;

async function textOf(path: string): Promise<string | null> {
  return readRegular(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
}

function ignoreNothing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

/**
 * Reads the text of a settings file of any version that this one understands.
 * @param file its name, for the report.
 * @throws SettingsError with every fault.
 */
export function readSettings(file: string, text: string): ReadSettings {
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if (!parsed.ok) throw new SettingsError(file, [syntaxFault(parsed.fault)], undefined);
  const { raw, newerKeys, fault } = understood(parsed.value);
  if (fault) throw new SettingsError(file, [fault], raw);
  return { settings: validSettings(file, raw), newerKeys };
}

/**
 * Checks the text of a settings file.
 * @param file its name, for the report.
 * @throws SettingsError with every fault.
 */
export const parseSettings = (file: string, text: string): Settings => readSettings(file, text).settings;

/**
 * Settings of the present version with their defaults.
 * @param file its name, for the report.
 * @throws SettingsError with every fault.
 */
function validSettings(file: string, raw: unknown): Settings {
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
