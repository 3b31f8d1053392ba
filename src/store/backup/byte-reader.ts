/** Takes bytes from a stream by their count. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly this many; null if the stream ends first. For small counts only. */
  async take(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    for await (const part of this.pass(count)) {
      if (part === null) return null;
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** This many, in pieces as they arrive; a final null if the stream ends first. */
  async *pass(count: number): AsyncGenerator<Buffer | null> {
    for (let left = count; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#fill())) {
        yield null;
        return;
      }
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    return this.#held.length === 0 && !(await this.#fill());
  }

  /** Whether there was anything more. */
  async #fill(): Promise<boolean> {
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) {
      if (next.value.length === 0) continue;
      this.#held = Buffer.from(next.value);
      return true;
    }
    return false;
  }
}
