/** What comes sooner after the first wish is the same one: at Ctrl+C the terminal sends a signal to all, and npm passes its own on. */
const oneWishMs = 1000;

/** What the system or a person at the terminal wants of this process. It is listened to from the first moment on. */
export class Signals {
  /** Resolves when the process is to stop. */
  readonly stop: Promise<void>;
  #stopAskedAt: number | null = null;
  #onHangUp: () => void = () => {};
  #onAgain: () => void = () => {};
  readonly #listeners: readonly [NodeJS.Signals, () => void][];

  constructor() {
    let resolveStop = () => {};
    this.stop = new Promise((resolve) => {
      resolveStop = resolve;
    });
    const stop = () => {
      const now = performance.now();
      this.#stopAskedAt ??= now;
      if (now - this.#stopAskedAt > oneWishMs) this.#onAgain();
      resolveStop();
    };
    // In the background it is a request; from a terminal it means that the terminal is gone.
    const hangUp = () => (process.stdout.isTTY ? stop() : this.#onHangUp());
    this.#listeners = [
      ['SIGINT', stop],
      ['SIGTERM', stop],
      ['SIGHUP', hangUp],
    ];
    for (const [signal, listener] of this.#listeners) process.on(signal, listener);
  }

  get isStopping(): boolean {
    return this.#stopAskedAt !== null;
  }

  onHangUp(listener: () => void): void {
    this.#onHangUp = listener;
  }

  /** A second request means hurry. */
  onAgain(listener: () => void): void {
    this.#onAgain = listener;
  }

  /** From now on they end the process, as they do by default. */
  release(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
    if (this.isStopping) process.kill(process.pid, 'SIGTERM');
  }
}
