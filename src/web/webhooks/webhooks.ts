import { randomBytes } from 'node:crypto';
import type { Feed } from '../events/feed.js';
import { type DeliveryPlace, Outbox } from './outbox.js';
import type { Receiver, ReceiverState, Trouble } from './receiver.js';

/** Notifies receivers elsewhere of what happens. Nothing waits for them. */
export class Webhooks {
  readonly #start = randomBytes(6).toString('hex');
  readonly #outboxes = new Map<string, Outbox>();
  readonly #unsubscribe: () => void;

  constructor(
    feed: Feed,
    private readonly place: DeliveryPlace,
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

  /** Sends one of them a message of its own, past what waits; undefined where there is none of this ID. */
  async test(id: string): Promise<Trouble | null | undefined> {
    return this.#outboxes.get(id)?.test(randomBytes(6).toString('hex'));
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
      this.#outboxes.set(id, new Outbox(receiver, this.#start, this.place));
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
