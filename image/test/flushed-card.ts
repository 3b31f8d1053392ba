import { once } from 'node:events';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';

/** In bytes: what a card keeps or loses as one. */
const blockSize = 4096;

/** The protocol of network block devices, as far as QEMU uses it: numbers of github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md. */
const nbd = {
  greeting: Buffer.from('NBDMAGICIHAVEOPT\0\x03', 'latin1'),
  /** Flags of a disk that can flush. */
  flags: 0b101,
  go: 7,
  ack: 1,
  info: 3,
  unsupported: 0x80000001,
  read: 0,
  write: 1,
  disconnect: 2,
  flush: 3,
  invalid: 22,
} as const;

/**
 * A card whose memory keeps what was flushed, and of the rest, when the power is cut, some blocks and some not, in no order. QEMU uses it
 * over a socket.
 */
export class FlushedCard {
  /** What was written since the last flush, by number of the block. */
  readonly #pending = new Map<number, Buffer>();
  /** Whoever uses it, until all that they have asked for is done. */
  readonly #users = new Map<Socket, Promise<void>>();

  private constructor(
    private readonly file: FileHandle,
    private readonly size: number,
    private readonly server: Server,
    private readonly keeps: (after: 'flush' | 'powerCut') => boolean,
  ) {}

  /** @param keeps Whether a block that was written gets as far as the memory; asked at a flush, and when the power is cut. */
  static async open(
    path: string,
    socket: string,
    keeps: (after: 'flush' | 'powerCut') => boolean,
  ): Promise<FlushedCard> {
    const file = await open(path, 'r+');
    const { size } = await file.stat();
    await rm(socket, { force: true });
    const server = createServer();
    const card = new FlushedCard(file, size, server, keeps);
    server.on('connection', (user) => card.#admit(user));
    server.listen(socket);
    await once(server, 'listening');
    return card;
  }

  /** Of what was not flushed some blocks are lost. */
  async losePower(): Promise<void> {
    await this.#dismiss();
    await this.#store('powerCut');
    this.#pending.clear();
  }

  async close(): Promise<void> {
    await this.#dismiss();
    this.server.close();
    await this.file.close();
  }

  #admit(socket: Socket): void {
    socket.on('error', () => {});
    // Whoever is killed says no good-bye.
    const served = this.#serve(socket).catch(() => {});
    this.#users.set(
      socket,
      served.then(() => {
        socket.destroy();
        this.#users.delete(socket);
      }),
    );
  }

  async #dismiss(): Promise<void> {
    for (const socket of this.#users.keys()) socket.destroy();
    await Promise.all(this.#users.values());
  }

  async #serve(socket: Socket): Promise<void> {
    const incoming = new Incoming(socket);
    socket.write(nbd.greeting);
    await incoming.bytes(4);
    await this.#agree(incoming, socket);
    while (await this.#answer(incoming, socket));
  }

  /** Nothing is agreed upon but which disk it is. */
  async #agree(incoming: Incoming, socket: Socket): Promise<void> {
    for (;;) {
      const head = await incoming.bytes(16);
      const option = head.readUInt32BE(8);
      await incoming.bytes(head.readUInt32BE(12));
      const reply = (type: number, data = Buffer.alloc(0)) => {
        const answer = Buffer.alloc(20);
        answer.writeBigUInt64BE(0x3e889045565a9n);
        answer.writeUInt32BE(option, 8);
        answer.writeUInt32BE(type, 12);
        answer.writeUInt32BE(data.length, 16);
        socket.write(Buffer.concat([answer, data]));
      };
      if (option !== nbd.go) {
        reply(nbd.unsupported);
        continue;
      }
      const disk = Buffer.alloc(12);
      disk.writeBigUInt64BE(BigInt(this.size), 2);
      disk.writeUInt16BE(nbd.flags, 10);
      reply(nbd.info, disk);
      reply(nbd.ack);
      return;
    }
  }

  /** False once there is nothing more to come. */
  async #answer(incoming: Incoming, socket: Socket): Promise<boolean> {
    const request = await incoming.bytes(28);
    const [type, offset, length] = [
      request.readUInt16BE(6),
      Number(request.readBigUInt64BE(16)),
      request.readUInt32BE(24),
    ];
    const answer = Buffer.alloc(16);
    answer.writeUInt32BE(0x67446698);
    request.copy(answer, 8, 8, 16);
    if (type === nbd.disconnect) return false;
    if (type === nbd.read) socket.write(Buffer.concat([answer, await this.#read(offset, length)]));
    else {
      if (type === nbd.write) await this.#write(offset, await incoming.bytes(length));
      else if (type === nbd.flush) await this.#store('flush');
      else answer.writeUInt32BE(nbd.invalid, 4);
      socket.write(answer);
    }
    return true;
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    const content = Buffer.alloc(length);
    await this.file.read(content, 0, length, offset);
    for (const { number, within, at, amount } of blocksOf(offset, length))
      this.#pending.get(number)?.copy(content, at, within, within + amount);
    return content;
  }

  async #write(offset: number, content: Buffer): Promise<void> {
    for (const { number, within, at, amount } of blocksOf(offset, content.length)) {
      const block = amount === blockSize ? Buffer.alloc(blockSize) : await this.#read(number * blockSize, blockSize);
      content.copy(block, within, at, at + amount);
      this.#pending.set(number, block);
    }
  }

  async #store(after: 'flush' | 'powerCut'): Promise<void> {
    for (const [number, block] of this.#pending) {
      if (!this.keeps(after)) continue;
      await this.file.write(block, 0, blockSize, number * blockSize);
      this.#pending.delete(number);
    }
  }
}

/** The parts of a stretch of the card that lie in one block each. */
function* blocksOf(offset: number, length: number) {
  for (let at = 0; at < length; ) {
    const [number, within] = [Math.floor((offset + at) / blockSize), (offset + at) % blockSize];
    const amount = Math.min(blockSize - within, length - at);
    yield { number, within, at, amount };
    at += amount;
  }
}

/** What comes over a socket, by length. */
class Incoming {
  #pieces: Buffer[] = [];
  #length = 0;
  #wake: () => void = () => {};
  #isOver = false;

  constructor(socket: Socket) {
    socket.on('data', (piece: Buffer) => {
      this.#pieces.push(piece);
      this.#length += piece.length;
      this.#wake();
    });
    socket.once('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** @throws when the socket is closed before. */
  async bytes(length: number): Promise<Buffer> {
    while (this.#length < length) {
      if (this.#isOver) throw new Error('the socket was closed');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all.subarray(length)];
    this.#length = all.length - length;
    return all.subarray(0, length);
  }
}
