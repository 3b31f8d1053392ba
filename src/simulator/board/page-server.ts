import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { PageFile } from './page-files.js';
import { PageVisitor } from './page-visitor.js';
import type { SimulatedBoard } from './simulated-board.js';

export interface PageAddress {
  readonly address: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** More than any action or frame of sound. */
const longestMessage = 2048;

/** Serves the front panel to browsers, and joins them to the board over WebSockets. */
export class PageServer {
  readonly #board: SimulatedBoard;
  readonly #files: ReadonlyMap<string, PageFile>;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, perMessageDeflate: false });

  private constructor(board: SimulatedBoard, files: ReadonlyMap<string, PageFile>) {
    this.#board = board;
    this.#files = files;
    this.#server = createServer((request, response) => this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head));
  }

  /** Rejects if the port is taken. */
  static async listen(
    board: SimulatedBoard,
    files: ReadonlyMap<string, PageFile>,
    { address, port }: PageAddress,
  ): Promise<PageServer> {
    const page = new PageServer(board, files);
    await new Promise<void>((resolve, reject) => {
      page.#server.once('error', reject).listen(port, address, resolve);
    });
    // Later errors (no more descriptors) concern one connection only.
    page.#server.on('error', () => {});
    return page;
  }

  /** Where it listens. */
  get address(): PageAddress {
    const bound = this.#server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the page is not served');
    return { address: bound.address, port: bound.port };
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const found = this.#find(request);
    if (typeof found === 'number') {
      response.writeHead(found).end();
      return;
    }
    response.writeHead(200, {
      'content-type': found.contentType,
      'content-length': found.content.length,
      'cache-control': 'no-cache',
      ...protections(request.headers.host ?? ''),
    });
    response.end(request.method === 'HEAD' ? undefined : found.content);
  }

  /** What was asked for, or the status that says why not. */
  #find({ headers, method, url = '' }: IncomingMessage): PageFile | number {
    if (!isDirect(headers.host ?? '')) return 421;
    if (method !== 'GET' && method !== 'HEAD') return 405;
    return this.#files.get(url.replace(/\?.*/s, '')) ?? 404;
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    // Node hands over the bare socket: without a handler, a browser that goes away would end the process.
    socket.on('error', () => socket.destroy());
    const { host = '', origin } = request.headers;
    if (request.url !== '/board' || !isDirect(host) || origin !== `http://${host}`) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (visitor) => {
      new PageVisitor(visitor, this.#board);
    });
  }
}

/** Whether the page was requested by a name that no foreign DNS can point here. */
function isDirect(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}

/** Nothing comes from elsewhere, nothing goes elsewhere, and nobody frames the page. */
function protections(host: string): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ws://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
