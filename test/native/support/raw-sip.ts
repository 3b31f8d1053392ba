import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { patienceMs } from '../../support/waiting.js';

export type Algorithm = 'SHA-256' | 'MD5';

/** What a request is made of; every part can be chosen wrongly on purpose. */
export interface RequestParts {
  readonly method?: string;
  readonly uri?: string;
  /** User part of From, To and Contact, where those are not given. */
  readonly user?: string;
  readonly fromUser?: string;
  readonly toUser?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly branch?: string;
  /** Value of a Contact field each; none by default for anything but REGISTER and INVITE. */
  readonly contacts?: readonly string[];
  readonly authorization?: string;
  /** Further header lines. */
  readonly extra?: readonly string[];
  readonly body?: string;
}

/** The parameters of an Authorization field, before they are made wrong. */
export interface AnswerParts {
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
  readonly nonce: string;
  readonly algorithm?: Algorithm;
  readonly method?: string;
  readonly uri?: string;
  readonly nc?: number;
  readonly cnonce?: string;
}

export interface Challenge {
  readonly algorithm: string;
  readonly nonce: string;
  readonly realm: string;
  readonly qop: string;
  readonly stale: boolean;
}

export const serverUri = 'sip:127.0.0.1';
export const realm = 'office.example';

export class RawResponse {
  readonly status: number;
  readonly #lines: readonly string[];

  constructor(readonly text: string) {
    this.#lines = (text.split('\r\n\r\n')[0] ?? '').split('\r\n');
    this.status = Number(this.#lines[0]?.split(' ')[1]);
  }

  all(name: string): string[] {
    const prefix = `${name.toLowerCase()}:`;
    return this.#lines
      .filter((line) => line.toLowerCase().startsWith(prefix))
      .map((line) => line.slice(prefix.length).trim());
  }

  get(name: string): string | undefined {
    return this.all(name)[0];
  }

  get challenges(): Challenge[] {
    return this.all('WWW-Authenticate').map((value) => ({
      algorithm: /algorithm="?([\w-]+)/.exec(value)?.[1] ?? '',
      nonce: /nonce="([^"]*)"/.exec(value)?.[1] ?? '',
      realm: /realm="([^"]*)"/.exec(value)?.[1] ?? '',
      qop: /qop="([^"]*)"/.exec(value)?.[1] ?? '',
      stale: /stale="?true/.test(value),
    }));
  }

  get nonce(): string {
    return this.challenges[0]?.nonce ?? '';
  }
}

const token = (): string => randomBytes(8).toString('hex');

function hash(algorithm: Algorithm, text: string): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
}

/** The parameters of a right Authorization field (RFC 7616, section 3.4), to be spoilt where a test wants it. */
export function answerFields(parts: AnswerParts): Record<string, string> {
  const { username, password, nonce, algorithm = 'SHA-256', method = 'REGISTER', uri = serverUri } = parts;
  const nc = (parts.nc ?? 1).toString(16).padStart(8, '0');
  const cnonce = parts.cnonce ?? token();
  const spoken = parts.realm ?? realm;
  const secret = hash(algorithm, `${username}:${spoken}:${password}`);
  const response = hash(algorithm, `${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(algorithm, `${method}:${uri}`)}`);
  return { username, realm: spoken, nonce, uri, response, algorithm, cnonce, qop: 'auth', nc };
}

export function authorization(fields: Readonly<Record<string, string>>): string {
  const bare = new Set(['algorithm', 'qop', 'nc']);
  const pairs = Object.entries(fields).map(([name, value]) =>
    bare.has(name) ? `${name}=${value}` : `${name}="${value}"`,
  );
  return `Digest ${pairs.join(', ')}`;
}

/** A UDP socket that sends SIP requests as text. */
export class RawPhone {
  readonly #socket: Socket;
  readonly #serverPort: number;
  readonly #waiting = new Map<string, (response: RawResponse) => void>();
  readonly #retransmissions = new Set<NodeJS.Timeout>();
  #cseq = 0;
  #received = 0;
  #receivedBytes = 0;
  #last = '';

