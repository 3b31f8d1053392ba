/** How a UART can treat what the HAT sends. None of this is a fault of the HAT. */
export interface WireFaults {
  /** Every byte arrives by itself. */
  splits: boolean;
  /** How long bytes are collected before they arrive together, in milliseconds; 0 for not at all. */
  mergeMs: number;
  /** Share of the bytes that vanish, 0 to 1, in both directions. */
  lost: number;
  /** Share of the bytes with one wrong bit, 0 to 1, in both directions. */
  corrupted: number;
  /** Random bytes out of nowhere, in bytes per second. */
  noise: number;
}

export const goodWire: Readonly<WireFaults> = { splits: false, mergeMs: 0, lost: 0, corrupted: 0, noise: 0 };

const noiseEveryMs = 10;

/** The wires of a UART, as bad as wanted. */
export class BadWire {
  readonly faults: WireFaults = { ...goodWire };
  readonly #send: (bytes: Buffer) => void;
  readonly #noise: NodeJS.Timeout;
  #collected: Buffer[] = [];
  #owedNoise = 0;

  constructor(send: (bytes: Buffer) => void) {
    this.#send = send;
    this.#noise = setInterval(() => this.#makeNoise(), noiseEveryMs);
  }

  close(): void {
    clearInterval(this.#noise);
  }

  /** From the HAT to the host. */
  send(bytes: Buffer): void {
    const arriving = this.disturbed(bytes);
    const { splits, mergeMs } = this.faults;
    if (mergeMs > 0) this.#collect(arriving, mergeMs);
    else if (splits) for (const byte of arriving) setImmediate(() => this.#send(Buffer.from([byte])));
    else this.#send(arriving);
  }

  /** What is left of bytes in either direction. */
  disturbed(bytes: Buffer): Buffer {
    const { lost, corrupted } = this.faults;
    if (lost === 0 && corrupted === 0) return bytes;
    const arriving = [...bytes].filter(() => Math.random() >= lost);
    return Buffer.from(arriving.map((byte) => (Math.random() < corrupted ? byte ^ (1 << randomBelow(8)) : byte)));
  }

  #collect(bytes: Buffer, ms: number): void {
    this.#collected.push(bytes);
    if (this.#collected.length > 1) return;
    setTimeout(() => {
      this.#send(Buffer.concat(this.#collected));
      this.#collected = [];
    }, ms);
  }

  #makeNoise(): void {
    this.#owedNoise += (this.faults.noise * noiseEveryMs) / 1000;
    const due = Math.floor(this.#owedNoise);
    this.#owedNoise -= due;
    if (due > 0) this.#send(Buffer.from(Array.from({ length: due }, () => randomBelow(256))));
  }
}

const randomBelow = (limit: number): number => Math.floor(Math.random() * limit);
