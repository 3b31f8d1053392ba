import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  hasCode,
  makeFolder,
  makeWay,
  readIfThere,
  removePendingFiles,
  setAside,
  syncFolder,
  writeDurably,
} from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { linesOf } from '../files/text-lines.js';
import { listedChanges, type SettingsChange, settingsDiff } from './settings-diff.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/** Who changed the settings: a person or a program by name, someone who edited the file, or the box, which takes back what nobody has confirmed. */
export interface Author {
  readonly kind: 'user' | 'token' | 'console' | 'file' | 'box';
  /** Empty for `file`, since nobody knows who edited it, and for `box`. */
  readonly name: string;
}

/** When a version was made, by whom, and what it changed. */
export interface VersionHead {
  /** From 1, without gaps but for those that were never confirmed. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: Author;
  /** The first of the changes since the version before; none in the first. */
  readonly changes: readonly SettingsChange[];
  /** How many changes are not listed; null where all are. */
  readonly more: number | null;
}

/** One version of the settings. */
export interface SettingsVersion extends VersionHead {
  readonly settings: Settings;
}

/** How many versions are kept. */
export const keptVersions = 50;

const fileName = /^(\d{10})\.jsonl?$/;

const author = z.strictObject({ kind: z.enum(['user', 'token', 'console', 'file', 'box']), name: z.string() });
const signed = { version: z.int().min(1), at: z.string(), by: author };
const headSchema = z.strictObject({
  ...signed,
  changes: z.array(
    z.strictObject({
      path: z.array(z.string()),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      secret: z.literal(true).exactOptional(),
    }),
  ),
  more: z.int().nullable(),
});
/** Older entries do not say what they changed. */
const olderSchema = z.strictObject({ ...signed, settings: settingsSchema });

/**
 * The latest versions of the settings, one file each, so that a change writes no more than itself. Its first line says who changed what,
 * so that a list of them reads no settings; the second has the settings.
 */
export class SettingsHistory {
  private constructor(
    private readonly folder: string,
    private versions: readonly number[],
    private recordedVersion: number,
  ) {}

  /**
   * Opens the folder, which need not be there yet, and clears away what a power cut left in it.
   * @throws where it is no folder
   */
  static async open(folder: string): Promise<SettingsHistory> {
    const names = await namesIn(folder);
    if (names.length > 0) await removePendingFiles(folder);
    const versions = [...new Set(versionsOf(names))].sort((a, b) => a - b);
    const recorded = parsed((await readable(recordedPath(folder))) ?? '', z.int());
    const history = new SettingsHistory(folder, versions, recorded ?? versions.at(-1) ?? 0);
    await history.#letGo();
    return history;
  }

  /** The versions that are kept, oldest first. */
  get kept(): readonly number[] {
    return this.versions;
  }

  /** The number of the latest version; 0 where there is none. */
  get latest(): number {
    return this.versions.at(-1) ?? 0;
  }

  /** The number of the next version: none is given twice, even where a backup has brought back what there was before others. */
  get next(): number {
    return Math.max(this.latest, this.recordedVersion) + 1;
  }

  /** The latest version of which the audit record knows. */
  get recorded(): number {
    return this.recordedVersion;
  }

