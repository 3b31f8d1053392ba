import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { UnixTime, WallState } from '../../primitives/time.js';
import { AdminError } from '../admin-error.js';
import { dataFile } from '../files/data-folder.js';
import { readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { Versioned } from '../versioned.js';
import { backupPlaces, ownPlace, prepareOwnPlace } from './backup-places.js';
import { type BackupSource, makeBackup, requireStrong, shortestPassphrase } from './make-backup.js';
import { usualRetention } from './retention.js';
import { ScheduledBackups } from './scheduled-backups.js';

const planSchema = z.strictObject({
  place: z.string().max(500),
  /** Kept in clear: whoever can read it can read everything that it seals anyway. */
  passphrase: z.string().min(shortestPassphrase).max(500),
});
type Plan = z.output<typeof planSchema>;

/** How the last scheduled backup went, since the start. */
export interface BackupRun {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly ok: boolean;
}

export interface ScheduleView {
  /** Null where no backups are scheduled. */
  readonly place: string | null;
  /** What can be chosen now. */
  readonly places: readonly string[];
  readonly last: BackupRun | null;
}

export interface ScheduledBox {
  /** The data folder. */
  readonly folder: string;
  source(): BackupSource;
  wall(): { readonly time: UnixTime; readonly state: WallState };
  onError(error: unknown): void;
  /** Where disks are mounted, if elsewhere than usual. */
  readonly mountedBelow?: readonly string[];
}

/** A backup a day to a folder, while one is chosen. */
export class BackupSchedule {
  #last: BackupRun | null = null;
  #running: Promise<void> | null = null;
  readonly versions = new Versioned(() => this.plan);

  private constructor(
    private readonly box: ScheduledBox,
    private plan: Plan | null,
  ) {}

  /** A file that cannot be understood counts as missing. */
  static async open(box: ScheduledBox): Promise<BackupSchedule> {
    const text = await readIfThere(dataFile(box.folder, 'backupSchedule')).catch(() => null);
    const parsed = parseJson(text ?? '');
    return new BackupSchedule(box, planSchema.safeParse(parsed.ok ? parsed.value : undefined).data ?? null);
  }

  async show(): Promise<ScheduleView> {
    const places = [...(await this.#places()).keys()];
    return { place: this.plan?.place ?? null, places, last: this.#last };
  }

  /** @throws BackupError, AdminError when the place is not there. */
  async set(place: string, passphrase: string): Promise<void> {
    await this.check(place, passphrase);
    const plan = planSchema.parse({ place, passphrase });
    await writeDurably(dataFile(this.box.folder, 'backupSchedule'), `${JSON.stringify(plan)}\n`);
    this.plan = plan;
  }

  /** @throws BackupError, AdminError as `set` would. */
  async check(place: string, passphrase: string): Promise<void> {
    requireStrong(passphrase);
    if (!(await this.#places()).has(place))
      throw new AdminError({ code: 'backup.noSuchPlace', params: { place } }, { field: 'place' });
  }

  /** Backups that were made stay where they are. */
  async remove(): Promise<void> {
    await rm(dataFile(this.box.folder, 'backupSchedule'), { force: true });
    await syncFolder(this.box.folder);
    this.plan = null;
  }

  /** Call now and then. Without the time, days cannot be counted. */
  runIfDue(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    const { time, state } = this.box.wall();
    if (!this.plan || state !== 'set') return;
    const { place, passphrase } = this.plan;
    try {
      const path = (await this.#places()).get(place);
      if (path === undefined) throw new AdminError({ code: 'backup.noSuchPlace', params: { place } });
      if (place === ownPlace) await prepareOwnPlace(this.box.folder);
      const source = this.box.source();
      const backups = new ScheduledBackups(path, usualRetention, source.hardwareId);
      if (!(await backups.isDue(time))) return;
      await backups.write(time, makeBackup(source, passphrase));
      this.#last = { at: new Date(time).toISOString(), ok: true };
    } catch (error) {
      // Reported once a day, however often it is tried.
      const isNew = this.#last === null || this.#last.ok || time >= Date.parse(this.#last.at) + dayMs;
      if (!isNew) return;
      this.#last = { at: new Date(time).toISOString(), ok: false };
      this.box.onError(error);
    }
  }

  #places(): Promise<ReadonlyMap<string, string>> {
    return backupPlaces(this.box.folder, this.box.mountedBelow);
  }
}

const dayMs = 24 * 3_600_000;
