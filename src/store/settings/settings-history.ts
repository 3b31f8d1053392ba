import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/** Who changed the settings: a person or a program by a name of theirs, or somebody who edited the file. */
export interface Author {
  readonly kind: 'user' | 'token' | 'console' | 'file';
  /** Empty for `file`, of whom nobody knows. */
  readonly name: string;
}

/** One version of the settings. */
export interface SettingsVersion {
  /** From 1, without gaps but for those that were never confirmed. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: Author;
  readonly settings: Settings;
}

/** How many versions are kept. */
export const keptVersions = 50;

const fileName = /^(\d{10})\.json$/;

const versionSchema = z.strictObject({
  version: z.int().min(1),
  at: z.string(),
  by: z.strictObject({ kind: z.enum(['user', 'token', 'console', 'file']), name: z.string() }),
  settings: settingsSchema,
});

/** The latest versions of the settings, one file each, so that a change writes no more than itself. */
export class SettingsHistory {
  private constructor(
    private readonly folder: string,
    private readonly versions: number[],
  ) {}

  /** Opens the folder, which need not be there yet. */
  static async open(folder: string): Promise<SettingsHistory> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const found = (await readdir(folder)).flatMap((name) => fileName.exec(name)?.[1] ?? []);
    return new SettingsHistory(
      folder,
      found.map(Number).sort((a, b) => a - b),
    );
  }

  /** The versions that are kept, oldest first. */
  get kept(): readonly number[] {
    return this.versions;
  }

  /** The number of the latest version; 0 where there is none. */
  get latest(): number {
    return this.versions.at(-1) ?? 0;
  }

  /** One version; null where it is not kept, or cannot be understood any more. */
  async read(version: number): Promise<SettingsVersion | null> {
    if (!this.versions.includes(version)) return null;
    const parsed = parseJson((await readIfThere(this.path(version))) ?? '');
    const { data } = versionSchema.safeParse(parsed.ok ? parsed.value : undefined);
    return data?.version === version ? data : null;
  }

  /** Keeps the version after the latest, and lets go of the oldest that are too many. */
  async append(entry: SettingsVersion): Promise<void> {
    await writeDurably(this.path(entry.version), `${JSON.stringify(entry)}\n`);
    this.versions.push(entry.version);
    const excess = this.versions.splice(0, Math.max(0, this.versions.length - keptVersions));
    await Promise.all(excess.map((version) => rm(this.path(version), { force: true })));
  }

  /** Takes back the latest version, which never came into effect. */
  async dropLatest(): Promise<void> {
    const version = this.versions.pop();
    if (version === undefined) return;
    await rm(this.path(version), { force: true });
    await syncFolder(this.folder);
  }

  private path(version: number): string {
    return join(this.folder, `${String(version).padStart(10, '0')}.json`);
  }
}
