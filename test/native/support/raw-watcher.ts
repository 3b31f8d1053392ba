import { randomBytes } from 'node:crypto';
import { openTransport, type SipAddress, type SipTransport } from '../../support/sip/transport.js';
import { until } from '../../support/waiting.js';
import { answerFields, authorization, RawResponse, realm } from './raw-sip.js';

const token = (): string => randomBytes(8).toString('hex');

interface User {
  readonly username: string;
  readonly password: string;
}

interface Wish {
  readonly expires?: number;
  readonly event?: string;
  readonly extra?: readonly string[];
  /** Makes the request wrong, before it is proven. */
  readonly spoil?: (text: string) => string;
}

/** A request as text, without what answers a challenge. */
type Composed = (more: readonly string[]) => string;

/** What a document says of what is watched, as the lamp of a key shows it. */
export const lampIn = (document: string): string => /<state>(\w+)<\/state>/.exec(document)?.[1] ?? 'idle';

/** A phone that watches users, and answers each NOTIFY as it is told to. */
export class RawWatcher {
  /** With what it answers a NOTIFY, if at all. */
  status: string | null = '200 OK';
  remoteTag = '';
  /** With the tags, it names the dialog of the latest subscription. */
  callId = '';
  readonly #notified: RawResponse[] = [];
  readonly #known = new Set<string>();
  readonly #waiting = new Map<string, (response: RawResponse) => void>();
  readonly #registration = token();
  #realm = realm;
  #nonce = '';
  #uses = 0;
  #count = 0;
  #uri = '';

  static async open(
    port: number,
    user: User,
    protocol: 'udp' | 'tcp' = 'udp',
    address = '127.0.0.1',
  ): Promise<RawWatcher> {
    const transport = await openTransport(protocol, address);
    return new RawWatcher(transport, { protocol, address: '127.0.0.1', port }, user);
  }

  private constructor(
    private readonly transport: SipTransport,
    private readonly server: SipAddress,
    private readonly user: User,
  ) {
    transport.receive = (text) => this.#receive(new RawResponse(text));
  }

  register(expires = 300): Promise<RawResponse> {
    const id = this.user.username;
    return this.#proven(
      'REGISTER',
      `sip:${realm}`,
      this.#request('REGISTER', `sip:${realm}`, id, this.#registration, [`Expires: ${expires}`]),
    );
  }

  /** A SUBSCRIBE for this user, in a dialog of its own. */
  subscription(resource: string, { expires, event = 'dialog', extra = [], spoil }: Wish = {}): Composed {
    this.callId = token();
    this.#uri = `sip:${resource}@127.0.0.1`;
    this.remoteTag = '';
    const lines = [`Event: ${event}`, ...(expires === undefined ? [] : [`Expires: ${expires}`]), ...extra];
    return spoilt(this.#request('SUBSCRIBE', this.#uri, resource, this.callId, lines), spoil);
  }

  async subscribe(resource: string, wish: Wish = {}): Promise<RawResponse> {
    const composed = this.subscription(resource, wish);
    const answer = await this.#proven('SUBSCRIBE', this.#uri, composed);
    this.remoteTag = /;tag=([^;>]+)/.exec(answer.get('To') ?? '')?.[1] ?? '';
    return answer;
  }

  /** In the dialog of the latest subscription. */
  refresh(expires: number, spoil?: Wish['spoil']): Promise<RawResponse> {
    const resource = /sip:([^@]*)/.exec(this.#uri)?.[1] ?? '';
    const lines = ['Event: dialog', `Expires: ${expires}`];
    const composed = this.#request('SUBSCRIBE', this.#uri, resource, this.callId, lines);
    return this.#proven('SUBSCRIBE', this.#uri, spoilt(composed, spoil));
  }

  send(composed: Composed, more: readonly string[] = []): Promise<RawResponse> {
    const text = composed(more);
    const branch = /branch=(\w+)/.exec(text)?.[1] ?? '';
    return new Promise((resolve) => {
      const again = setInterval(() => this.transport.send(text, this.server), 1000);
      this.#waiting.set(branch, (response) => {
        clearInterval(again);
        resolve(response);
      });
      this.transport.send(text, this.server);
    });
  }

  /** The NOTIFY of this number, from 1. */
  notified(number: number): Promise<RawResponse> {
    return until(`NOTIFY ${number}`, () => this.#notified[number - 1]);
  }

  get told(): readonly RawResponse[] {
    return this.#notified;
  }

  close(): void {
    this.transport.close();
  }

  #request(method: string, uri: string, to: string, callId: string, lines: readonly string[]): Composed {
    const { username } = this.user;
    const { protocol, address, port } = this.transport.local;
    const tag = this.remoteTag === '' ? '' : `;tag=${this.remoteTag}`;
    return (more) =>
      [
        `${method} ${uri} SIP/2.0`,
        `Via: SIP/2.0/${protocol.toUpperCase()} ${address}:${port};branch=z9hG4bK${token()};rport`,
        'Max-Forwards: 70',
        `From: <sip:${username}@${realm}>;tag=own-${callId}`,
        `To: <sip:${to}@${realm}>${method === 'REGISTER' ? '' : tag}`,
        `Call-ID: ${callId}`,
        `CSeq: ${this.#next()} ${method}`,
        `Contact: <sip:${username}@${address}:${port}${protocol === 'udp' ? '' : `;transport=${protocol}`}>`,
        ...lines,
        ...more,
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n');
  }

  /** Answers the challenge, or goes on with the nonce that it has. */
  async #proven(method: string, uri: string, composed: Composed): Promise<RawResponse> {
    const answer = () => {
      this.#uses += 1;
      const fields = answerFields({
        ...this.user,
        realm: this.#realm,
        nonce: this.#nonce,
        method,
        uri,
        nc: this.#uses,
      });
      return this.send(composed, [`Authorization: ${authorization(fields)}`]);
    };
    const response = await (this.#nonce === '' ? this.send(composed) : answer());
    if (response.status !== 401) return response;
    this.#nonce = response.nonce;
    this.#realm = response.challenges[0]?.realm ?? '';
    this.#uses = 0;
    return answer();
  }

  #next(): number {
    this.#count += 1;
    return this.#count;
  }

  #receive(message: RawResponse): void {
    if (!message.text.startsWith('NOTIFY ')) {
      const branch = /branch=(\w+)/.exec(message.get('Via') ?? '')?.[1] ?? '';
      if (message.status >= 200) this.#waiting.get(branch)?.(message);
      return;
    }
    // A repeated one is answered again, and told once.
    const name = `${message.get('Call-ID')} ${message.get('CSeq')}`;
    if (!this.#known.has(name)) this.#notified.push(message);
    this.#known.add(name);
    const kept = message.text.split('\r\n').filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/.test(line));
    if (this.status === null) return;
    const lines = [`SIP/2.0 ${this.status}`, ...kept, 'Content-Length: 0', '', ''];
    this.transport.send(lines.join('\r\n'), this.server);
  }
}

const spoilt =
  (composed: Composed, spoil: Wish['spoil']): Composed =>
  (more) =>
    spoil ? spoil(composed(more)) : composed(more);
