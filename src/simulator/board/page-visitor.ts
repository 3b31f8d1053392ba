import type { RawData, WebSocket } from 'ws';
import { type BoardMessage, frameBytes, frameSamples, type Key, type PageAction } from '../page/messages.js';
import type { Person } from './mouth-and-ear.js';
import { pageAction } from './page-action.js';
import type { Port } from './port.js';
import type { SimulatedBoard } from './simulated-board.js';

/** The most frames queued for a page: one that does not keep up misses sound instead of hearing it late. */
const mostUnsent = 10;

/** Close code for what was not understood (RFC 6455, 7.4.1). */
const unsupportedData = 1003;

/** An open page: sees the board, has hands for it, and one ear and mouth. */
export class PageVisitor implements Person {
  readonly #socket: WebSocket;
  readonly #board: SimulatedBoard;
  #ear: Port | undefined;
  /** What the hands are on. */
  #heldKey: { readonly port: string; readonly key: Key } | undefined;
  #isHoldingButton = false;

  constructor(socket: WebSocket, board: SimulatedBoard) {
    this.#socket = socket;
    this.#board = board;
    const stopWatching = board.watch((state) => this.#send({ type: 'board', board: state }));
    socket.on('message', (data, isBinary) => this.#take(data, isBinary));
    socket.on('error', () => {});
    socket.on('close', () => {
      stopWatching();
      this.#letGo();
    });
    this.#send({ type: 'board', board: board.state });
    this.#send({ type: 'ear', port: null });
  }

  hear(frame: Int16Array): void {
    if (this.#socket.bufferedAmount > mostUnsent * frameBytes) return;
    const bytes = Buffer.alloc(frameBytes);
    for (const [index, sample] of frame.entries()) bytes.writeInt16LE(sample, index * 2);
    this.#socket.send(bytes);
  }

  onReplaced(): void {
    this.#ear = undefined;
    this.#send({ type: 'ear', port: null });
  }

  #take(data: RawData, isBinary: boolean): void {
    const isTaken = Buffer.isBuffer(data) && (isBinary ? this.#speak(data) : this.#act(data.toString()));
    if (!isTaken) this.#socket.close(unsupportedData);
  }

  #speak(bytes: Buffer): boolean {
    if (bytes.length !== frameBytes) return false;
    const frame = Int16Array.from({ length: frameSamples }, (_, index) => bytes.readInt16LE(index * 2));
    this.#ear?.mouthAndEar.speak(this, frame);
    return true;
  }

  #act(text: string): boolean {
    const action = understood(text);
    if (!action) return false;
    switch (action.do) {
      case 'pressButton':
      case 'releaseButton':
        this.#isHoldingButton = action.do === 'pressButton';
        this.#board.pressButton(this.#isHoldingButton);
        break;
      case 'listenAt':
        this.#listenAt(action.port);
        break;
      default:
        if (action.do === 'hold') this.#heldKey = action;
        this.#board.port(action.port)?.act(action);
    }
    return true;
  }

  #listenAt(name: string | null): void {
    this.#ear?.mouthAndEar.leave(this);
    this.#ear = name === null ? undefined : this.#board.port(name);
    this.#ear?.mouthAndEar.take(this);
    this.#send({ type: 'ear', port: this.#ear?.state.name ?? null });
  }

  /** No finger stays on a key when the page is closed. */
  #letGo(): void {
    this.#ear?.mouthAndEar.leave(this);
    if (this.#heldKey) this.#board.port(this.#heldKey.port)?.act({ ...this.#heldKey, do: 'release' });
    if (this.#isHoldingButton) this.#board.pressButton(false);
  }

  #send(message: BoardMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}

function understood(text: string): PageAction | undefined {
  try {
    return pageAction.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
