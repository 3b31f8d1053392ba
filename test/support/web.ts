import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { noSite } from '../../src/web/site/site.js';
import { type WebParts, type WebPlaces, WebServer } from '../../src/web/web-server.js';
import { AccessDouble, password } from '../doubles/access.js';
import { FeedDouble } from '../doubles/feed.js';
import { NoteBox, noteOperations } from '../doubles/operations.js';

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly json: ReturnType<typeof JSON.parse>;
}

export interface Question {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders | undefined;
  /** Anything but a text or bytes is sent as JSON. */
  readonly body?: unknown;
  /** Whose token goes along. */
  readonly as?: string;
}

/** The web server over a box of notes, on loopback. */
export class NoteWeb {
  readonly box = new NoteBox();
  readonly access = new AccessDouble();
  readonly feed = new FeedDouble();
  readonly faults: unknown[] = [];
  health: 'ok' | 'degraded' = 'ok';
  #server: WebServer | undefined;

  /** @param operations another table than that of the notes */
  static async open(
    limits: WebParts<NoteBox>['limits'] = {},
    places: Partial<WebPlaces> = {},
    operations: WebParts<NoteBox>['operations'] = noteOperations,
    site: WebParts<NoteBox>['site'] = noSite,
  ): Promise<NoteWeb> {
    const web = new NoteWeb();
    const parts: WebParts<NoteBox> = {
      box: web.box,
      operations,
      access: web.access,
      feed: web.feed,
      site,
      metrics: () => [
        { name: 'calls_active', help: 'Calls.', type: 'gauge', samples: [{ labels: { kind: 'a"b\\c\n' }, value: 3 }] },
      ],
      health: () => web.health,
      hostNames: () => new Set(['modcall.local', 'pbx']),
      language: 'en',
      log: { error: (fields: unknown) => web.faults.push(fields) },
      limits,
    };
    web.#server = await WebServer.open(parts, {
      http: { address: '127.0.0.1', port: 0, onlyRedirects: false },
      https: null,
      ...places,
    });
    return web;
  }

  get server(): WebServer {
    if (!this.#server) throw new Error('the server is not open');
    return this.#server;
  }

  get port(): number {
    return this.server.ports.http ?? 0;
  }

  close(): void {
    this.server.close();
  }

  /** Asks, by a connection of its own; over TLS where there is a certificate to trust. */
  ask(path: string, question: Question = {}, tls?: { ca: string }): Promise<Answer> {
    const { method = question.body === undefined ? 'GET' : 'POST' } = question;
    const body = bytesOf(question.body);
    const headers = { ...ownHeaders(question, body), ...question.headers };
    const port = (tls ? this.server.ports.https : this.server.ports.http) ?? 0;
    return new Promise((resolve, reject) => {
      (tls ? secureRequest : request)(
        { host: '127.0.0.1', port, path, method, headers, agent: false, ...tls },
        (response) => void answerOf(response).then(resolve, reject),
      )
        .on('error', reject)
        .end(body);
    });
  }

  /** Signs somebody in, and gives the headers that the page would send from then on. */
  async signIn(name: string, headers: OutgoingHttpHeaders = {}): Promise<OutgoingHttpHeaders> {
    const answer = await this.ask('/api/session', {
      body: { name, password },
      headers: { 'x-modcall': '1', ...headers },
    });
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    return { cookie: cookie.replace(/;.*/, ''), 'x-modcall': '1' };
  }

  /** A connection on which a test may write what no client would. */
  async raw(localAddress = '127.0.0.1'): Promise<RawConnection> {
    const socket = connect({ port: this.port, host: '127.0.0.1', localAddress });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }
}

function bytesOf(body: unknown): string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

const ownHeaders = ({ as }: Question, body: string | Buffer | undefined): OutgoingHttpHeaders => ({
  ...(as === undefined ? {} : { authorization: `Bearer token-${as}` }),
  ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
});

async function answerOf(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const isJson = /json/.test(response.headers['content-type'] ?? '');
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
}

/** A bare connection, with all that came over it. */
export class RawConnection {
  received = '';
  isClosed = false;
  readonly closed: Promise<void>;

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1');
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.isClosed = true;
        resolve();
      });
    });
  }

  /** Sends lines as a request without a body. */
  send(...lines: string[]): void {
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  }

  /** The statuses of the answers so far. */
  get statuses(): readonly number[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }
}
