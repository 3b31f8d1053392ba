import type { Caller } from '../../admin/operation.js';
import type { SettingsAdmin } from '../../admin/settings/settings-admin.js';
import type { ShownTrial, WebTrying } from '../../admin/web-operations.js';
import type { Log } from '../../log/log.js';
import { AdminError } from '../../store/admin-error.js';
import { isMove, readConfirmedWeb, type WebSettings, writeConfirmedWeb } from '../../store/settings/confirmed-web.js';
import type { Author, SettingsVersion } from '../../store/settings/settings-history.js';
import type { Settings } from '../../store/settings/settings-schema.js';

/** Long enough to load the page anew by telephone; LuCI had 30 s at first, which was too short. */
const usualPatienceMs = 90_000;

interface TrialPlace {
  /** Of the file that says where the box could be reached. */
  readonly path: string;
  readonly settings: Pick<SettingsAdmin, 'current' | 'versions' | 'change'>;
  /** Where the box is served now. */
  readonly served: () => WebSettings;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly patienceMs?: number;
}

interface Running {
  readonly by: string;
  readonly endsAt: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Takes back a move of the page that a person ordered by the page, unless the same person confirms it at the new place in time. Whoever
 * moves it at the box itself, in the file or by a program does not lose the way to the box by it.
 */
export class WebTrial implements WebTrying {
  #running: Running | null = null;
  #isStopped = false;
  /** As the settings say at present, and as they said when somebody reached the box. */
  #present: WebSettings;
  #confirmed: WebSettings;

  private constructor(private readonly place: TrialPlace) {
    this.#present = place.settings.current.settings.web;
    this.#confirmed = this.#present;
  }

  /** Goes on with a trial that a power cut has interrupted. */
  static async open(place: TrialPlace): Promise<WebTrial> {
    const trial = new WebTrial(place);
    const confirmed = await readConfirmedWeb(place.path);
    const mover =
      confirmed === undefined || !isMove(confirmed, trial.#present) ? null : await lastMover(place.settings);
    if (confirmed === undefined || mover?.kind !== 'user') await trial.#settle();
    else {
      trial.#confirmed = confirmed;
      trial.#begin(mover.name);
    }
    return trial;
  }

  get running(): ShownTrial | null {
    if (!this.#running || !this.#confirmed) return null;
    const { by, endsAt } = this.#running;
    return {
      by,
      secondsLeft: Math.max(0, Math.ceil((endsAt - performance.now()) / 1000)),
      before: { ...this.#confirmed, names: [...this.#confirmed.names] },
    };
  }

  /** To be told each change of the settings before the box is served elsewhere. */
  async follow({ settings: { web }, by }: SettingsVersion): Promise<void> {
    const isMoved = isMove(this.#present, web);
    this.#present = web;
    if (!isMove(this.#confirmed, web)) await this.#settle();
    else if (isMoved && by.kind === 'user') this.#begin(by.name);
    else if (isMoved) await this.#settle();
  }

  async confirm({ kind, name }: Caller): Promise<void> {
    const { by } = this.#required();
    if (kind !== 'user' || name !== by)
      throw new AdminError({ code: 'web.notYours', params: { by } }, { kind: 'forbidden' });
    if (isMove(this.place.served(), this.#present))
      throw new AdminError({ code: 'web.notThere' }, { kind: 'conflict' });
    await this.#settle();
  }

  async revert(caller: Caller): Promise<void> {
    this.#required();
    await this.#goBack(caller);
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#running?.timer);
    this.#running = null;
  }

  #required(): Running {
    if (this.#running) return this.#running;
    throw new AdminError({ code: 'web.nothingToConfirm' }, { kind: 'conflict' });
  }

  #begin(by: string): void {
    this.#end();
    const { patienceMs = usualPatienceMs } = this.place;
    const timer = setTimeout(() => void this.#giveUp(), patienceMs);
    timer.unref();
    this.#running = { by, endsAt: performance.now() + patienceMs, timer };
  }

  /** Where the box is to be served now is where it can be reached. */
  async #settle(): Promise<void> {
    this.#end();
    this.#confirmed = this.#present;
    await writeConfirmedWeb(this.place.path, this.#present).catch((error: unknown) => {
      this.place.log.error(
        { error },
        'it cannot be kept where the page is: after a restart its last move may be taken back',
      );
    });
  }

  async #giveUp(): Promise<void> {
    const { log } = this.place;
    log.warn({ web: this.#confirmed }, 'nobody has confirmed the new place of the page: it goes back to where it was');
    await this.#goBack({ kind: 'box', name: '' }).catch((error: unknown) => {
      log.error({ error }, 'the page cannot go back to where it was');
    });
  }

  /** From now on nobody confirms what is taken back. What cannot be taken back is on trial again. */
  async #goBack(by: Author): Promise<void> {
    const web = this.#confirmed;
    const running = this.#running;
    this.#end();
    try {
      await this.place.settings.change((settings: Settings) => ({ ...settings, web }), null, by);
    } catch (error) {
      if (running && !this.#isStopped) this.#begin(running.by);
      throw error;
    }
  }
}

/** Who has ordered the last move of the page that the history knows of. */
async function lastMover(settings: Pick<SettingsAdmin, 'versions'>): Promise<Author | null> {
  const versions = await settings.versions().catch(() => []);
  // What is not listed of a large change may be a move, too.
  const move = versions.find(({ changes, more }) => more !== null || changes.some(({ path: [key] }) => key === 'web'));
  return move?.by ?? null;
}
