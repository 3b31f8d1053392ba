import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { RtpSession, type RtpTarget } from '../../support/rtp/session.js';
import { until } from '../../support/waiting.js';

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What a NOTIFY within the call told (RFC 3515, 2.4.4). */
export interface Notice {
  readonly event: string;
  readonly state: string;
  readonly body: string;
}

/** Where SDP says that audio is wanted. */
export interface MediaAddress {
  readonly address: string;
  readonly port: number;
}

export interface InDialogRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
  readonly body?: string;
}

/** Which ways audio may go, as SDP has it. */
type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface RawOffer {
  readonly formats?: string;
  readonly announced?: MediaAddress;
  readonly direction?: Direction;
  /** It sends no packet of its own. */
  readonly isMute?: boolean;
  /** The telephone-events that it takes, as in `a=fmtp`; null to say nothing. */
  readonly events?: string | null;
  /** In each packet to this phone, as it asks for; default 20. */
  readonly ptimeMs?: number;
  /** The body of the INVITE made of its SDP, and the type of that; default: the SDP. */
  readonly wrap?: (sdp: string) => { readonly type: string; readonly body: string };
  /** More headers for the INVITE. */
  readonly headers?: Readonly<Record<string, string>>;
}

const plain = (body: string) => ({ type: 'application/sdp', body });

/** A phone that says anything within a call, as text, and sends audio like a phone. */
export class RawCall {
  readonly #socket: Socket;
  readonly #serverPort: number;
  readonly #callId = randomBytes(8).toString('hex');
  readonly #answers = new Map<number, Answer>();
  #toTag = '';
  #lastNotice = -1;
  #sequence = 0;
  theirRtpPort = 0;
  /** The answer to our first offer. */
  answer = '';
  /** What OPTIONS within the call is answered with; null for no answer. */
  optionsStatus: number | null = 200;
  /** The OPTIONS that came within the call. */
  readonly options: string[] = [];
  readonly notices: Notice[] = [];
  /** What the next re-INVITEs of the other side are answered with, in turn; then nothing is answered. */
  readonly answersToOffers: number[] = [];
  /** When they came, on performance.now(). */
  readonly offeredAt: number[] = [];
  /** What our offers say from now on; at first, where `audio` really is. */
  announced: MediaAddress;

