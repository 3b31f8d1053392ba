import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as connectSecurely, createServer as createSecureServer } from 'node:tls';

export interface SipAddress {
  readonly protocol: 'udp' | 'tcp' | 'tls';
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

/** Certificates in PEM form. */
export interface TransportTls {
  /** Shown to whoever connects to us, and to whom we connect if asked. */
  readonly key: string;
  readonly certificate: string;
  /** The far end's, or its issuer's; one that cannot be verified is not spoken to. */
  readonly ca: string;
}

/** Opens a socket on a free port of the address; TLS needs certificates. */
export function openTransport(
  protocol: SipAddress['protocol'],
  address: string,
  tls?: TransportTls,
): Promise<SipTransport> {
  if (protocol === 'udp') return UdpTransport.open(address);
  if (protocol === 'tcp') return StreamTransport.open(address, tcp);
  if (!tls) throw new Error('TLS needs certificates');
  return StreamTransport.open(address, overTls(tls));
}

/** How connections are accepted and made. */
interface Stream {
  readonly protocol: 'tcp' | 'tls';
  /** The event by which the server reports a connection that can be used. */
  readonly accepted: 'connection' | 'secureConnection';
  listen(): Server;
  connect(to: SipAddress): Socket;
}

const tcp: Stream = {
  protocol: 'tcp',
  accepted: 'connection',
  listen: () => createServer(),
  connect: ({ port, address }) => connect(port, address),
};

const overTls = ({ key, certificate: cert, ca }: TransportTls): Stream => ({
  protocol: 'tls',
  accepted: 'secureConnection',
  listen: () => createSecureServer({ key, cert, ca, requestCert: true, rejectUnauthorized: true }),
  connect: ({ port, address }) => connectSecurely({ port, host: address, key, cert, ca }),
});

/** What one process hears for many phones at once waits in the kernel, also while the process has to wait for a CPU. */
const receiveBuffer = 4 * 1024 * 1024; // octets; the kernel gives what net.core.rmem_max allows

class UdpTransport implements SipTransport {
  readonly local: SipAddress;
  receive: SipTransport['receive'] = () => {};
  readonly #socket: DatagramSocket;
  #closed = false;

  static async open(address: string): Promise<UdpTransport> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: receiveBuffer });
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
class StreamTransport implements SipTransport {
  readonly local: SipAddress;
  receive: SipTransport['receive'] = () => {};
  readonly #server: Server;
  readonly #connections = new Map<string, Socket>();

  static async open(address: string, stream: Stream): Promise<StreamTransport> {
    const server = stream.listen();
    server.listen(0, address);
    await once(server, 'listening');
    return new StreamTransport(server, address, stream);
  }

  private constructor(
    server: Server,
    address: string,
    private readonly stream: Stream,
  ) {
    const bound = server.address();
    const { protocol, accepted } = stream;
    this.#server = server;
    this.local = { protocol, address, port: typeof bound === 'object' && bound ? bound.port : 0 };
    server.on(accepted, (socket: Socket) =>
      this.#adopt(socket, { protocol, address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }),
    );
  }

  send(text: string, to: SipAddress): void {
    const known = this.#connections.get(keyOf(to));
    const socket = known ?? this.stream.connect(to);
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
