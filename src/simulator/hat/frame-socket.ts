import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { samplesPerFrame } from './oscillator.js';
import type { SoundEnd } from './sound.js';

export const bytesPerFrame = samplesPerFrame * 2;

/** The longest delay of a sender in bursts, in frames; older sound is dropped. */
const mostWaiting = 10;

/** A unix socket on which sound goes in and out in frames of 20 ms (PROTOCOL.md, 8). */
export class FrameSocket implements SoundEnd {
  readonly #server: Server;
  #socket: Socket | undefined;
  #waiting: Int16Array[] = [];
  #rest: Buffer = Buffer.alloc(0);

  private constructor(server: Server) {
    this.#server = server;
  }

  static async listen(path: string): Promise<FrameSocket> {
    await rm(path, { force: true });
    const server = createServer();
    const frames = new FrameSocket(server);
    server.on('connection', (socket) => frames.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    // Later errors (no more descriptors) concern one connection only.
    server.on('error', () => {});
    return frames;
  }

  /** What came next; undefined when nothing has. */
  next(): Int16Array | undefined {
    return this.#waiting.shift();
  }

  /** Sends a frame, unless the other side does not keep up. */
  send(frame: Int16Array): void {
    const socket = this.#socket;
    if (!socket || socket.writableLength > mostWaiting * bytesPerFrame) return;
    const bytes = Buffer.alloc(bytesPerFrame);
    for (const [index, sample] of frame.entries()) bytes.writeInt16LE(sample, index * 2);
    socket.write(bytes);
  }

  close(): void {
    this.#socket?.destroy();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    this.#socket?.destroy();
    this.#socket = socket;
    this.#waiting = [];
    this.#rest = Buffer.alloc(0);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
  }

  #take(bytes: Buffer): void {
    let rest = Buffer.concat([this.#rest, bytes]);
    while (rest.length >= bytesPerFrame) {
      const frame = rest;
      this.#waiting.push(Int16Array.from({ length: samplesPerFrame }, (_, index) => frame.readInt16LE(index * 2)));
      rest = rest.subarray(bytesPerFrame);
    }
    this.#rest = rest;
    this.#waiting = this.#waiting.slice(-mostWaiting);
  }
}
