import type { BoardMessage, PageAction } from './messages.js';

const retryMs = 1000;

export interface ConnectionEvents {
  onMessage(message: BoardMessage): void;
  /** A frame of sound: 160 samples of 16 bit, 8 kHz. */
  onSound(frame: Int16Array<ArrayBuffer>): void;
  onLost(): void;
}

/** The connection to the simulated board; reconnects by itself. */
export class Connection {
  readonly #events: ConnectionEvents;
  #socket: WebSocket | undefined;

  constructor(events: ConnectionEvents) {
    this.#events = events;
    this.#open();
  }

  /** What cannot be sent at once is dropped: an action must not happen late. */
  act(action: PageAction): void {
    this.#send(JSON.stringify(action));
  }

  speak(frame: Int16Array<ArrayBuffer>): void {
    this.#send(frame);
  }

  #send(data: string | Int16Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  #open(): void {
    const socket = new WebSocket(`ws://${location.host}/board`);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') this.#events.onMessage(JSON.parse(data));
      else this.#events.onSound(new Int16Array(data));
    };
    socket.onclose = () => {
      this.#events.onLost();
      setTimeout(() => this.#open(), retryMs);
    };
    this.#socket = socket;
  }
}
