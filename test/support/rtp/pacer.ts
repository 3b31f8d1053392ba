/** Something that does a piece of work every 20 ms. */
export interface Paced {
  tick(): void;
}

const slotMs = 5;
const slotCount = 4;

/**
 * One clock for all streams: each is called every 20 ms on average for ever, as late calls are made up for. The streams are spread
 * over four slots, so that many of them do not send in one burst.
 */
class Pacer {
  readonly #slots: readonly Set<Paced>[] = Array.from({ length: slotCount }, () => new Set<Paced>());
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;
  #due = 0;

  add(paced: Paced): void {
    const emptiest = this.#slots.reduce((least, slot) => (slot.size < least.size ? slot : least));
    emptiest.add(paced);
    if (this.#timer !== undefined) return;
    this.#due = performance.now();
    this.#run();
  }

  remove(paced: Paced): void {
    for (const slot of this.#slots) slot.delete(paced);
    if (this.#slots.some((slot) => slot.size > 0)) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #run(): void {
    for (; this.#due <= performance.now(); this.#due += slotMs) {
      this.#turn = (this.#turn + 1) % slotCount;
      for (const paced of this.#slots[this.#turn] ?? []) paced.tick();
    }
    this.#timer = setTimeout(() => this.#run(), Math.max(1, this.#due - performance.now()));
  }
}

export const pacer = new Pacer();
