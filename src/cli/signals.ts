/** What the system or a person at the terminal wants of this process. It is listened to from the first moment on. */
export class Signals {
  /** Resolves when the process is to stop. */
  readonly stop: Promise<void>;
  #isStopping = false;
  #onHangUp: () => void = () => {};
  #onAgain: () => void = () => {};
  readonly #listeners: readonly [NodeJS.Signals, () => void][];

  constructor() {
    let resolveStop = () => {};
    this.stop = new Promise((resolve) => {
      resolveStop = resolve;
    });
    const stop = () => {
      if (this.#isStopping) this.#onAgain();
      this.#isStopping = true;
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
    return this.#isStopping;
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
    if (this.#isStopping) process.kill(process.pid, 'SIGTERM');
  }
}
