import { InvalidStateError, PjsipError } from './errors.js';
import type { Handle, RawEvent, RawFailure, Request } from './native.js';

interface Pending {
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Delivers the addon's events to the objects they concern, and settles the promises of its requests.
 *
 * An event never overtakes the result of an earlier request, unless it is one of an emergency call, which go first: after a promise is
 * settled, the remaining events wait until the code that awaited it has run.
 */
export class Wiring {
  readonly #subjects = new Map<Handle, (event: RawEvent) => void>();
  readonly #pending = new Map<Request, Pending>();
  #waiting: RawEvent[] = [];
  /** How many of the waiting events have been delivered. */
  #delivered = 0;
  #pausing = false;

  /** From now on, events about `handle` go to `deliver`. */
  subscribe<Event extends RawEvent>(handle: Handle, deliver: (event: Event) => void): void {
    // The addon only sends a subject events of its own kind.
    this.#subjects.set(handle, (event) => deliver(event as Event));
  }

  /** Later events about `handle` are dropped. */
  unsubscribe(handle: Handle): void {
    this.#subjects.delete(handle);
  }

  /** Resolves when the addon reports that the request is done. */
  request(request: Request): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.set(request, { resolve, reject });
    });
  }

  /** Accepts a batch of events, in order. */
  accept(events: RawEvent[]): void {
    // Not passed as arguments, because there may be more than a call can have.
    this.#waiting = this.#waiting.slice(this.#delivered).concat(events);
    this.#delivered = 0;
    if (!this.#pausing) this.#dispatch();
  }

  #dispatch(): void {
    this.#pausing = false;
    while (!this.#pausing) {
      const event = this.#waiting[this.#delivered];
      if (event === undefined) break;
      this.#delivered += 1;
      if (event.type === 'settled') this.#settleAndPause(event);
      else this.#deliver(event);
    }
    if (this.#delivered < this.#waiting.length) return;
    this.#waiting = [];
    this.#delivered = 0;
  }

  #settleAndPause(event: RawEvent): void {
    this.#settle(event.subject, event.error as RawFailure | undefined);
    this.#pausing = true;
    // All microtasks, including the code that awaited, run before the next tick.
    queueMicrotask(() => process.nextTick(() => this.#dispatch()));
  }

  /** A listener that throws is its owner's mistake and becomes an uncaught exception; the other events are still delivered. */
  #deliver(event: RawEvent): void {
    try {
      this.#subjects.get(event.subject)?.(event);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }

  #settle(request: Request, failure: RawFailure | undefined): void {
    const pending = this.#pending.get(request);
    this.#pending.delete(request);
    if (failure === undefined) pending?.resolve();
    else pending?.reject(toError(failure));
  }
}

function toError(failure: RawFailure): Error {
  return 'code' in failure
    ? new PjsipError(failure.message, failure.code, failure.status, failure.operation)
    : new InvalidStateError(failure.message);
}
