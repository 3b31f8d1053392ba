import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a request is answered with; further header lines as they stand. */
export interface RawAnswer {
  readonly status: number;
  readonly lines?: readonly string[];
  readonly body?: string;
}

/** Takes calls as text, and answers each INVITE, and each UPDATE, with whatever a test wants; null for nothing yet. */
export class RawProvider {
  /** The INVITEs and UPDATEs that came, without those that came again. */
  readonly invites: string[] = [];
  readonly #socket: Socket;
  readonly #branches = new Set<string>();
  readonly #tag = randomBytes(4).toString('hex');

  /** @param answer To the n-th of them, the first is 0. */
  static async open(answer: (invite: number, text: string) => RawAnswer | null): Promise<RawProvider> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RawProvider(socket, answer);
  }

  private constructor(
    socket: Socket,
    readonly answer: (invite: number, text: string) => RawAnswer | null,
  ) {
    this.#socket = socket;
    socket.on('message', (data, { port }) => this.#receive(data.toString(), port));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  get uri(): string {
    return `sip:200@127.0.0.1:${this.port}`;
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string, port: number): void {
    if (/^(INVITE|UPDATE) /.test(text)) this.#takeOffer(text, port);
    else if (text.startsWith('BYE ') || text.startsWith('CANCEL ')) this.#respond(text, port, { status: 200 });
  }

  #takeOffer(text: string, port: number): void {
    const branch = /branch=(\w+)/.exec(text)?.[1] ?? '';
    if (!this.#branches.has(branch)) this.invites.push(text);
    this.#branches.add(branch);
    const answer = this.answer(this.invites.length - 1, text);
    if (answer) this.#respond(text, port, answer);
  }

  #respond(request: string, port: number, { status, lines = [], body = '' }: RawAnswer): void {
    const [head = ''] = request.split('\r\n\r\n');
    const kept = head.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    const answer = [
      `SIP/2.0 ${status} Whatever`,
      ...kept.map((line) => (/^To:/i.test(line) && !/;tag=/.test(line) ? `${line};tag=${this.#tag}` : line)),
      `Contact: <sip:200@127.0.0.1:${this.port}>`,
      ...lines,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${answer.join('\r\n')}\r\n\r\n${body}`, port, '127.0.0.1');
  }
}

export const plainSdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 30000 RTP/AVP 8 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=ptime:20',
  '',
].join('\r\n');
