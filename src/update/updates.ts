import { InTurn } from '../store/in-turn.js';
import type { Installer, Running } from './installer.js';
import { readNote, type UpdateNote, type UpdateRestart, writeNote } from './note.js';
import { type Course, courseOf } from './rules/course.js';
import { refusalOf, type SystemImage } from './rules/refusal.js';
import type { UpdateSources } from './sources.js';
import type { UpdateChannel } from './update-channel.js';
import { refused, UpdateError } from './update-error.js';

/** What the audit record says of an update. */
export interface UpdateFact {
  readonly type: 'updateFailed' | 'updateInUse' | 'updateFellBack';
  readonly version: string;
}

interface UpdatePlace {
  readonly installer: Installer;
  readonly sources: UpdateSources;
  readonly channel: UpdateChannel;
  /** Path of what is remembered. */
  readonly note: string;
  /** Orders that the machine is started anew. Resolves with how many calls that waits for. */
  restart(restart: UpdateRestart, by: UpdateNote['by']): Promise<number>;
  record(fact: UpdateFact): void;
  onError(error: unknown): void;
}

/** How it is with updates. */
export interface UpdateState {
  readonly running: Running;
  /** The latest one that was begun; null where there was none. */
  readonly latest: { readonly version: string; readonly course: Course; readonly fault: string | null } | null;
  /** While one is being installed. */
  readonly percent: number | null;
}

/** What the record has a word for; of a running one it says nothing more than that it was ordered. */
const told: Readonly<Partial<Record<Course, UpdateFact['type']>>> = {
  failed: 'updateFailed',
  interrupted: 'updateFailed',
  inUse: 'updateInUse',
  fellBack: 'updateFellBack',
};

const lookEveryMs = 1000;

/** Updates of the system that the box runs on: into the other slot while calls go on, and in use from the next start of the machine. */
export class Updates {
  /** What is remembered changes with each of them. */
  readonly #inTurn = new InTurn();
  #note: UpdateNote | null = null;
  #percent = 0;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isBeginning = false;

  private constructor(
    private readonly place: UpdatePlace,
    private readonly started: Running,
  ) {}

  /** Goes on with what was begun before the box was started anew. */
  static async open(place: UpdatePlace): Promise<Updates> {
    const updates = new Updates(place, await place.installer.running());
    updates.#note = await readNote(place.note);
    await updates.#goOn();
    return updates;
  }

  get state(): UpdateState {
    const { version, fault } = this.#note ?? {};
    const course = this.#course;
    return {
      running: this.started,
      latest: version === undefined || course === null ? null : { version, course, fault: fault ?? null },
      percent: course === 'running' ? this.#percent : null,
    };
  }

  get sources(): UpdateSources {
    return this.place.sources;
  }

  get channel(): UpdateChannel {
    return this.place.channel;
  }

  /**
   * What an update is, if it is one for this box.
   * @throws UpdateError
   */
  async explain(source: string): Promise<SystemImage> {
    const offered = await this.place.installer.inspect(await this.place.sources.locate(source));
    const refusal = refusalOf(offered, this.started);
    if (refusal !== null) throw refused(refusal, offered, this.started);
    const announced = this.place.channel.versionAt(source);
    // Whoever can write to the web server could offer an old update, signed like any other, as the newest.
    if (announced !== null && announced !== offered.version)
      throw new UpdateError({ code: 'update.otherVersion', params: { announced, offered: offered.version } });
    return offered;
  }

  /**
   * Begins to install one; the machine is started anew once it is complete. Resolves once it has begun.
   * @throws UpdateError
   */
  async install(source: string, restart: UpdateRestart, by: UpdateNote['by']): Promise<SystemImage> {
    if (this.#isBeginning || this.#course === 'running')
      throw new UpdateError({ code: 'update.runs' }, { kind: 'conflict' });
    this.#isBeginning = true;
    try {
      const offered = await this.explain(source);
      const path = await this.place.sources.locate(source);
      await this.#inTurn.run(() => this.#begin(path, { version: offered.version, restart, by }));
      return offered;
    } finally {
      this.#isBeginning = false;
    }
  }

  /**
   * Orders the restart for one that is installed.
   * @throws UpdateError where none is.
   */
  restart(restart: UpdateRestart, by: UpdateNote['by']): Promise<number> {
    return this.#inTurn.run(async () => {
      if (this.#note === null || this.#course !== 'waiting')
        throw new UpdateError({ code: 'update.noneWaits' }, { kind: 'conflict' });
      await this.#remember({ ...this.#note, restart, by });
      return this.place.restart(restart, by);
    });
  }

  /** The restart was called off: the update waits until the machine is started anew for whatever reason. */
  hold(): Promise<void> {
    return this.#inTurn.run(async () => {
      if (this.#note) await this.#remember({ ...this.#note, restart: null });
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get #course(): Course | null {
    return this.#note && courseOf(this.#note, this.started);
  }

  async #begin(path: string, begun: Pick<UpdateNote, 'version' | 'restart' | 'by'>): Promise<void> {
    const { slot, boot } = this.started;
    const before = this.#note;
    await this.#remember({ ...begun, slot, boot, isInstalled: false, fault: null, told: 'running' });
    await this.place.installer.begin(path).catch(async (error: unknown) => {
      await this.#remember(before);
      throw error;
    });
    this.#watch();
  }

  async #goOn(): Promise<void> {
    const course = this.#course;
    if (course === 'running') this.#watch();
    if (course === 'waiting') await this.#orderRestart();
    await this.#tell();
  }

  #watch(): void {
    this.#percent = 0;
    this.#timer = setInterval(() => void this.#look().catch(this.place.onError), lookEveryMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { isRunning, percent, fault } = await this.place.installer.progress();
      this.#percent = percent;
      if (!isRunning) await this.#inTurn.run(() => this.#end(fault));
    } finally {
      this.#isLooking = false;
    }
  }

  async #end(fault: string | null): Promise<void> {
    this.stop();
    if (this.#note) await this.#remember({ ...this.#note, isInstalled: fault === null, fault });
    if (fault === null) await this.#orderRestart();
    await this.#tell();
  }

  async #orderRestart(): Promise<void> {
    const { restart, by } = this.#note ?? {};
    if (restart && by) await this.place.restart(restart, by);
  }

  /** Each course once. */
  async #tell(): Promise<void> {
    const course = this.#course;
    if (this.#note === null || course === null || course === this.#note.told) return;
    const type = told[course];
    if (type !== undefined) this.place.record({ type, version: this.#note.version });
    await this.#remember({ ...this.#note, told: course });
  }

  async #remember(note: UpdateNote | null): Promise<void> {
    await writeNote(this.place.note, note);
    this.#note = note;
  }
}
