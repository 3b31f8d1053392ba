import { access } from 'node:fs/promises';
import { AdminError } from '../admin-error.js';
import { dataFile, dataFiles } from '../files/data-folder.js';
import { hasCode, readIfThere, writeDurably } from '../files/durable-file.js';
import { pathText } from '../files/file-faults.js';
import { readRegular } from '../files/regular-file.js';
import { type DemoNotes, type FirstStart, firstSettings } from './first-settings.js';
import { readSettings, SettingsFile, textFor } from './settings-file.js';
import { SettingsHistory } from './settings-history.js';
import { salvagedSettings } from './settings-salvage.js';
import type { Settings } from './settings-schema.js';

/** The settings that a start uses, and where they come from. */
export interface SettingsInUse {
  readonly settings: Settings;
  /**
   * `lastGood`: the latest version that was in effect, or the copy of an earlier start. `salvaged`: what could be understood of a broken
   * file. Both leave monitoring closed.
   */
  readonly from: 'file' | 'firstStart' | 'lastGood' | 'salvaged';
  /** Whether an earlier start has kept a copy of its settings, and with it everything else that a start writes. */
  readonly wasStarted: boolean;
  /** Why the settings could not be used as they are; null if they could. */
  readonly trouble: AdminError | null;
  /** What is ignored in them because a newer Modcall wrote it; null if nothing is. */
  readonly newer: SettingsNewer | null;
  /** The error of a write that failed; null if none did. */
  readonly unwritten: unknown;
  /** Passwords and PIN of a demonstration that was set up just now. */
  readonly notes: DemoNotes | null;
}

/** The box was set up, and its settings are gone: it is not set up again as if it were new. */
export class SettingsLost extends AdminError {
  constructor(path: string) {
    super({ code: 'settings.lost', params: { path, copy: dataFiles.lastGoodSettings } });
  }
}

const mostNamed = 20;

/** A newer Modcall wrote the settings: what this one does not know is ignored. */
export class SettingsNewer extends AdminError {
  constructor(path: string, keys: readonly string[]) {
    super({ code: 'settings.newer', params: { path, keys: keys.slice(0, mostNamed).join(', ') } });
  }
}

/** The settings cannot be read from the disk. */
export class SettingsUnreadable extends AdminError {
  constructor(path: string, cause: Error) {
    super({ code: 'settings.unreadable', params: { path, reason: cause.message } }, { cause });
  }
}

/**
 * Finds settings to start with, whatever has happened to the file: the file itself; those of a first start in a folder that never had
 * any; the latest version of their history, else the copy of the last start with usable settings; finally whatever can be understood of a broken file, so that telephones ring and
 * emergency calls go out.
 */
export async function settingsInUse(folder: string, first: FirstStart): Promise<SettingsInUse> {
  const path = dataFile(folder, 'settings');
  const found = await read(path);
  const wasStarted = (await isThere(folder, 'lastGoodSettings')) || (await isThere(folder, 'boxKey'));
  const usual = { wasStarted, trouble: null, newer: null, unwritten: null, notes: null };
  if (found.ok) {
    const { settings, newer, text } = found;
    return { ...usual, settings, newer, from: 'file', unwritten: await keep(folder, text) };
  }
  if (found.trouble === null && !(await wasSetUp(folder))) return begin(folder, first);
  const trouble = found.trouble ?? new SettingsLost(path);
  const base = { ...usual, trouble };
  const settings = (await latestVersion(folder)) ?? (await lastStart(folder));
  if (settings) return { ...base, settings, from: 'lastGood' };
  return { settings: salvagedSettings(found.text, first), from: 'salvaged', ...base };
}

type Reading =
  | { readonly ok: true; readonly settings: Settings; readonly newer: SettingsNewer | null; readonly text: string }
  /** Without trouble, there is no file. */
  | { readonly ok: false; readonly trouble: AdminError | null; readonly text: string };

async function read(path: string): Promise<Reading> {
  let text = '';
  try {
    text = await readRegular(path);
    const { settings, newerKeys } = readSettings(path, text);
    const newer = newerKeys.length === 0 ? null : new SettingsNewer(path, newerKeys.map(pathText));
    return { ok: true, settings, newer, text };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { ok: false, trouble: null, text };
    if (error instanceof AdminError) return { ok: false, trouble: error, text };
    if (error instanceof Error) return { ok: false, trouble: new SettingsUnreadable(path, error), text };
    throw error;
  }
}

/** Newer than what the last start found, if they were changed since. */
async function latestVersion(folder: string): Promise<Settings | null> {
  try {
    return (await (await SettingsHistory.open(dataFile(folder, 'settingsHistory'))).newest())?.settings ?? null;
  } catch {
    return null;
  }
}

async function lastStart(folder: string): Promise<Settings | null> {
  const found = await read(dataFile(folder, 'lastGoodSettings'));
  return found.ok ? found.settings : null;
}

/** Every start writes these. A box loses all of them only together with everything else that it remembers. */
const traces = ['lastGoodSettings', 'audit', 'auditAnchor', 'auditHead', 'boxKey', 'records'] as const;

/** Whether a box was ever started with this folder. A file that cannot be read counts as present. */
async function wasSetUp(folder: string): Promise<boolean> {
  const found = await Promise.all(traces.map((name) => isThere(folder, name)));
  return found.includes(true);
}

async function isThere(folder: string, name: keyof typeof dataFiles): Promise<boolean> {
  return access(dataFile(folder, name)).then(
    () => true,
    (error: unknown) => !hasCode(error, 'ENOENT'),
  );
}

/** Keeps a copy of the settings file for a start that cannot use its own. Returns what went wrong, null if nothing did. */
async function keep(folder: string, text: string): Promise<unknown> {
  const path = dataFile(folder, 'lastGoodSettings');
  try {
    if ((await readIfThere(path).catch(() => null)) !== text) await writeDurably(path, text);
    return null;
  } catch (error) {
    return error;
  }
}

async function begin(folder: string, first: FirstStart): Promise<SettingsInUse> {
  const { settings, notes } = await firstSettings(first);
  const text = textFor(settings);
  const made = { settings, from: 'firstStart', wasStarted: false, trouble: null, newer: null, notes } as const;
  try {
    // The notes first: settings whose PIN nobody knows would be of no use.
    if (notes) await writeDurably(dataFile(folder, 'demo'), JSON.stringify(notes, null, 2));
    await SettingsFile.at(dataFile(folder, 'settings')).write(settings, 0);
  } catch (error) {
    return { ...made, unwritten: error };
  }
  return { ...made, unwritten: await keep(folder, text) };
}
