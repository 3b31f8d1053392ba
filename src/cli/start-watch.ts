import { Worker } from 'node:worker_threads';

/** Ticks, not a time: while a busy or suspended machine lets nothing run, this watch does not go on either. */
export const tickMs = 100;
export const ticksWithoutStep = 100;

/** Said where not even the texts are loaded. */
const beforeAllTexts =
  'Modcall konnte nicht starten: 10 Sekunden lang ließ sich das Programm nicht laden. / Modcall could not start: the program could not be loaded for 10 seconds.';

/** What is said if the step is not done in time, and the data folder whose log says it too; null before it is known. */
export interface WatchedStep {
  readonly text: string;
  readonly dataFolder: string | null;
}

/** Ends the process, saying why, when the start does not come a step further for 10 s, whatever holds it up. */
export class StartWatch {
  readonly #watcher: Worker;

  constructor() {
    this.#watcher = new Worker(new URL('./start-watcher.js', import.meta.url), {
      workerData: { text: beforeAllTexts, dataFolder: null } satisfies WatchedStep,
    });
    this.#watcher.on('error', () => {});
    this.#watcher.unref();
  }

  step(step: WatchedStep): void {
    this.#watcher.postMessage(step);
  }

  /** The start is over. */
  end(): void {
    void this.#watcher.terminate();
  }
}
