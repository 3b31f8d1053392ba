/** What the system or a person at the terminal wants of this process. */
export class Signals {
  /** Resolves when it is to stop. */
  readonly stop: Promise<void>;
  #isStopping = false;
  #onHangUp: () => void = () => {};

  constructor() {
    this.stop = new Promise((resolve) => {
      const stop = () => {
        this.#isStopping = true;
        resolve();
      };
      process.once('SIGINT', stop).once('SIGTERM', stop);
      // In the background it is a wish; from a terminal it says that the terminal is gone.
      process.on('SIGHUP', () => (process.stdout.isTTY ? stop() : this.#onHangUp()));
    });
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  onHangUp(listener: () => void): void {
    this.#onHangUp = listener;
  }
}
