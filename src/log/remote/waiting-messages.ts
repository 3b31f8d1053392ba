export interface WaitingLimits {
  readonly messages: number;
  readonly bytes: number;
}

/** What is still to be sent, oldest first. Where there is no room for all of it, the oldest is lost, and counted. */
export class WaitingMessages {
  readonly #messages: Buffer[] = [];
  #bytes = 0;
  /** So many of them, from the first on, are on their way. */
  #underWay = 0;
  #lost = 0;

  constructor(private readonly limits: WaitingLimits) {}

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  add(message: Buffer): void {
    this.#messages.push(message);
    this.#bytes += message.length;
    while (this.#isFull && this.#messages.length > this.#underWay) {
      this.#remove(this.#underWay);
      this.#lost += 1;
    }
  }

  /** The next to be sent, which is on its way from then on. */
  next(): Buffer | undefined {
    const message = this.#messages[this.#underWay];
    if (message) this.#underWay += 1;
    return message;
  }

  /** The first of those on their way has left the box. */
  sent(): void {
    this.#remove(0);
    this.#underWay -= 1;
  }

  /** What was on its way is to be sent again. */
  takeBack(): void {
    this.#underWay = 0;
  }

  clear(): void {
    this.#messages.length = 0;
    [this.#bytes, this.#underWay, this.#lost] = [0, 0, 0];
  }

  /** How many were lost since this was last asked. */
  takeLost(): number {
    const lost = this.#lost;
    this.#lost = 0;
    return lost;
  }

  get #isFull(): boolean {
    return this.#messages.length > this.limits.messages || this.#bytes > this.limits.bytes;
  }

  #remove(index: number): void {
    this.#bytes -= this.#messages.splice(index, 1)[0]?.length ?? 0;
  }
}
