import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** For when not even the texts are loaded. */
const beforeAllTexts =
  'Modcall konnte nicht starten: 10 Sekunden lang ließ sich das Programm nicht laden. / Modcall could not start: the program could not be loaded for 10 seconds.';

/** What to say if the step is not done in time, and the path of the log to write it to. */
export interface WatchedStep {
  readonly text: string;
  readonly log: string;
}

/** In tenths of a second: with every part that is left out after its time, a start takes 44 s. */
const longest = { step: 100, start: 600 } as const;

/** Ends the process, saying why, if the start makes no progress for 10 s, or takes a minute, whatever holds it up. */
export class StartWatch {
  readonly #watcher: ChildProcess;

  constructor() {
    const script = fileURLToPath(new URL('./start-watcher.sh', import.meta.url));
    this.#watcher = spawn('bash', [script, beforeAllTexts, `${longest.step}`, `${longest.start}`], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    // A start that nobody can watch is a start all the same.
    this.#watcher.on('error', () => {});
    this.#watcher.stdin?.on('error', () => {});
    this.#watcher.unref();
  }

  step({ text, log }: WatchedStep): void {
    const lines = [text.replaceAll('\n', ' '), JSON.stringify(text), log.includes('\n') ? '' : log];
    this.#watcher.stdin?.write(`${lines.join('\n')}\n`);
  }

  /** The start is over. */
  end(): void {
    this.#watcher.stdin?.end();
  }
}
