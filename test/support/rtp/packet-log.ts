/** One RTP packet as it was sent or received (RFC 3550, 5.1). */
export interface PacketRecord {
  readonly payloadType: number;
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly at: number;
  readonly payload: Uint8Array;
}

const headerBytes = 12;
const firstCapacity = 512;

/** Keeps packets in flat arrays, which grow: recording a packet makes no objects. */
export class PacketLog {
  readonly #slotBytes: number;
  #count = 0;
  #bytes = new Uint8Array(0);
  #lengths = new Uint16Array(0);
  #times = new Float64Array(0);

  /** Of longer payloads only so many octets are kept. */
  constructor(keptPayload: number) {
    this.#slotBytes = headerBytes + keptPayload;
  }

  get length(): number {
    return this.#count;
  }

  /** Keeps a packet without CSRC list or extension. */
  add(packet: Uint8Array, at: number): void {
    if (this.#count === this.#times.length) this.#grow();
    const kept = packet.length > this.#slotBytes ? packet.subarray(0, this.#slotBytes) : packet;
    this.#bytes.set(kept, this.#count * this.#slotBytes);
    this.#lengths[this.#count] = kept.length;
    this.#times[this.#count] = at;
    this.#count += 1;
  }

  /** The packet at the index, from 0 to `length` - 1. */
  at(index: number): PacketRecord {
    const start = index * this.#slotBytes;
    const length = this.#lengths[index];
    const at = this.#times[index];
    if (index >= this.#count || length === undefined || at === undefined) throw new RangeError(`no packet ${index}`);
    const view = new DataView(this.#bytes.buffer, start, headerBytes);
    const second = view.getUint8(1);
    return {
      payloadType: second & 0x7f,
      marker: second >= 0x80,
      sequence: view.getUint16(2),
      timestamp: view.getUint32(4),
      ssrc: view.getUint32(8),
      at,
      payload: this.#bytes.subarray(start + headerBytes, start + length),
    };
  }

  /** When the packet at the index came or went, without making a record of it. */
  timeAt(index: number): number {
    return this.#times[index] ?? Number.NaN;
  }

  /** Records from the first one at or after a moment. */
  since(moment: number): PacketRecord[] {
    let first = this.#count;
    while (first > 0 && this.timeAt(first - 1) >= moment) first -= 1;
    return Array.from({ length: this.#count - first }, (_, index) => this.at(first + index));
  }

  #grow(): void {
    const capacity = Math.max(firstCapacity, this.#times.length * 2);
    const bytes = new Uint8Array(capacity * this.#slotBytes);
    const lengths = new Uint16Array(capacity);
    const times = new Float64Array(capacity);
    bytes.set(this.#bytes);
    lengths.set(this.#lengths);
    times.set(this.#times);
    this.#bytes = bytes;
    this.#lengths = lengths;
    this.#times = times;
  }
}