  /** One version; null if it is not kept, or can no longer be understood. */
  async read(version: number): Promise<SettingsVersion | null> {
    if (!this.versions.includes(version)) return null;
    const text = await readable(this.#path(version));
    const found = text === null ? await this.#older(version) : inLines(text);
    return found?.version === version ? found : null;
  }

  /** The latest version that can be understood; null where there is none. */
  async newest(): Promise<SettingsVersion | null> {
    for (const version of this.versions.toReversed()) {
      const found = await this.read(version);
      if (found) return found;
    }
    return null;
  }

  /** Who changed what; null where it cannot be understood. */
  async head(version: number): Promise<VersionHead | null> {
    const line = await firstLine(this.#path(version));
    if (line !== null) return parsed(line, headSchema);
    const older = await this.#older(version);
    if (!older) return null;
    const { settings, ...head } = older;
    const before = await this.read(this.versions[this.versions.indexOf(version) - 1] ?? 0);
    return before ? { ...head, ...listedChanges(settingsDiff(before.settings, settings)) } : head;
  }

  /** Who changed what, oldest first; versions that cannot be understood any more are left out. Reads one after the other. */
  async heads(): Promise<readonly VersionHead[]> {
    const heads: VersionHead[] = [];
    for (const version of this.versions) {
      const head = await this.head(version);
      if (head) heads.push(head);
    }
    return heads;
  }

  /** Keeps a version after the latest, and removes the oldest beyond the limit. */
  async append({ settings, ...head }: SettingsVersion): Promise<void> {
    await makeFolder(this.folder);
    await writeDurably(this.#path(head.version), `${JSON.stringify(head)}\n${JSON.stringify(settings)}\n`);
    this.versions = [...this.versions, head.version];
    await this.#letGo();
  }

  /** Notes that the audit record knows of all versions up to this one. */
  async noteRecorded(version: number): Promise<void> {
    await writeDurably(recordedPath(this.folder), `${version}\n`);
    this.recordedVersion = version;
  }

  /** Takes back the latest version, which never came into effect. */
  async dropLatest(): Promise<void> {
    const version = this.versions.at(-1);
    if (version === undefined) return;
    await this.#remove(version);
    await syncFolder(this.folder);
    this.versions = this.versions.slice(0, -1);
  }

  /** What cannot be removed now is removed later; a change is not refused for that. */
  async #letGo(): Promise<void> {
    const excess = this.versions.slice(0, Math.max(0, this.versions.length - keptVersions));
    const left = await Promise.all(
      excess.map((version) =>
        this.#remove(version).then(
          () => [],
          () => [version],
        ),
      ),
    );
    this.versions = [...left.flat(), ...this.versions.slice(excess.length)];
  }

  async #remove(version: number): Promise<void> {
    for (const path of [this.#path(version), this.#olderPath(version)]) await rm(path, { force: true });
  }

  async #older(version: number): Promise<SettingsVersion | null> {
    const found = parsed((await readable(this.#olderPath(version))) ?? '', olderSchema);
    return found && { ...found, changes: [], more: null };
  }

  #path(version: number): string {
    return `${this.#olderPath(version)}l`;
  }

  #olderPath(version: number): string {
    return join(this.folder, `${String(version).padStart(10, '0')}.json`);
  }
}

const versionsOf = (names: readonly string[]): readonly number[] =>
  names.flatMap((name) => fileName.exec(name)?.[1] ?? []).map(Number);

/**
 * Lets the versions that a backup brings count as recorded, and the next one be numbered after all that there have been: a number that was
 * given twice would name two versions in the audit record, and let a change against the one pass for a change against the other.
 * @param names Of the files that the backup brings.
 */
export async function countOn(folder: string, names: readonly string[]): Promise<void> {
  const recorded = parsed((await readable(recordedPath(folder))) ?? '', z.int()) ?? 0;
  const latest = Math.max(recorded, ...versionsOf([...(await namesIn(folder)), ...names]));
  await makeFolder(folder);
  await writeDurably(recordedPath(folder), `${latest}\n`);
}

/**
 * Moves aside what stands in the place of the history, or of its note of what is recorded, and can never serve as that.
 * @returns the new names.
 */
export async function makeWayForHistory(folder: string, now: number): Promise<readonly string[]> {
  if (await isNoFolder(folder)) return [await setAside(folder, now)];
  const moved = await makeWay(recordedPath(folder), now);
  return moved === null ? [] : [moved];
}

/** A link that leads nowhere is not the same as nothing. */
async function isNoFolder(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    if (hasCode(error, 'ELOOP')) return true;
    if (!hasCode(error, 'ENOENT')) throw error;
    return lstat(path).then(
      () => true,
      () => false,
    );
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

/** Text of a file; null where none can be had, for whatever reason: one entry less does not end the history. */
const readable = (path: string): Promise<string | null> => readIfThere(path).catch(() => null);

/** Says which versions the audit record of this folder knows; without it those that are there. It goes with the record, not with the versions. */
export const recordedPath = (folder: string): string => join(folder, 'recorded');

function inLines(text: string): SettingsVersion | null {
  const [first = '', second = ''] = text.split('\n');
  const [head, settings] = [parsed(first, headSchema), parsed(second, settingsSchema)];
  return head && settings && { ...head, settings };
}

async function firstLine(path: string): Promise<string | null> {
  try {
    for await (const { text } of linesOf(path)) return text;
    return '';
  } catch {
    return null;
  }
}

function parsed<T extends z.ZodType>(text: string, schema: T): z.output<T> | null {
  const json = parseJson(text);
  return schema.safeParse(json.ok ? json.value : undefined).data ?? null;
}
