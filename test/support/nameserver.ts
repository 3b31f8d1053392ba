import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const headerBytes = 12;
/** A response, of an authority (RFC 1035, 4.1.1). */
const flags = 0x8400;
const typeA = 1;
/** RFC 2782. */
const typeSrv = 33;
const classInternet = 1;
const lifeSeconds = 60;
/** A pointer to the name of the question (4.1.4). */
const sameName = 0xc00c;

/** Where a service is to be had, as a name and a port. */
export interface Service {
  readonly target: string;
  readonly port: number;
}

/** A nameserver that knows the address of some names, and where some services are; nothing else of them or of others. */
export class Nameserver {
  /** The names that were asked for. */
  readonly asked: string[] = [];

  private constructor(
    private readonly socket: Socket,
    private readonly known: ReadonlyMap<string, string>,
    private readonly services: ReadonlyMap<string, Service>,
  ) {
    socket.on('message', (question, from) => socket.send(this.answer(question), from.port, from.address));
  }

  /** Answers at this IPv6 address, at any free port. */
  static async open(
    address: string,
    known: Readonly<Record<string, string>>,
    services: Readonly<Record<string, Service>> = {},
  ): Promise<Nameserver> {
    const socket = createSocket('udp6').bind(0, address);
    await once(socket, 'listening');
    return new Nameserver(socket, new Map(Object.entries(known)), new Map(Object.entries(services)));
  }

  /** As resolv.conf has it. */
  get line(): string {
    const { address, port } = this.socket.address();
    return `nameserver [${address}]:${port}\n`;
  }

  /** Where it answers. */
  get address(): string {
    return this.line.trim().replace(/^nameserver /, '');
  }

  close(): void {
    this.socket.close();
  }

  private answer(question: Buffer): Buffer {
    const { name, end } = nameIn(question);
    this.asked.push(name);
    const found = this.recordOf(name, question.readUInt16BE(end));
    const head = Buffer.from(question.subarray(0, headerBytes));
    head.writeUInt16BE(flags, 2);
    for (const [index, count] of [1, found.length > 0 ? 1 : 0, 0, 0].entries())
      head.writeUInt16BE(count, 4 + index * 2);
    return Buffer.concat([head, question.subarray(headerBytes, end + 4), found]);
  }

  private recordOf(name: string, type: number): Buffer {
    const [address, service] = [this.known.get(name), this.services.get(name)];
    if (type === typeA && address !== undefined) return record(typeA, Buffer.from(address.split('.').map(Number)));
    if (type === typeSrv && service !== undefined) return record(typeSrv, serviceData(service));
    return Buffer.alloc(0);
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

function record(type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(headerBytes);
  fixed.writeUInt16BE(sameName, 0);
  fixed.writeUInt16BE(type, 2);
  fixed.writeUInt16BE(classInternet, 4);
  fixed.writeUInt32BE(lifeSeconds, 6);
  fixed.writeUInt16BE(data.length, 10);
  return Buffer.concat([fixed, data]);
}

/** Priority, weight, port and target. */
function serviceData({ target, port }: Service): Buffer {
  const numbers = Buffer.alloc(6);
  for (const [index, number] of [1, 1, port].entries()) numbers.writeUInt16BE(number, index * 2);
  const labels = target.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([numbers, ...labels, Buffer.from([0])]);
}
