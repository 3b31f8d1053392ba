import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTime, syncFolder, writeDurably } from '../files/durable-file.js';
import { isBackupDue, keptBackups, type Retention } from './retention.js';

const moment = String.raw`(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.backup`;

/**
 * Backups of one box in a folder, which may be a mounted stick or a disk of the network that several boxes share. Of what is in it, nothing is
 * touched that is not named like one of this box; those that bear no mark are of an earlier Modcall.
 */
export class ScheduledBackups {
  readonly #mark: string;
  readonly #name: RegExp;
  readonly #unfinished: RegExp;

  /** @param hardwareId Of the box; null while it has none. */
  constructor(
    private readonly folder: string,
    private readonly retention: Retention,
    hardwareId: string | null,
  ) {
    this.#mark = hardwareId === null ? '' : `${markOf(hardwareId)}-`;
    this.#name = new RegExp(`^modcall-(?:${this.#mark})?${moment}$`);
    this.#unfinished = new RegExp(String.raw`^modcall-(?:${this.#mark})?${moment}(?:\.\d+)?\.pending$`);
  }

  async isDue(now: number): Promise<boolean> {
    return isBackupDue([...(await this.#own()).values()], now);
  }

  /** Writes one as a whole or not at all, then removes those that are too many. Returns its path. */
  async write(now: number, sealed: AsyncIterable<Uint8Array>): Promise<string> {
    const path = join(this.folder, `modcall-${this.#mark}${fileTime(now)}.backup`);
    await this.#removeUnfinished();
    await writeDurably(path, sealed);
    await this.#removeOld(now);
    await syncFolder(this.folder);
    return path;
  }

  async #removeOld(now: number): Promise<void> {
    const own = await this.#own();
    const kept = keptBackups([...own.values()], this.retention);
    const old = [...own].filter(([, time]) => time !== now && !kept.has(time));
    await Promise.all(old.map(([name]) => rm(join(this.folder, name), { force: true })));
  }

  async #removeUnfinished(): Promise<void> {
    const left = (await readdir(this.folder)).filter((name) => this.#unfinished.test(name));
    await Promise.all(left.map((name) => rm(join(this.folder, name), { force: true })));
  }

  /** The times at which those of this box were made, by their names. */
  async #own(): Promise<ReadonlyMap<string, number>> {
    const found = (await readdir(this.folder)).flatMap((name): [string, number][] => {
      const [, year, month, day, hour, minute, second, ms] = this.#name.exec(name) ?? [];
      if (year === undefined) return [];
      const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
      return Number.isNaN(time) ? [] : [[name, time]];
    });
    return new Map(found);
  }
}

/** Enough of the hardware ID for people to tell their boxes apart. */
const markOf = (hardwareId: string): string =>
  hardwareId
    .split('-')
    .slice(0, 2)
    .join('-')
    .replace(/[^\w-]/g, '');
