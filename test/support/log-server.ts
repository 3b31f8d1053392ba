import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { certificateOne } from './certificates.js';

type Certificate = typeof certificateOne | { readonly key: string; readonly certificate: string };

/** A server that takes syslog over TLS, by the counts of RFC 5425. */
export class LogServer {
  readonly #sockets = new Set<TLSSocket>();
  readonly #waiters = new Set<() => void>();
  readonly messages: string[] = [];
  connections = 0;

  private constructor(private readonly server: Server) {}

  /**
   * @param reads Whether it takes what it is sent.
   * @param says So many bytes it sends itself, again and again.
   */
  static async open({
    port = 0,
    address = '127.0.0.1',
    reads = true,
    says = 0,
    certificate = certificateOne as Certificate,
    requestCert = false,
  } = {}): Promise<LogServer> {
    const server = createServer({ cert: certificate.certificate, key: certificate.key, requestCert });
    const log = new LogServer(server);
    server.on('secureConnection', (socket) => log.#take(socket, reads, says));
    server.on('tlsClientError', () => {});
    server.listen(port, address);
    await once(server, 'listening');
    return log;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Waits for a message like this one. */
  async message(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.messages.find((message) => pattern.test(message));
      if (found !== undefined) return found;
      await this.#change();
    }
  }

  async connected(count: number): Promise<void> {
    while (this.connections < count) await this.#change();
  }

  /** Ends all connections in order, and goes on listening. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.end();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve));
  }

  #take(socket: TLSSocket, reads: boolean, says: number): void {
    this.#sockets.add(socket);
    if (says > 0) talkOn(socket, says);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    this.connections += 1;
    this.#changed();
    if (!reads) {
      socket.pause();
      return;
    }
    let rest = Buffer.alloc(0);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      for (let next = frameIn(rest); next; next = frameIn(rest)) {
        this.messages.push(next.message);
        rest = rest.subarray(next.end);
      }
      this.#changed();
    });
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiters.add(resolve));
  }

  #changed(): void {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const waiter of waiters) waiter();
  }
}

function talkOn(socket: TLSSocket, bytes: number): void {
  const timer = setInterval(() => socket.write(Buffer.alloc(bytes)), 20);
  socket.once('close', () => clearInterval(timer));
}

/** The first frame, if all of it is there. */
function frameIn(bytes: Buffer): { readonly message: string; readonly end: number } | null {
  const head = /^([1-9]\d*) /.exec(bytes.subarray(0, 16).toString('latin1'));
  if (!head) {
    if (bytes.length >= 16) throw new Error(`no frame begins with ${bytes.subarray(0, 16)}`);
    return null;
  }
  const start = head[0].length;
  const end = start + Number(head[1]);
  return bytes.length < end ? null : { message: bytes.subarray(start, end).toString(), end };
}
