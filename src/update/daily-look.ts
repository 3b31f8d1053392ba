import { createHash } from 'node:crypto';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const firstWithinMinutes = 60;
/** In an office where it always rings somewhere, it looks all the same. */
const longestWaitMs = 60 * minuteMs;

interface DailyPlace {
  /** Spreads the boxes of an area over the hour after its power cut; null where it is not known. */
  hardwareId(): string | null;
  /** Whether something goes on that goes first. */
  isBusy(): boolean;
  look(): Promise<unknown>;
  onError(error: unknown): void;
}

/** Looks for an update within the first hour of a box, and once a day from then on. */
export class DailyLook {
  readonly #timer: NodeJS.Timeout;
  #dueInMs: number | null = null;

  constructor(private readonly place: DailyPlace) {
    this.#timer = setInterval(() => this.#pass(), minuteMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #pass(): void {
    // Not before: right after its start a box may not know who it is.
    this.#dueInMs = (this.#dueInMs ?? firstLookMs(this.place.hardwareId())) - minuteMs;
    if (this.#dueInMs > 0 || (this.#dueInMs > -longestWaitMs && this.place.isBusy())) return;
    this.#dueInMs += dayMs;
    this.place.look().catch(this.place.onError);
  }
}

/** How long after its start a box looks for the first time. */
export function firstLookMs(hardwareId: string | null): number {
  const chance = createHash('sha256')
    .update(hardwareId ?? '')
    .digest()
    .readUInt32BE();
  return (1 + (chance % firstWithinMinutes)) * minuteMs;
}
