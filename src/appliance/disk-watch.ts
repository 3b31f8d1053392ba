import type { DiskSeenEvent } from '../indication/front-panel.js';
import type { Log } from '../log/log.js';
import { type DiskTrouble, diskHealth, diskTroubles, silentDisk } from './faces/disk-health.js';

interface WatchPlace {
  dispatch(event: DiskSeenEvent): void;
  readonly log: Log;
}

const everyMs = 60_000;
/** A worn card may be busy with itself for seconds. */
const patienceMs = 10_000;

/** Looks at the disk of the data folder again and again, so that the status lamp and the log tell of it before it fails. */
export class DiskWatch {
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  #told: readonly DiskTrouble['code'][] = [];

  constructor(
    private readonly folder: string,
    private readonly place: WatchPlace,
  ) {}

  /** Resolves after the first look. */
  async begin(pauseMs = everyMs): Promise<void> {
    // A disk that does not answer is not asked again meanwhile.
    this.#timer = setTimeout(() => this.#tell([silentDisk]), patienceMs).unref();
    const health = await diskHealth(this.folder);
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    this.#tell(diskTroubles(health));
    this.#timer = setTimeout(() => void this.begin(pauseMs), pauseMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #tell(troubles: readonly DiskTrouble[]): void {
    const { log, dispatch } = this.place;
    for (const { code, advice } of troubles)
      if (!this.#told.includes(code)) log.warn({ code, advice }, 'the disk of the data folder has to be looked after');
    if (this.#told.length > 0 && troubles.length === 0)
      log.info({ code: 'diskSound' }, 'the disk of the data folder is sound again');
    this.#told = troubles.map(({ code }) => code);
    dispatch({ type: 'diskSeen', isSound: troubles.length === 0 });
  }
}
