import type { LegId } from '../../primitives/ids.js';
import type { EngineEvent } from '../engine.js';

/** What the engine has to say: its events, in order, and commands that have failed. */
export class Reports {
  #listener: (event: EngineEvent) => void = () => {};
  #isRunning = false;

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#listener = listener;
  }

  /** While the engine does not run, a command that fails is no news. */
  set isRunning(isRunning: boolean) {
    this.#isRunning = isRunning;
  }

  /** An arrow, so that it can be handed to the parts of the engine. */
  readonly emit = (event: EngineEvent): void => this.#listener(event);

  /** Events never arrive within the call of a command. */
  emitSoon(event: EngineEvent): void {
    queueMicrotask(() => this.emit(event));
  }

  /** A leg may end between the event and the command, which is not a fault: `released` is on its way. */
  attempt(leg: LegId, command: string, operation: () => void): void {
    try {
      operation();
    } catch (error) {
      this.failed(leg, command, error);
    }
  }

  failed(leg: LegId, command: string, error: unknown): void {
    if (!this.#isRunning) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.emitSoon({ type: 'commandFailed', leg, command, reason });
  }
}
