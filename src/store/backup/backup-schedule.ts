import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { UnixTime, WallState } from '../../primitives/time.js';
import { AdminError } from '../admin-error.js';
import { dataFile } from '../files/data-folder.js';
import { readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { InTurn } from '../in-turn.js';
import { Versioned } from '../versioned.js';
import { backupPlaces, ownPlace, prepareOwnPlace } from './backup-places.js';
import { type BackupSource, makeBackup, requireStrong, shortestPassphrase } from './make-backup.js';
import { usualRetention } from './retention.js';
import { ScheduledBackups } from './scheduled-backups.js';

/** What makes a backup: a new day, somebody who holds the button of the box, or either. */
export const occasions = ['daily', 'button', 'both'] as const;
export type Occasion = (typeof occasions)[number];

const planSchema = z.strictObject({
  place: z.string().max(500),
  occasion: z.enum(occasions).default('daily'),
  /** Kept in clear: whoever can read it can read everything that it seals anyway. */
  passphrase: z.string().min(shortestPassphrase).max(500),
});
type Plan = z.output<typeof planSchema>;

/** An earlier Modcall knows no occasion but each day, and reads what it knows. */
const planText = ({ occasion, ...plan }: Plan): string =>
  `${JSON.stringify(occasion === 'daily' ? plan : { ...plan, occasion })}\n`;

/** How the last of these backups went, since the start. */
export interface BackupRun {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly ok: boolean;
}

export interface ScheduleView {
  /** Null where none are to be made. */
  readonly place: string | null;
  /** Null where none are to be made. */
  readonly occasion: Occasion | null;
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

/** Backups to a folder while one is chosen: one a day, one when somebody holds the button, or both. */
export class BackupSchedule {
  #last: BackupRun | null = null;
  readonly #turns = new InTurn();
  /** Those that are being made, or wait for the other. */
  #due: Promise<void> | null = null;
  #byButton: Promise<boolean> | null = null;
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
    return { place: this.plan?.place ?? null, occasion: this.plan?.occasion ?? null, places, last: this.#last };
  }

  /** @throws BackupError, AdminError when the place is not there. */
  async set(place: string, passphrase: string, occasion: Occasion): Promise<void> {
    await this.check(place, passphrase);
    const plan = planSchema.parse({ place, passphrase, occasion });
    await writeDurably(dataFile(this.box.folder, 'backupSchedule'), planText(plan));
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

  /** Whether holding the button makes a backup. */
  get isOnButton(): boolean {
    return this.plan !== null && this.plan.occasion !== 'daily';
  }

  /** Call now and then. Without the time, days cannot be counted. */
  runIfDue(): Promise<void> {
    this.#due ??= this.#turns
      .run(() => this.#runIfDue())
      .finally(() => {
        this.#due = null;
      });
    return this.#due;
  }

  /** Makes a backup at once, where the button is to make any. Resolves to whether it is there. */
  runByButton(): Promise<boolean> {
    this.#byButton ??= this.#turns
      .run(() => this.#runByButton())
      .finally(() => {
        this.#byButton = null;
      });
    return this.#byButton;
  }

  async #runIfDue(): Promise<void> {
    const { time, state } = this.box.wall();
    const { plan } = this;
    if (!plan || plan.occasion === 'button' || state !== 'set') return;
    try {
      const { backups, source } = await this.#backupsAt(plan);
      if (await backups.isDue(time)) await this.#write(backups, source, plan, time);
    } catch (error) {
      // Reported once a day, however often it is tried.
      const isNew = this.#last === null || this.#last.ok || time >= Date.parse(this.#last.at) + dayMs;
      if (isNew) this.#failed(time, error);
    }
  }

  async #runByButton(): Promise<boolean> {
    const { time } = this.box.wall();
    const { plan } = this;
    if (!plan || !this.isOnButton) return false;
    try {
      const { backups, source } = await this.#backupsAt(plan);
      await this.#write(backups, source, plan, time);
      return true;
    } catch (error) {
      this.#failed(time, error);
      return false;
    }
  }

  async #write(backups: ScheduledBackups, source: BackupSource, { passphrase }: Plan, time: UnixTime): Promise<void> {
    await backups.write(time, makeBackup(source, passphrase));
    this.#last = runAt(time, true);
  }

  #failed(time: UnixTime, error: unknown): void {
    this.#last = runAt(time, false);
    this.box.onError(error);
  }

  async #backupsAt({ place }: Plan): Promise<{ readonly backups: ScheduledBackups; readonly source: BackupSource }> {
    const path = (await this.#places()).get(place);
    if (path === undefined) throw new AdminError({ code: 'backup.noSuchPlace', params: { place } });
    if (place === ownPlace) await prepareOwnPlace(this.box.folder);
    const source = this.box.source();
    return { source, backups: new ScheduledBackups(path, usualRetention, source.hardwareId) };
  }

  #places(): Promise<ReadonlyMap<string, string>> {
    return backupPlaces(this.box.folder, this.box.mountedBelow);
  }
}

const runAt = (time: UnixTime, ok: boolean): BackupRun => ({ at: new Date(time).toISOString(), ok });

const dayMs = 24 * 3_600_000;
