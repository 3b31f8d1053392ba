import type { Restarting, RestartOrder, RestartWish, WaitingRestart } from '../admin/box-operations.js';
import type { Caller } from '../admin/operation.js';
import { byOf } from '../admin/recording.js';
import type { Restarted } from '../cli/start-options.js';
import type { CutCalls } from '../gateway/cut-calls.js';
import type { Log } from '../log/log.js';
import type { BoxFact } from '../store/audit/audit-entry.js';

interface RestartPlace {
  calls(): CutCalls;
  /** By the clock of the box, in milliseconds since 1970. */
  now(): number;
  record(fact: BoxFact): Promise<void>;
  readonly log: Log;
}

/** Long enough for the answer to reach the caller. */
const lookEveryMs = 500;

/**
 * Restarts the box by ending its process: its supervisor starts that anew, or the machine. It takes calls until the moment at which none
 * would be cut.
 */
export class Restart implements Restarting {
  /** Resolves when the process should end, with what is to be started anew. */
  readonly due: Promise<Restarted>;
  #order: RestartOrder | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;
  #resolveDue: (restarted: Restarted) => void = () => {};

  constructor(private readonly place: RestartPlace) {
    this.due = new Promise((resolve) => {
      this.#resolveDue = resolve;
    });
  }

  get waiting(): WaitingRestart | null {
    if (this.#order === null || this.#isDue) return null;
    return { ...this.#order, waitsFor: this.#waitsFor(this.#order) };
  }

  async order(wish: RestartWish, caller: Pick<Caller, 'name' | 'kind'>): Promise<number> {
    const { log } = this.place;
    const { when } = wish;
    // A restore that is waiting happens at any restart, and so does an update.
    const restores = wish.restores === true || this.#order?.restores === true;
    const updates = wish.updates === true || this.#order?.updates === true;
    const order = { when, at: wish.at ?? null, restores, updates };
    this.#order = order;
    await this.#record({ type: 'restartOrdered', ...byOf(caller), when });
    const waitsFor = this.#waitsFor(order);
    // It may have been called off meanwhile.
    if (this.#order !== null) this.#timer ??= setInterval(() => this.#look(), lookEveryMs);
    log.warn({ when, waitsFor }, 'the box restarts as soon as no call is in the way');
    return waitsFor;
  }

  async callOff(caller: Caller): Promise<RestartOrder | null> {
    const order = this.#order;
    if (order === null || this.#isDue) return null;
    this.#order = null;
    this.stop();
    await this.#record({ type: 'restartCalledOff', ...byOf(caller), restores: order.restores });
    this.place.log.warn({ restores: order.restores }, 'the restart that waited is called off');
    return order;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #record(fact: BoxFact): Promise<void> {
    return this.place.record(fact).catch((error: unknown) => {
      this.place.log.error({ error, fact }, 'the audit record cannot be written: it does not say what was ordered');
    });
  }

  #waitsFor({ when }: RestartOrder): number {
    const { all, emergency } = this.place.calls();
    return when === 'now' ? emergency : all;
  }

  #isTime({ at }: RestartOrder): boolean {
    return at === null || this.place.now() >= Date.parse(at);
  }

  #look(): void {
    const order = this.#order;
    if (order === null || this.#waitsFor(order) > 0 || !this.#isTime(order)) return;
    this.stop();
    this.#isDue = true;
    this.#resolveDue(order.updates ? 'machine' : 'box');
  }
}
