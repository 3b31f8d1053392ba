import type { EventKind } from '../../admin/event-kinds.js';
import type { Caller } from '../../admin/operation.js';
import type { Access } from '../access/access.js';
import { RequestProblem } from '../problem/problem.js';
import { EventRing, type RingEntry } from './event-ring.js';
import type { Feed } from './feed.js';

/** One who watches. */
export interface Watcher {
  readonly caller: Caller;
  readonly kinds: ReadonlySet<EventKind>;
  /** The last event that the watcher knows; undefined for a new one. */
  readonly lastId: string | undefined;
  /** Who the caller is by now: null once the session has ended. Called at every heartbeat, and whenever somebody has lost a right. */
  renewed(): Promise<Caller | null>;
}

export interface StreamLimits {
  /** Most watchers at a time. */
  readonly streams: number;
  /** Most of one person or program, so that none of them takes all the places. */
  readonly streamsOfOne: number;
  /** What may wait for a watcher who reads slowly, in bytes. */
  readonly unread: number;
  readonly heartbeatMs: number;
}

export const usualStreamLimits: StreamLimits = {
  streams: 32,
  streamsOfOne: 12,
  unread: 128 * 1024,
  heartbeatMs: 15_000,
};

/** After this many milliseconds a browser that was cut off comes back. */
const opening = Buffer.from('retry: 3000\n\n');
/** An event, not a comment: a page is not told of comments. */
const heartbeat = Buffer.from('event: beat\ndata: {}\n\n');
/** Says that events are missing: what is shown has to be fetched anew. */
const reset = Buffer.from('event: reset\ndata: {}\n\n');
/** Says why the stream ends. */
const tooSlow = Buffer.from('event: cut\ndata: {"reason":"tooSlow"}\n\n');
const signedOut = Buffer.from('event: cut\ndata: {"reason":"signedOut"}\n\n');

/** Sends events to all watchers. A slow reader holds nothing up, but is cut off. */
export class EventStreams {
  readonly #ring = new EventRing();
  readonly #streams = new Set<EventStream>();
  readonly #unsubscribe: readonly (() => void)[];
  #cut = 0;

  /** @param rights Tell when somebody has lost theirs: no watcher sees what comes after that. */
  constructor(
    feed: Feed,
    private readonly limits: StreamLimits,
    rights: Pick<Access, 'onEnded'>,
  ) {
    this.#unsubscribe = [
      feed.subscribe((event) => {
        const entry = this.#ring.add(event);
        for (const stream of this.#streams) stream.tell(entry);
      }),
      rights.onEnded(() => {
        for (const stream of this.#streams) void stream.beat();
      }),
    ];
  }

  get count(): number {
    return this.#streams.size;
  }

  /** How many were cut off because they read too slowly. */
  get cut(): number {
    return this.#cut;
  }

  open(watcher: Watcher): ReadableStream<Uint8Array> {
    const own = [...this.#streams].filter((stream) => stream.isOf(watcher.caller));
    if (this.#streams.size >= this.limits.streams || own.length >= this.limits.streamsOfOne) {
      throw new RequestProblem({ code: 'request.tooManyStreams' }, { headers: { 'retry-after': '10' } });
    }
    const missed = this.#missedBy(watcher);
    const stream = new EventStream(watcher, this.limits, (isSlow) => {
      this.#streams.delete(stream);
      if (isSlow) this.#cut += 1;
    });
    this.#streams.add(stream);
    if (missed) for (const entry of missed) stream.tell(entry);
    else stream.send(reset);
    return stream.readable;
  }

  /** Null if it cannot be sent: it is too long ago, or too much at once. */
  #missedBy({ lastId, kinds }: Watcher): readonly RingEntry[] | null {
    const missed = lastId === undefined ? [] : this.#ring.since(lastId, kinds);
    const bytes = missed?.reduce((sum, { frame }) => sum + frame.length, 0) ?? 0;
    return bytes > this.limits.unread / 2 ? null : missed;
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const stream of this.#streams) stream.end();
  }
}

/** One watcher's stream. What is written waits here until it is read, up to the limit. */
class EventStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #heartbeat: NodeJS.Timeout;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #caller: Caller;

  constructor(
    private readonly watcher: Watcher,
    limits: StreamLimits,
    private readonly onEnd: (isSlow: boolean) => void,
  ) {
    this.#caller = watcher.caller;
    this.readable = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => this.#finish(false),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: limits.unread }),
    );
    this.#heartbeat = setInterval(() => void this.beat(), limits.heartbeatMs);
    this.send(opening);
  }

  isOf({ kind, name }: Caller): boolean {
    return this.#caller.kind === kind && this.#caller.name === name;
  }

  tell({ kind, frame, isFor }: RingEntry): void {
    if (this.watcher.kinds.has(kind) && isFor(this.#caller)) this.send(frame);
  }

  send(frame: Uint8Array): void {
    if (!this.#controller) return;
    if ((this.#controller.desiredSize ?? 0) < frame.length) this.end(tooSlow);
    else this.#controller.enqueue(frame);
  }

  end(farewell?: Uint8Array): void {
    const controller = this.#controller;
    this.#finish(farewell === tooSlow);
    if (farewell) controller?.enqueue(farewell);
    controller?.close();
  }

  /** Says that the box is there, to whoever may still watch. */
  async beat(): Promise<void> {
    const caller = await this.watcher.renewed().catch(() => null);
    if (!caller) this.end(signedOut);
    else {
      this.#caller = caller;
      this.send(heartbeat);
    }
  }

  #finish(isSlow: boolean): void {
    if (!this.#controller) return;
    this.#controller = undefined;
    clearInterval(this.#heartbeat);
    this.onEnd(isSlow);
  }
}