  /** Calls 100 there with this offer; answered when it resolves. */
  static async dial(
    serverPort: number,
    {
      formats = '8 0 101',
      announced,
      direction = 'sendrecv',
      isMute = false,
      events = '0-15',
      ptimeMs = 20,
      wrap = plain,
      headers = {},
    }: RawOffer = {},
  ): Promise<RawCall> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const call = new RawCall(socket, serverPort, await RtpSession.open('127.0.0.1'), ptimeMs, events);
    if (announced) call.announced = announced;
    const { status, text } = await call.request('INVITE', { ...wrap(call.#sdp(formats, direction)), headers });
    call.#acknowledge();
    if (status !== 200) {
      call.#close();
      throw new Error(`INVITE was answered ${status}`);
    }
    call.answer = text;
    call.theirRtpPort = Number(/^m=audio (\d+)/m.exec(text)?.[1]);
    if (!isMute) call.aim(call.audio);
    return call;
  }

  private constructor(
    socket: Socket,
    serverPort: number,
    readonly audio: RtpSession,
    readonly ptimeMs: number,
    readonly events: string | null,
  ) {
    this.#socket = socket;
    this.#serverPort = serverPort;
    this.announced = { address: audio.address, port: audio.port };
    socket.on('message', (data) => this.#receive(data.toString()));
  }

  /** Lets a session send to the other side's media port. */
  aim(session: RtpSession, law: RtpTarget['law'] = 'PCMA', payloadType?: number): void {
    const port = this.theirRtpPort;
    session.aim({ address: '127.0.0.1', port, law, payloadType, eventPayloadType: 101, isOpen: true });
  }

  /** Names this call in a Refer-To URI (RFC 3891). */
  get asReplaces(): string {
    return encodeURIComponent(`${this.#callId};to-tag=${this.#toTag};from-tag=${this.#callId}`);
  }

  /** Sends a request within the call; resolves with its final answer. */
  async request(method: string, options: InDialogRequest = {}): Promise<Answer> {
    this.say(method, options);
    const sequence = this.#sequence;
    const answer = await until(`the answer to ${method}`, () => this.#answers.get(sequence));
    this.#toTag = /^To:.*;tag=(\S+)/im.exec(answer.text)?.[1] ?? this.#toTag;
    return answer;
  }

  /** Sends a request within the call, and does not wait for the answer. */
  say(method: string, options: InDialogRequest = {}): void {
    this.#sequence += 1;
    this.#send(method, this.#sequence, options);
  }

  /** Sends a key by INFO. */
  press(digit: number): void {
    this.say('INFO', { type: 'application/dtmf', body: String(digit) });
  }

  /** The final answers to all requests so far. */
  get answers(): readonly Answer[] {
    return [...this.#answers.values()];
  }

  /** Offers this once more; an empty offer asks for one. 'sendonly' holds the call. */
  async renegotiate(formats: string, direction: Direction = 'sendrecv'): Promise<number> {
    const { status } = await this.request(
      'INVITE',
      formats === '' ? {} : { type: 'application/sdp', body: this.#sdp(formats, direction) },
    );
    this.#acknowledge(formats === '' ? { type: 'application/sdp', body: this.#sdp('8 101') } : {});
    return status;
  }

  /** A description of our media, as in our INVITE. */
  offer(): string {
    return this.#sdp('8 0 101');
  }

  acknowledge(): void {
    this.#acknowledge();
  }

  async hangUp(): Promise<void> {
    await this.request('BYE');
    this.#close();
  }

  #close(): void {
    this.audio.close();
    this.#socket.close();
  }

  #acknowledge(options: InDialogRequest = {}): void {
    this.#send('ACK', this.#sequence, options);
  }

  #send(method: string, sequence: number, { headers = {}, type, body = '' }: InDialogRequest): void {
    const { port } = this.#socket.address();
    const lines = [
      `${method} sip:100@127.0.0.1:${this.#serverPort} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};rport;branch=z9hG4bK${randomBytes(8).toString('hex')}`,
      'Max-Forwards: 70',
      `From: <sip:phone@127.0.0.1>;tag=${this.#callId}`,
      `To: <sip:100@127.0.0.1>${this.#toTag === '' ? '' : `;tag=${this.#toTag}`}`,
      `Call-ID: ${this.#callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:phone@127.0.0.1:${port}>`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(type === undefined ? [] : [`Content-Type: ${type}`]),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, this.#serverPort, '127.0.0.1');
  }

  #receive(text: string): void {
    if (text.startsWith('NOTIFY ')) this.#takeNotice(text);
    if (text.startsWith('INVITE ')) this.#takeOffer(text);
    if (text.startsWith('OPTIONS ')) this.#takeOptions(text);
    const status = Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1] ?? 0);
    const sequence = Number(/^CSeq: (\d+)/im.exec(text)?.[1]);
    if (status >= 200) this.#answers.set(sequence, { status, text });
  }

  /** One that comes again, since the answer was not quick enough, is answered again and counted once. */
  #takeNotice(text: string): void {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    const field = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? '';
    const sequence = Number(/^CSeq: (\d+)/im.exec(head)?.[1]);
    if (sequence > this.#lastNotice) {
      this.#lastNotice = sequence;
      this.notices.push({ event: field('Event'), state: field('Subscription-State'), body: body.trim() });
    }
    this.#respond(head, 200);
  }

  #takeOffer(text: string): void {
    const status = this.answersToOffers.shift();
    this.offeredAt.push(performance.now());
    if (status !== undefined) this.#respond(text, status, status === 200 ? this.#sdp('8 101') : '');
  }

  #respond(request: string, status: number, body = ''): void {
    const [head = ''] = request.split('\r\n\r\n');
    const lines = [
      `SIP/2.0 ${status} Whatever`,
      ...head.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line)),
      `Contact: <sip:phone@127.0.0.1:${this.#socket.address().port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n${body}`, this.#serverPort, '127.0.0.1');
  }

  #takeOptions(text: string): void {
    this.options.push(text);
    if (this.optionsStatus !== null) this.#respond(text, this.optionsStatus);
  }

  #sdp(formats: string, direction: Direction = 'sendrecv'): string {
    const { address, port } = this.announced;
    return [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      `m=audio ${port} RTP/AVP ${formats}`,
      'a=rtpmap:101 telephone-event/8000',
      ...(this.events === null ? [] : [`a=fmtp:101 ${this.events}`]),
      `a=ptime:${this.ptimeMs}`,
      `a=${direction}`,
      '',
    ].join('\r\n');
  }
}