  /** @param address its own, on the loopback interface */
  static async open(serverPort: number, address = '127.0.0.1'): Promise<RawPhone> {
    const socket = createSocket({ type: 'udp4', reuseAddr: true, recvBufferSize: 1 << 20 });
    socket.bind(0, address);
    await once(socket, 'listening');
    return new RawPhone(socket, serverPort);
  }

  private constructor(socket: Socket, serverPort: number) {
    this.#socket = socket;
    this.#serverPort = serverPort;
    socket.on('message', (data) => this.#receive(data.toString('latin1')));
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Messages that came in. */
  get received(): number {
    return this.#received;
  }

  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** The latest of them. */
  get last(): string {
    return this.#last;
  }

  get address(): string {
    return this.#socket.address().address;
  }

  contact(user: string, port = this.port): string {
    return `<sip:${user}@${this.address}:${port}>`;
  }

  /** What was not answered yet never is. */
  close(): void {
    for (const timer of this.#retransmissions) clearInterval(timer);
    this.#socket.close();
  }

  compose(parts: RequestParts): string {
    const { method = 'REGISTER', uri = serverUri, user = 'alice', body = '' } = parts;
    this.#cseq += 1;
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${this.address}:${this.port};branch=z9hG4bK${parts.branch ?? token()};rport`,
      'Max-Forwards: 70',
      `From: <sip:${parts.fromUser ?? user}@${realm}>;tag=${token()}`,
      `To: <sip:${parts.toUser ?? user}@${realm}>`,
      `Call-ID: ${parts.callId ?? token()}`,
      `CSeq: ${parts.cseq ?? this.#cseq} ${method}`,
      ...(parts.contacts ?? [this.contact(user)]).map((value) => `Contact: ${value}`),
      ...(parts.authorization === undefined ? [] : [`Authorization: ${parts.authorization}`]),
      ...(parts.extra ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    return `${lines.join('\r\n')}\r\n\r\n${body}`;
  }

  /** Sends bytes as they are. */
  send(data: string | Buffer): void {
    this.#socket.send(data, this.#serverPort, '127.0.0.1');
  }

  /** Sends a request until its final response comes (UDP may lose it). */
  request(parts: RequestParts = {}): Promise<RawResponse> {
    return this.exchange(this.compose(parts));
  }

  /** Sends a request as written; its Via branch tells which response is its own. */
  exchange(text: string): Promise<RawResponse> {
    const branch = /branch=(z9hG4bK\w+)/.exec(text)?.[1] ?? '';
    return new Promise((resolve, reject) => {
      this.send(text);
      const again = setInterval(() => this.send(text), 1000);
      this.#retransmissions.add(again);
      const end = setTimeout(() => {
        clearInterval(again);
        this.#waiting.delete(branch);
        reject(new Error(`no final response to ${text.split('\r\n')[0]}`));
      }, patienceMs);
      this.#waiting.set(branch, (response) => {
        clearInterval(again);
        clearTimeout(end);
        resolve(response);
      });
    });
  }

  /** A fresh nonce from a challenge. */
  async nonce(): Promise<string> {
    return (await this.request({ user: 'alice' })).nonce;
  }

  /** Registers as a phone does: challenge, then the right answer. */
  async register(user: string, password: string, parts: RequestParts = {}): Promise<RawResponse> {
    const challenged = await this.request({ user, ...parts });
    const fields = answerFields({ username: user, password, nonce: challenged.nonce });
    return this.request({ user, ...parts, authorization: authorization(fields) });
  }

  #receive(text: string): void {
    this.#received += 1;
    this.#receivedBytes += text.length;
    this.#last = text;
    const response = new RawResponse(text);
    const branch = /branch=(z9hG4bK\w+)/.exec(response.get('Via') ?? '')?.[1] ?? '';
    if (response.status < 200) return;
    this.#waiting.get(branch)?.(response);
    this.#waiting.delete(branch);
  }
}
