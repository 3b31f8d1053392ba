import { once } from 'node:events';
import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { sourceNetwork } from '../../admin/users/source-network.js';
import type { Limits } from './limits.js';

/** Counts connections, so that nobody takes all the places: where all are taken, whoever has fewer than another gets one of theirs. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  /** Oldest first. */
  readonly #byAddress = new Map<string, Set<Socket>>();
  readonly #waiting = new WeakMap<Socket, number>();
  readonly #surplus = new Set<Socket>();
  readonly #unanswered = new Set<ServerResponse>();

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
    this.#unanswered.add(response);
    response.once('close', () => {
      this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1);
      this.#unanswered.delete(response);
    });
    return true;
  }

  /** Resolves once all who wait for an answer now have it, after so many milliseconds at the latest. They ask for nothing more on their connections. */
  async answered(patienceMs: number): Promise<void> {
    const unanswered = [...this.#unanswered];
    for (const response of unanswered) if (!response.headersSent) response.setHeader('connection', 'close');
    const late = new AbortController();
    await Promise.race([
      Promise.allSettled(unanswered.map((response) => once(response, 'close'))),
      pause(patienceMs, undefined, { signal: late.signal, ref: false }),
    ]).finally(() => late.abort());
  }

  /** A server closes only those that have come as far as HTTP: one that is silent before TLS would keep the program from ending. */
  closeAll(): void {
    for (const socket of [...this.#sockets, ...this.#surplus]) socket.destroy();
  }

  #admit(socket: Socket): void {
    const address = sourceNetwork(socket.remoteAddress ?? '');
    const ofAddress = this.#byAddress.get(address) ?? new Set();
    if (ofAddress.size >= this.limits.connectionsPerAddress || !this.#makePlace(ofAddress.size)) {
      this.#refuse(socket);
      return;
    }
    this.#sockets.add(socket);
    this.#byAddress.set(address, ofAddress.add(socket));
    socket.once('close', () => this.#release(socket, address));
  }

  /** False where all places are taken and nobody has more than one above the share of who comes. */
  #makePlace(ofAddress: number): boolean {
    if (this.#sockets.size < this.limits.connections) return true;
    const [most] = [...this.#byAddress].sort(([, a], [, b]) => b.size - a.size);
    if (most === undefined || most[1].size <= ofAddress + 1) return false;
    const [address, sockets] = most;
    const [oldest] = sockets;
    const given = [...sockets].find((socket) => (this.#waiting.get(socket) ?? 0) === 0) ?? oldest;
    if (given === undefined) return false;
    given.destroy();
    // That it is closed is told later.
    this.#release(given, address);
    return true;
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
    const ofAddress = this.#byAddress.get(address);
    ofAddress?.delete(socket);
    if (ofAddress?.size === 0) this.#byAddress.delete(address);
  }
}
