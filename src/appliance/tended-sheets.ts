import type { Log } from '../log/log.js';
import type { SheetKeeper } from '../store/evaluations/sheet-keeper.js';

const everyMs = 60_000;

/** Looks each minute whether a sheet has to be gone. */
export class TendedSheets {
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly keeper: SheetKeeper,
    private readonly log: Log,
  ) {
    this.#timer = setInterval(() => this.begin(), everyMs);
    this.#timer.unref();
  }

  begin(): void {
    this.keeper.tend().catch((error: unknown) => {
      this.log.error(
        { error },
        'sheets that are due cannot be deleted on the disk: nobody sees them, and it is tried again',
      );
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.keeper.stop().catch((error: unknown) => this.log.error({ error }, 'the sheets cannot be written'));
  }
}
