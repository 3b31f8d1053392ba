import { randomBytes } from 'node:crypto';
import type { Feed } from '../events/feed.js';
import { type DeliveryLimits, Outbox } from './outbox.js';
import type { Receiver, ReceiverState, Trouble } from './receiver.js';

/** Tells receivers elsewhere what happens. Nothing waits for them. */
export class Webhooks {
  readonly #start = randomBytes(6).toString('hex');
  readonly #outboxes = new Map<string, Outbox>();
  readonly #unsubscribe: () => void;

  /** @param onTrouble Told when a receiver cannot be reached any more, and with null when it can again. */
  constructor(
    feed: Feed,
    private readonly limits: DeliveryLimits,
    private readonly onTrouble: (receiver: string, trouble: Trouble | null) => void,
  ) {
    this.#unsubscribe = feed.subscribe((event) => {
      for (const outbox of this.#outboxes.values()) {
        if (outbox.receiver.kinds.some((kind) => kind === event.kind)) outbox.push(event);
      }
    });
  }

  get states(): readonly ReceiverState[] {
    return [...this.#outboxes.values()].map(({ state }) => state);
  }

  /** Takes these receivers from now on; what waits for one that is still among them goes where it is now. */
  setReceivers(receivers: readonly Receiver[]): void {
    const wanted = new Map(receivers.map((receiver) => [receiver.id, receiver]));
    for (const [id, outbox] of this.#outboxes) {
      const receiver = wanted.get(id);
      if (receiver) outbox.receiver = receiver;
      else this.#remove(id, outbox);
    }
    for (const [id, receiver] of wanted) {
      if (this.#outboxes.has(id)) continue;
      this.#outboxes.set(id, new Outbox(receiver, this.#start, this.limits, this.onTrouble));
    }
  }

  close(): void {
    this.#unsubscribe();
    for (const [id, outbox] of this.#outboxes) this.#remove(id, outbox);
  }

  #remove(id: string, outbox: Outbox): void {
    outbox.stop();
    this.#outboxes.delete(id);
  }
}
