import { rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { type Paced, pacer } from '../rtp/pacer.js';
import type { Recording } from './recording.js';

const sampleRate = 8000;
const samplesPerFrame = 160;
const bytesPerFrame = 2 * samplesPerFrame;
/** What is kept of what was heard. */
const memorySamples = 60 * sampleRate;

/**
 * The sound device of an analog line as the box meets it: a unix socket that, at a pace of its own, sends a frame of 20 ms and
 * takes what comes.
 */
export class SoundDeviceDouble implements Paced {
  readonly #server: Server;
  readonly #path: string;
  #socket: Socket | undefined;
  #voice: Int16Array = new Int16Array(samplesPerFrame);
  #position = 0;
  #rest: Buffer = Buffer.alloc(0);
  #heard: number[] = [];
  /** How often somebody has connected. */
  connections = 0;

  static async listen(path: string): Promise<SoundDeviceDouble> {
    await rm(path, { force: true });
    const server = createServer();
    const device = new SoundDeviceDouble(server, path);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    pacer.add(device);
    return device;
  }

  private constructor(server: Server, path: string) {
    this.#server = server;
    this.#path = path;
    server.on('connection', (socket) => this.#accept(socket));
  }

  get path(): string {
    return this.#path;
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** Sends this over and over. */
  say({ samples }: Recording): void {
    this.#voice = samples;
    this.#position = 0;
  }

  /** Sends all of this at once, however long it is. */
  burst(samples: Int16Array): void {
    this.#socket?.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  }

  /** The last of what came in. */
  heard(ms: number): Recording {
    return { sampleRate, samples: Int16Array.from(this.#heard.slice((-ms * sampleRate) / 1000)) };
  }

  tick(): void {
    const frame = Int16Array.from(
      { length: samplesPerFrame },
      (_, index) => this.#voice[(this.#position + index) % this.#voice.length] ?? 0,
    );
    this.#position += samplesPerFrame;
    this.burst(frame);
  }

  /** Says nothing any more, and keeps the connection. */
  freeze(): void {
    pacer.remove(this);
  }

  close(): void {
    this.freeze();
    this.#socket?.destroy();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    this.#socket?.destroy();
    this.#socket = socket;
    this.connections += 1;
    this.#rest = Buffer.alloc(0);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
    });
  }

  #take(bytes: Buffer): void {
    let rest = Buffer.concat([this.#rest, bytes]);
    for (; rest.length >= bytesPerFrame; rest = rest.subarray(bytesPerFrame))
      for (let index = 0; index < bytesPerFrame; index += 2) this.#heard.push(rest.readInt16LE(index));
    this.#rest = rest;
    if (this.#heard.length > 2 * memorySamples) this.#heard = this.#heard.slice(-memorySamples);
  }
}
