import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createEncryptedServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../src/web/web-server.js';

type Answer = string | ((response: ServerResponse) => void);

/** A vendor's folder with updates on a web server, encrypted if it is given a certificate. */
export class UpdateFolder {
  /** What lies there, by its name, or how it is answered. */
  readonly files = new Map<string, Answer>();
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    private readonly scheme: 'http' | 'https',
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response));
  }

  static async open(certificate?: Certificate): Promise<UpdateFolder> {
    const server = certificate
      ? createEncryptedServer({ key: certificate.key, cert: certificate.certificate })
      : createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new UpdateFolder(server, certificate ? 'https' : 'http');
  }

  get address(): string {
    return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}/modcall`;
  }

  /** What a channel says, with what is said otherwise than by a vendor who does it right. */
  announce(channel: 'stable' | 'beta', version: string, other: object = {}): void {
    const file = `modcall-${version}.raucb`;
    const notes = { de: `Neu in ${version}`, en: `News of ${version}` };
    this.files.set(`${channel}.json`, JSON.stringify({ version, file, size: 109_000_000, notes, ...other }));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
    this.asked.push(url);
    const answer = url.startsWith('/modcall/') ? this.files.get(url.slice('/modcall/'.length)) : undefined;
    if (typeof answer === 'function') answer(response);
    else response.writeHead(answer === undefined ? 404 : 200).end(answer);
  }
}
