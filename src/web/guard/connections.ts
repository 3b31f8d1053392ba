import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { sourceNetwork } from '../../admin/users/source-network.js';
import type { Limits } from './limits.js';

/** Counts connections, so that nobody takes all the places. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #byAddress = new Map<string, number>();
  readonly #waiting = new WeakMap<Socket, number>();
  readonly #surplus = new Set<Socket>();

  /** @param politely How many connections beyond the limits are told so; all others are closed without a word. */
  constructor(
    private readonly limits: Pick<Limits, 'connections' | 'connectionsPerAddress' | 'pipelined'>,
    private readonly politely = 0,
  ) {}

  get count(): number {
    return this.#sockets.size;
  }

  /** Closes connections of this server beyond the limit as soon as they are made. */
  watch(server: HttpServer | HttpsServer): void {
    server.on('connection', (socket: Socket) => this.#admit(socket));
  }

  /** Counts a request until it is answered. False if there are too many connections, or too many wait on this one, which is closed. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    if (this.#surplus.has(socket)) {
      response.writeHead(503, { connection: 'close', 'content-length': 0 }).end();
      return false;
    }
    const waiting = this.#waiting.get(socket) ?? 0;
    if (socket.destroyed || waiting >= this.limits.pipelined) {
      socket.destroy();
      return false;
    }
    this.#waiting.set(socket, waiting + 1);
    response.once('close', () => this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1));
    return true;
  }

  /** A server closes only those that have come as far as HTTP: one that is silent before TLS would keep the program from ending. */
  closeAll(): void {
    for (const socket of [...this.#sockets, ...this.#surplus]) socket.destroy();
  }

  #admit(socket: Socket): void {
    const address = sourceNetwork(socket.remoteAddress ?? '');
    const ofAddress = this.#byAddress.get(address) ?? 0;
    if (this.#sockets.size >= this.limits.connections || ofAddress >= this.limits.connectionsPerAddress) {
      this.#refuse(socket);
      return;
    }
    this.#sockets.add(socket);
    this.#byAddress.set(address, ofAddress + 1);
    socket.once('close', () => this.#release(socket, address));
  }

  #refuse(socket: Socket): void {
    if (this.#surplus.size >= this.politely) {
      socket.destroy();
      return;
    }
    this.#surplus.add(socket);
    socket.once('close', () => this.#surplus.delete(socket));
  }

  #release(socket: Socket, address: string): void {
    this.#sockets.delete(socket);
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#byAddress.set(address, left);
    else this.#byAddress.delete(address);
  }
}
