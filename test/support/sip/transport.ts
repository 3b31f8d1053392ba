import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface SipAddress {
  readonly protocol: 'udp' | 'tcp';
  readonly address: string;
  readonly port: number;
}

export interface SipTransport {
  readonly local: SipAddress;
  /** Called with each message that arrives; those that come before it is set are lost. */
  receive: (text: string, from: SipAddress) => void;
  send(text: string, to: SipAddress): void;
  close(): void;
}

/** Opens a socket on a free port of the address. */
export function openTransport(protocol: 'udp' | 'tcp', address: string): Promise<SipTransport> {
  return protocol === 'udp' ? UdpTransport.open(address) : TcpTransport.open(address);
}

class UdpTransport implements SipTransport {
  readonly local: SipAddress;
  receive: SipTransport['receive'] = () => {};
  readonly #socket: DatagramSocket;
  #closed = false;

  static async open(address: string): Promise<UdpTransport> {
    const socket = createSocket('udp4');
    socket.bind(0, address);
    await once(socket, 'listening');
    return new UdpTransport(socket);
  }

  private constructor(socket: DatagramSocket) {
    this.#socket = socket;
    this.local = { protocol: 'udp', address: socket.address().address, port: socket.address().port };
    socket.on('message', (data, { address, port }) =>
      this.receive(data.toString(), { protocol: 'udp', address, port }),
    );
    socket.on('error', () => {}); // an unreachable peer shows as a transaction that times out
  }

  send(text: string, to: SipAddress): void {
    if (!this.#closed) this.#socket.send(text, to.port, to.address);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }
}

/** Listens, and keeps one connection per far end, whoever opened it. */
class TcpTransport implements SipTransport {
  readonly local: SipAddress;
  receive: SipTransport['receive'] = () => {};
  readonly #server: Server;
  readonly #connections = new Map<string, Socket>();

  static async open(address: string): Promise<TcpTransport> {
    const server = createServer();
    server.listen(0, address);
    await once(server, 'listening');
    return new TcpTransport(server, address);
  }

  private constructor(server: Server, address: string) {
    const bound = server.address();
    this.#server = server;
    this.local = { protocol: 'tcp', address, port: typeof bound === 'object' && bound ? bound.port : 0 };
    server.on('connection', (socket) =>
      this.#adopt(socket, { protocol: 'tcp', address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }),
    );
  }

  send(text: string, to: SipAddress): void {
    const known = this.#connections.get(keyOf(to));
    const socket = known ?? connect(to.port, to.address);
    if (!known) this.#adopt(socket, to);
    socket.write(text);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#connections.values()) socket.destroy();
  }

  #adopt(socket: Socket, from: SipAddress): void {
    const key = keyOf(from);
    let pending = '';
    this.#connections.set(key, socket);
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const { messages, rest } = splitStream(pending + text);
      pending = rest;
      for (const message of messages) this.receive(message, from);
    });
    socket.on('error', () => {}); // 'close' follows
    socket.on('close', () => this.#connections.delete(key));
  }
}

function keyOf({ address, port }: SipAddress): string {
  return `${address}:${port}`;
}

/** Cuts a stream into messages by Content-Length (RFC 3261, 18.3); blank lines between them are keep-alives. */
export function splitStream(stream: string): { messages: string[]; rest: string } {
  const messages: string[] = [];
  let rest = stream.trimStart();
  for (;;) {
    const head = rest.indexOf('\r\n\r\n');
    const length = Number(/^(?:content-length|l)\s*:\s*(\d+)/im.exec(rest.slice(0, Math.max(0, head)))?.[1] ?? 0);
    if (head < 0 || rest.length < head + 4 + length) return { messages, rest };
    messages.push(rest.slice(0, head + 4 + length));
    rest = rest.slice(head + 4 + length).trimStart();
  }
}
