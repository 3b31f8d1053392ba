import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const headerBytes = 12;
/** A response, of an authority (RFC 1035, 4.1.1). */
const flags = 0x8400;
const typeA = 1;
const classInternet = 1;
const lifeSeconds = 60;
/** A pointer to the name of the question (4.1.4). */
const sameName = 0xc00c;

/** A nameserver that knows the address of some names, and nothing else of them or of others. */
export class Nameserver {
  /** The names that were asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly known: ReadonlyMap<string, string>,
  ) {
    socket.on('message', (question, from) => socket.send(this.answer(question), from.port, from.address));
  }

  /** Answers at this IPv6 address, at any free port. */
  static async open(address: string, known: Readonly<Record<string, string>>): Promise<Nameserver> {
    const socket = createSocket('udp6').bind(0, address);
    await once(socket, 'listening');
    return new Nameserver(socket, new Map(Object.entries(known)));
  }

  /** As resolv.conf has it. */
  get line(): string {
    const { address, port } = this.socket.address();
    return `nameserver [${address}]:${port}\n`;
  }

  close(): void {
    this.socket.close();
  }

  private answer(question: Buffer): Buffer {
    const { name, end } = nameIn(question);
    this.asked.push(name);
    const address = question.readUInt16BE(end) === typeA ? this.known.get(name) : undefined;
    const head = Buffer.from(question.subarray(0, headerBytes));
    head.writeUInt16BE(flags, 2);
    for (const [index, count] of [1, address === undefined ? 0 : 1, 0, 0].entries())
      head.writeUInt16BE(count, 4 + index * 2);
    const body = question.subarray(headerBytes, end + 4);
    return Buffer.concat([head, body, address === undefined ? Buffer.alloc(0) : record(address)]);
  }
}

function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function record(address: string): Buffer {
  const fixed = Buffer.alloc(headerBytes);
  fixed.writeUInt16BE(sameName, 0);
  fixed.writeUInt16BE(typeA, 2);
  fixed.writeUInt16BE(classInternet, 4);
  fixed.writeUInt32BE(lifeSeconds, 6);
  fixed.writeUInt16BE(4, 10);
  return Buffer.concat([fixed, Buffer.from(address.split('.').map(Number))]);
}
