import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTime, syncFolder, writeDurably } from '../files/durable-file.js';
import { isBackupDue, keptBackups, type Retention } from './retention.js';

const fileName = /^modcall-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z\.backup$/;
const unfinished = /^modcall-\d{8}T\d{9}Z\.backup(\.\d+)?\.pending$/;

/** Backups in a folder, which may be a mounted stick. Of what is in it, nothing is touched that is not named like one. */
export class ScheduledBackups {
  constructor(
    private readonly folder: string,
    private readonly retention: Retention,
  ) {}

  async isDue(now: number): Promise<boolean> {
    return isBackupDue(await this.#times(), now);
  }

  /** Writes one as a whole or not at all, then removes those that are too many. Returns its path. */
  async write(now: number, sealed: AsyncIterable<Uint8Array>): Promise<string> {
    const path = this.#path(now);
    await this.#removeUnfinished();
    await writeDurably(path, sealed);
    await this.#removeOld(now);
    await syncFolder(this.folder);
    return path;
  }

  async #removeOld(now: number): Promise<void> {
    const times = await this.#times();
    const kept = keptBackups(times, this.retention);
    const old = times.filter((time) => time !== now && !kept.has(time));
    await Promise.all(old.map((time) => rm(this.#path(time), { force: true })));
  }

  async #removeUnfinished(): Promise<void> {
    const left = (await readdir(this.folder)).filter((name) => unfinished.test(name));
    await Promise.all(left.map((name) => rm(join(this.folder, name), { force: true })));
  }

  async #times(): Promise<readonly number[]> {
    return (await readdir(this.folder)).flatMap((name) => {
      const [, year, month, day, hour, minute, second, ms] = fileName.exec(name) ?? [];
      if (year === undefined) return [];
      const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
      return Number.isNaN(time) ? [] : [time];
    });
  }

  #path(time: number): string {
    return join(this.folder, `modcall-${fileTime(time)}.backup`);
  }
}
