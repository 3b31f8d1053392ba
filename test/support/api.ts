import { Agent, request } from 'node:https';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The box closes a connection that was idle for five seconds: a request that comes at that very moment would be lost. */
const longestIdleMs = 2000;

/** A program that uses the box over HTTPS, with the session of whoever signed in. */
export class ApiClient {
  readonly #agent = new Agent({ keepAlive: true, timeout: longestIdleMs, rejectUnauthorized: false });
  #cookie = '';

  /** @param localAddress Where it comes from, as the box sees it. */
  constructor(
    private readonly port: number,
    private readonly localAddress = '127.0.0.1',
  ) {}

  /** Asks for something; bytes are sent as a file. `basis` is the version that a change is made against; `*` for whatever is there. */
  async ask(method: string, path: string, body?: unknown, basis?: number | '*'): Promise<ApiAnswer> {
    const isFile = body instanceof Uint8Array;
    const headers = {
      'x-modcall': '1',
      cookie: this.#cookie,
      ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
      ...(basis === undefined ? {} : { 'if-match': basis === '*' ? basis : `"${basis}"` }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.port,
          localAddress: this.localAddress,
          agent: this.#agent,
          method,
          path,
          headers,
        },
        (answer) => {
          const [cookie] = answer.headers['set-cookie'] ?? [];
          if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
          const pieces: Buffer[] = [];
          // A box that goes away in the middle of an answer.
          answer.on('error', reject);
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('end', () => {
            const body = bodyOf(answer.headers['content-type'] ?? '', Buffer.concat(pieces));
            resolve({ status: answer.statusCode ?? 0, body });
          });
        },
      );
      asked.on('error', (error) => {
        // The box has closed a connection that was idle for long, at the moment in which it was used again.
        if (asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
          this.ask(method, path, body, basis).then(resolve, reject);
        else reject(error);
      });
      asked.end(body === undefined || isFile ? body : JSON.stringify(body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function bodyOf(type: string, bytes: Buffer): unknown {
  if (/[/+]json\b/.test(type)) return JSON.parse(bytes.toString());
  return type === 'application/octet-stream' ? bytes : bytes.toString();
}
