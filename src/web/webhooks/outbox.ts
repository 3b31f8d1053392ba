import { setTimeout as pause } from 'node:timers/promises';
import type { LiveEvent } from '../events/feed.js';
import type { Message } from './message.js';
import { isWorthRetrying, post } from './post.js';
import type { Receiver, ReceiverState, Trouble } from './receiver.js';

export interface DeliveryLimits {
  /** The most that may wait for one receiver. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** For one attempt from its beginning to its end. */
  readonly timeoutMs: number;
  /** How often one message is tried, and how long after the first failure; then twice as long each time, up to the longest. */
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const usualDeliveryLimits: DeliveryLimits = {
  waiting: 500,
  waitingBytes: 512 * 1024,
  timeoutMs: 10_000,
  attempts: 10,
  firstPauseMs: 1000,
  longestPauseMs: 300_000,
};

/** What all outboxes go by. */
export interface DeliveryPlace {
  readonly limits: DeliveryLimits;
  /** What the box takes the time to be, in milliseconds since 1970. */
  now(): number;
  /** Told when a receiver cannot be reached any more, and with null when it can again. */
  onTrouble(receiver: string, trouble: Trouble | null): void;
}

/** What waits for one receiver, sent one after another in the order in which it happened. */
export class Outbox {
  readonly #stop = new AbortController();
  readonly #waiting: Message[] = [];
  #bytes = 0;
  #sequence = 0;
  #delivered = 0;
  #lost = 0;
  #hasTrouble = false;
  #lastDelivery: string | null = null;
  #lastFault: ReceiverState['lastFault'] = null;
  #isRunning = false;

  /** @param start Tells apart the messages of this start of the box from those of an earlier one. */
  constructor(
    public receiver: Receiver,
    private readonly start: string,
    private readonly place: DeliveryPlace,
  ) {}

  get state(): ReceiverState {
    return {
      id: this.receiver.id,
      waiting: this.#waiting.length,
      delivered: this.#delivered,
      lost: this.#lost,
      lastDelivery: this.#lastDelivery,
      lastFault: this.#lastFault,
    };
  }

  /** Takes an event along; what is sent of it happens later. A gap in the sequence tells the receiver that something was lost. */
  push({ kind, at, data }: LiveEvent): void {
    this.#sequence += 1;
    const body = Buffer.from(JSON.stringify({ type: kind, timestamp: at, sequence: this.#sequence, data }));
    this.#waiting.push({ id: `${this.start}-${this.receiver.id}-${this.#sequence}`, body });
    this.#bytes += body.length;
    // The first is on its way.
    while (this.#waiting.length > 1 && this.#isFull) this.#drop(1);
    if (!this.#isRunning) void this.#run();
  }

  /** Sends a message of its own once, past what waits. */
  async test(id: string): Promise<Trouble | null> {
    const timestamp = new Date(this.place.now()).toISOString();
    const body = Buffer.from(JSON.stringify({ type: 'test', timestamp, sequence: 0, data: {} }));
    const trouble = await this.#attempt({ id: `${this.start}-${this.receiver.id}-test-${id}`, body });
    this.#note(trouble);
    return trouble;
  }

  stop(): void {
    this.#stop.abort();
  }

  get #isFull(): boolean {
    const { waiting, waitingBytes } = this.place.limits;
    return this.#waiting.length > waiting || this.#bytes > waitingBytes;
  }

  #drop(index: number): void {
    this.#lost += 1;
    this.#remove(index);
  }

  #remove(index: number): void {
    this.#bytes -= this.#waiting.splice(index, 1)[0]?.body.length ?? 0;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let next = this.#waiting[0]; next && !this.#stop.signal.aborted; next = this.#waiting[0]) {
      if (await this.#deliver(next)) {
        this.#delivered += 1;
        this.#remove(0);
      } else this.#drop(0);
    }
    this.#isRunning = false;
  }

  async #deliver(message: Message): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const trouble = await this.#attempt(message);
      if (this.#stop.signal.aborted) return false;
      this.#note(trouble);
      if (!trouble) return true;
      if (!isWorthRetrying(trouble) || attempt >= this.place.limits.attempts) return false;
      await pause(this.#pauseMs(attempt), undefined, { ref: false, signal: this.#stop.signal }).catch(() => {});
    }
  }

  #attempt(message: Message): Promise<Trouble | null> {
    const { limits, now } = this.place;
    return post(this.receiver, message, { unixTime: now(), timeoutMs: limits.timeoutMs, signal: this.#stop.signal });
  }

  /** With chance in it, so that many boxes do not come back to one receiver all at once. */
  #pauseMs(attempt: number): number {
    const { longestPauseMs, firstPauseMs } = this.place.limits;
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
    return longest * (0.5 + Math.random() / 2);
  }

  #note(trouble: Trouble | null): void {
    const at = new Date(this.place.now()).toISOString();
    if (trouble) this.#lastFault = { at, trouble };
    else this.#lastDelivery = at;
    const isNews = (trouble !== null) !== this.#hasTrouble;
    this.#hasTrouble = trouble !== null;
    if (isNews) this.place.onTrouble(this.receiver.id, trouble);
  }
}
