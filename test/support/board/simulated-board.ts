import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startBoardProcess } from '../../../src/appliance/board-process.js';
import type { Recording } from '../audio/recording.js';

type BoardProcess = Awaited<ReturnType<typeof startBoardProcess>>;

export const buttonCode = 148;
const frameBytes = 320;
const frameMs = 20;

/** One `struct input_event` of 64 bit Linux. */
export interface InputEvent {
  readonly seconds: number;
  readonly type: number;
  readonly code: number;
  readonly value: number;
}

/** The simulated board as its own process, in a folder of its own, seen from the side of the box. */
export class Board {
  readonly folder: string;
  #process: BoardProcess;

  private constructor(folder: string, board: BoardProcess) {
    this.folder = folder;
    this.#process = board;
  }

  static async start(pagePort = 0): Promise<Board> {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-board-'));
    try {
      return new Board(folder, await run(folder, pagePort));
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Where the page is. */
  get url(): string {
    return `http://127.0.0.1:${this.#process.page.port}`;
  }

  tty(port: string): string {
    return join(this.folder, `${port}.tty`);
  }

  async light(lamp: 'monitor' | 'status', isOn: boolean): Promise<void> {
    const file = await open(join(this.folder, 'leds', lamp, 'brightness'), 'r+');
    await file.write(isOn ? '255\n' : '000\n');
    await file.close();
  }

  /** Opens the sound channel of a port. */
  async sound(port: string): Promise<BoardSound> {
    const socket = createConnection(join(this.folder, `${port}.audio`));
    await once(socket, 'connect');
    return new BoardSound(socket);
  }

  /** Reads so many events of the button. */
  async buttonEvents(count: number): Promise<InputEvent[]> {
    const file = await open(join(this.folder, 'button'), 'r');
    const events: InputEvent[] = [];
    const buffer = Buffer.alloc(24);
    while (events.length < count) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead !== buffer.length) throw new Error(`${bytesRead} bytes are no event`);
      events.push({
        seconds: Number(buffer.readBigInt64LE(0)) + Number(buffer.readBigInt64LE(8)) / 1e6,
        type: buffer.readUInt16LE(16),
        code: buffer.readUInt16LE(18),
        value: buffer.readInt32LE(20),
      });
    }
    await file.close();
    return events;
  }

  /** Takes the board away and brings another one to the same place. */
  async replace(meanwhile: () => Promise<void>): Promise<void> {
    const { port } = this.#process.page;
    await this.#process.stop();
    await meanwhile();
    this.#process = await run(this.folder, port);
  }

  async remove(): Promise<void> {
    await this.#process.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function run(folder: string, port: number): Promise<BoardProcess> {
  const board = await startBoardProcess(
    {
      folder,
      ports: [
        { name: 'handset', kind: 'fxs' },
        { name: 'phone1', kind: 'fxs' },
        { name: 'line1', kind: 'fxo' },
      ],
      buttonCode,
      page: { address: '127.0.0.1', port },
    },
    new AbortController().signal,
  );
  board.showLabels({
    handset: { name: 'Handset', number: '120' },
    phone1: { name: 'Phone 1', number: '121' },
    line1: { name: 'Exchange line 1', number: '0' },
  });
  return board;
}

/** The sound channel of a port as the box has it. */
export class BoardSound {
  readonly #socket: Socket;
  #heard: Buffer[] = [];
  #speaking: NodeJS.Timeout | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#heard.push(bytes));
  }

  /** Plays the recording again and again, a frame every 20 ms. It must be whole frames of 8 kHz. */
  speak({ samples }: Recording): void {
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    const began = performance.now();
    let frames = 0;
    this.#speaking = setInterval(() => {
      for (; frames * frameMs <= performance.now() - began; frames++) {
        const at = (frames * frameBytes) % bytes.length;
        this.#socket.write(bytes.subarray(at, at + frameBytes));
      }
    }, frameMs);
  }

  /** What comes from the far end in the next so many milliseconds. */
  async listen(ms: number): Promise<Recording> {
    this.#heard = [];
    await pause(ms);
    const bytes = Buffer.concat(this.#heard);
    const samples = Int16Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) =>
      bytes.readInt16LE(index * 2),
    );
    return { sampleRate: 8000, samples };
  }

  close(): void {
    clearInterval(this.#speaking);
    this.#socket.destroy();
  }
}
